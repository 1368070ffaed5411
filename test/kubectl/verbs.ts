import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import kubectl from '../../source/commands/kubectl/kubectl.js';
import {runKubectl} from '../helpers/run-kubectl.js';

const empty = () => createCluster({profile: 'empty'});

test('without a kubeconfig there is nobody at localhost', t => {
	const {stderr, exitCode} = runKubectl(empty(), 'kubectl get pods', {env: {KUBECONFIG: '/dev/null'}});
	t.is(stderr, 'The connection to the server localhost:8080 was refused - did you specify the right host or port?\n');
	t.is(exitCode, 1);
});

test('an object is made, changed, shown and taken away', t => {
	const cluster = empty();
	const say = (line: string) => runKubectl(cluster, line).stdout;
	t.is(say('kubectl create deployment web --image=nginx --replicas=2'), 'deployment.apps/web created\n');
	cluster.settle();
	t.is(say('kubectl get deploy web -o jsonpath={.status.readyReplicas}'), '2');
	t.is(say('kubectl scale deploy/web --replicas=3'), 'deployment.apps/web scaled\n');
	t.is(say('kubectl label deploy web tier=front'), 'deployment.apps/web labeled\n');
	cluster.settle();
	t.regex(say('kubectl get deploy -L tier'), /^NAME +READY +UP-TO-DATE +AVAILABLE +AGE +TIER\nweb +3\/3 +3 +3 +\S+ +front\n$/);
	t.is(say('kubectl delete deploy web'), 'deployment.apps "web" deleted\n');
	t.is(runKubectl(cluster, 'kubectl get deploy').stderr, 'No resources found in default namespace.\n');
});

test('apply deletes what the file no longer says', t => {
	const cluster = empty();
	const apply = (labels: string) =>
		runKubectl(cluster, 'kubectl apply -f -', {stdin: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: {${labels}}\n`})
			.stdout;
	t.is(apply('x: "1", y: "2"'), 'configmap/a created\n');
	runKubectl(cluster, 'kubectl label cm a z=3');
	t.is(apply('x: "1"'), 'configmap/a configured\n');
	t.is(runKubectl(cluster, 'kubectl get cm a -o jsonpath={.metadata.labels}').stdout, '{"x":"1","z":"3"}');
	t.is(apply('x: "1"'), 'configmap/a unchanged\n');
});

test('an edit that changes nothing is cancelled; one that is refused comes back', t => {
	const cluster = empty();
	runKubectl(cluster, 'kubectl create cm a --from-literal=k=v');
	t.is(runKubectl(cluster, 'kubectl edit cm a').stderr, 'Edit cancelled, no changes made.\n');
	t.is(runKubectl(cluster, 'kubectl edit cm a', {edit: text => text.replace('k: v', 'k: w')}).stdout, 'configmap/a edited\n');
	const seen: string[] = [];
	const refused = runKubectl(cluster, 'kubectl edit cm a', {
		edit(text) {
			seen.push(text);
			return text.replace('k: w', '"k ": w');
		},
	});
	t.is(
		refused.stderr.replace(/kubectl-edit-\d+/, 'kubectl-edit-1'),
		'error: configmaps "a" is invalid\nA copy of your changes has been stored to "/tmp/kubectl-edit-1.yaml"\nerror: Edit cancelled, no valid changes were saved.\n',
	);
	t.true(seen[1]?.includes('# * data[k ]: '));
});

test('a watch prints changes with the widths of the first table', t => {
	const cluster = empty();
	runKubectl(cluster, 'kubectl create cm a --from-literal=k=v');
	const {stdout} = runKubectl(cluster, 'kubectl get cm a -w --request-timeout=1s');
	t.regex(stdout, /^NAME +DATA +AGE\na +1 +\S+\n$/);
});

test('a pod that a budget keeps does not hold up the others of its node', t => {
	const cluster = empty();
	const say = (line: string) => runKubectl(cluster, line);
	say('kubectl create deployment kept --image=nginx');
	cluster.settle();
	const node = say('kubectl get pods -o jsonpath={.items[0].spec.nodeName}').stdout;
	say('kubectl create pdb kept --selector=app=kept --min-available=1');
	say('kubectl create deployment free --image=nginx --replicas=4');
	cluster.settle();
	const {stdout, stderr} = say(`kubectl drain ${node} --timeout=8s`);
	t.regex(stdout, /^pod\/free-\S+ evicted$/m);
	t.is(stdout.match(/^evicting pod default\/kept-/gm)?.length, 3);
	t.is(stderr.match(/kept-\S+ -n "default" \(will retry after 5s\)/g)?.length, 2);
	t.regex(
		stderr,
		/unable to drain node "\S+" due to error: error when evicting pods\/"kept-\S+" -n "default": global timeout reached: 8s, continuing/,
	);
});

test('drain evicts and says so', t => {
	const cluster = empty();
	runKubectl(cluster, 'kubectl create deployment web --image=nginx');
	cluster.settle();
	const node = runKubectl(cluster, 'kubectl get pods -o jsonpath={.items[0].spec.nodeName}').stdout;
	const {stdout, exitCode} = runKubectl(cluster, `kubectl drain ${node}`);
	t.is(exitCode, 0);
	t.regex(stdout, /^node\/\S+ cordoned\nevicting pod default\/web-\S+\npod\/web-\S+ evicted\nnode\/\S+ drained\n$/);
});

test('verbs, flags, types and names are completed', t => {
	const cluster = empty();
	runKubectl(cluster, 'kubectl create deployment web --image=nginx');
	const machine = cluster.hosts()[0]!;
	const complete = (line: string) => kubectl.complete!(line.split(' '), {machine, cwd: '/root', env: {HOME: '/root'}});
	t.deepEqual(complete('kubectl desc'), ['describe']);
	t.deepEqual(complete('kubectl rollout re'), ['restart', 'resume']);
	t.true(complete('kubectl get deploy').includes('deployments.apps') || complete('kubectl get deploy').includes('deployments'));
	t.deepEqual(complete('kubectl get deploy w'), ['web']);
	t.deepEqual(complete('kubectl logs -n kube-s'), ['kube-system']);
	t.deepEqual(complete('kubectl get pods --show-l'), ['--show-labels']);
});

test('what is not simulated says so', t => {
	const {stderr, exitCode} = runKubectl(empty(), 'kubectl proxy --unix-socket=/tmp/s');
	t.is(stderr, 'kubelab: not simulated: kubectl proxy --unix-socket\n');
	t.is(exitCode, 125);
});
