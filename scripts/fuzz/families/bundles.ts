import {NewerJournal, readJournal, seal, sealHeading} from '../../../source/cli/journal/lines.js';
import {AnswersError, readAnswers} from '../../../source/lab/answers.js';
import type {Family} from '../family.js';
import {mutate} from '../mutate.js';

const heading = sealHeading({lab: 'ipvs-switch', seed: 's'}, '0.1.0');
const answers: readonly string[] = [
	JSON.stringify({
		kubelab: 1,
		lab: 'ipvs-switch',
		seed: 's',
		steps: [{run: 'kubectl get pods', atMs: 12, forMs: 3, edits: ['x\n']}, {run: 'exit'}],
	}),
	'[root@k8s-master ~]# kubectl get pods\nNAME   READY\nweb    1/1\n[root@k8s-master ~]# vim x.yaml\n[root@k8s-master ~]# ssh k8s-node1\n[root@k8s-node1 ~]# ipvsadm -Ln\n',
	'#!/bin/bash\nset -e\nkubectl apply -f - <<E\nkind: Pod\nE\nfor i in 1 2; do echo $i; done\n',
	`${heading.line}${seal({run: 'kubectl get pods', atMs: 5}, heading.sum).line}`,
	'$ cat <<E > f\n> a\n> E\n$ kubectl exec -it p -- sh\n/ # wget -qO- web\n/ # exit\n',
];

/** What learners hand in, and journals, damaged. */
const family: Family = {
	name: 'bundles',
	open: () => ({
		draw: random => mutate(random, random.pick(answers)),
		take(text) {
			try {
				readAnswers(text);
			} catch (error) {
				if (!(error instanceof AnswersError)) throw error;
			}
			try {
				readJournal(text);
			} catch (error) {
				if (!(error instanceof NewerJournal)) throw error;
			}
			return undefined;
		},
	}),
};
export default family;
