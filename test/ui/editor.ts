import test from 'ava';
import {openTerminal} from '../helpers/terminal.js';

test.serial('kubectl edit opens the built-in vi; what is saved reaches the cluster and the goals', async t => {
	const terminal = openTerminal(t, ['start', 'ipvs-switch'], {columns: 80, rows: 24});
	await terminal.shows(/\[root@k8s-master ~\]#/);
	terminal.type('kubectl -n kube-system edit cm kube-proxy\r');
	await terminal.shows(/Please edit the object below/);
	terminal.type('/mode:\r');
	await terminal.shows(/^ {4}mode: ""$/m);
	// Fast fingers: keys, Escape and the command line arrive in one chunk.
	terminal.type('$iipvs\u001b:wq\r');
	await terminal.shows(/configmap\/kube-proxy edited/);
	terminal.type('\u001b2');
	await terminal.shows(/✓ 20\/20 {2}The ConfigMap kube-proxy asks for mode ipvs/);
});

test.serial('an own editor takes the terminal over and gives it back', async t => {
	const terminal = openTerminal(t, ['start', 'ipvs-switch'], {columns: 80, rows: 24, env: {EDITOR: 'sed -i s/blue/green/'}});
	await terminal.shows(/\[root@k8s-master ~\]#/);
	terminal.type('echo blue > colour.txt\rvi colour.txt\r');
	await terminal.shows(/"\/root\/colour\.txt"|"colour\.txt"/);
	terminal.type('\u0018');
	await terminal.shows(/\[root@k8s-master ~\]# *\n/);
	terminal.type('cat colour.txt\r');
	await terminal.shows(/^green$/m);
});
