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

test('each profile grants what it is for, and a copy forgets what would take it for the pod', t => {
	const cluster = createCluster();
	const say = (line: string) => runKubectl(cluster, line);
	say('kubectl run web --image=nginx:1.27 --labels=app=web');
	cluster.settle();
	const context = (profile: string) => {
		say(`kubectl debug web --image=busybox:1.36 -c ${profile} --profile=${profile} -- sleep 1d`);
		return say(`kubectl get pod web -o jsonpath='{.spec.ephemeralContainers[?(@.name=="${profile}")].securityContext}'`).stdout;
	};
	t.is(context('general'), '{"capabilities":{"add":["SYS_PTRACE"]}}');
	t.is(context('netadmin'), '{"capabilities":{"add":["NET_ADMIN","NET_RAW"]}}');
	t.is(context('sysadmin'), '{"privileged":true}');
	t.is(context('baseline'), '');
	t.regex(context('restricted'), /"runAsNonRoot":true/);
	t.is(say('kubectl debug web --image=busybox --profile=nope').stderr, 'error: unknown profile: nope\n');
	t.is(say('kubectl debug web --image=BAD').stderr, 'error: invalid image name "BAD": invalid reference format\n');
	t.is(say('kubectl debug web --set-image=web=nginx').stderr, 'error: --set-image may only be used with --copy-to.\n');
	const labels = (name: string) => say(`kubectl get pod ${name} -o jsonpath={.metadata.labels}`).stdout;
	say('kubectl debug web --copy-to=kept --set-image=*=nginx:1.26');
	t.is(labels('kept'), '{"app":"web"}', 'no debugging container, no profile');
	say('kubectl debug web --copy-to=bare --image=busybox:1.36 --profile=general');
	t.is(labels('bare'), '');
	t.is(say('kubectl get pod bare -o jsonpath={.spec.shareProcessNamespace}').stdout, 'true');
});

test('a container that targets another sees its processes', t => {
	const cluster = createCluster();
	const say = (line: string) => runKubectl(cluster, line);
	say('kubectl run web --image=nginx:1.27');
	cluster.settle();
	say('kubectl debug web --image=busybox:1.36 -c with --target=web -- ps');
	say('kubectl debug web --image=busybox:1.36 -c without -- ps');
	cluster.settle();
	t.regex(say('kubectl logs web -c with').stdout, /^ +1 root .* nginx: master process/m);
	t.notRegex(say('kubectl logs web -c without').stdout, /nginx/);
});
