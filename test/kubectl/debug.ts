import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {runKubectl} from '../helpers/run-kubectl.js';

const legacy = /^--profile=legacy is deprecated.*\n/;

test('a debugging container joins a running pod and never changes again', t => {
	const cluster = createCluster();
	const say = (line: string) => runKubectl(cluster, line);
	const refusal = (line: string) => say(line).stderr.replace(legacy, '');
	say('kubectl run web --image=nginx:1.27');
	cluster.settle();
	t.is(
		refusal('kubectl debug web --image=busybox --target=nope -c a'),
		'The Pod "web" is invalid: spec.ephemeralContainers[0].targetContainerName: Not found: "nope"\n',
	);
	t.is(
		refusal('kubectl debug web --image=busybox -c web'),
		'The Pod "web" is invalid: spec.ephemeralContainers[0].name: Duplicate value: "web"\n',
	);
	t.is(say('kubectl debug web --image=busybox:1.36 -c dbg -- sleep 3600').exitCode, 0);
	cluster.settle();
	t.regex(say('kubectl get pod web').stdout, /web +1\/1 +Running +0 /);
	t.is(say('kubectl get pod web -o jsonpath={.status.ephemeralContainerStatuses[*].ready}').stdout, 'false');
	const change = (containers: unknown) =>
		say(
			`kubectl patch pod web --subresource=ephemeralcontainers --type=merge -p '${JSON.stringify({spec: {ephemeralContainers: containers}})}'`,
		).stderr;
	t.is(
		change([]),
		'The Pod "web" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "dbg" may not be removed\n',
	);
});
