import test from 'ava';
import {goSorted} from '../../source/api/values/go-sort.js';
import {createCluster} from '../../source/cluster/cluster.js';
import kubectl from '../../source/commands/kubectl/kubectl.js';
import {runKubectl} from '../helpers/run-kubectl.js';

const empty = () => createCluster({profile: 'empty'});

test('without a kubeconfig there is nobody at localhost', t => {
	const {stderr, exitCode} = runKubectl(empty(), 'kubectl get pods', {env: {KUBECONFIG: '/dev/null'}});
	const lines = stderr.split('\n');
	t.is(
		lines.filter(line => line.includes(`memcache.go:265] "Unhandled Error" err="couldn't get current server API group list: Get `)).length,
		5,
	);
	t.is(lines.at(-2), 'The connection to the server localhost:8080 was refused - did you specify the right host or port?');
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

test('equals come out where the sort of the real kubectl 1.33 left them', t => {
	const items = Array.from({length: 60}, (_, at) => ({at, key: (at * 7) % 5}));
	t.deepEqual(
		goSorted(items, (a, b) => a.key < b.key).map(({at}) => at),
		// kubectl get cm --sort-by=.data.k of sixty ConfigMaps.
		[
			40, 25, 55, 30, 20, 5, 0, 10, 15, 45, 35, 50, 58, 13, 38, 8, 48, 33, 18, 43, 53, 3, 28, 23, 31, 36, 26, 1, 56, 51, 21, 6, 46, 11, 41,
			16, 49, 24, 14, 39, 59, 34, 54, 4, 44, 9, 29, 19, 47, 7, 37, 32, 52, 17, 42, 2, 22, 57, 27, 12,
		],
	);
});

/** What kubectl 1.33 printed of a cluster with these objects. */
const said: ReadonlyArray<readonly [line: string, stdout: string, stderr: string]> = [
	['get cm -l app=s --sort-by=.metadata.name -o name', 'configmap/z10\nconfigmap/z9\n', ''],
	[
		'set image crd/gadgets.example.org a=b',
		'',
		'error: no kind "CustomResourceDefinition" is registered for version "apiextensions.k8s.io/v1" in scheme "pkg/scheme/scheme.go:28"\n',
	],
	[
		'set image svc --all a=b',
		'',
		'error: services/kubernetes the object is not a pod or does not have a pod template: *v1.Service\n\nerror: services/web the object is not a pod or does not have a pod template: *v1.Service\n\n',
	],
	['set env svc/web --list', '', ''],
	['set image deploy/web nginx=nginx --dry-run=client', '', ''],
	['set subject deploy/web --user=x', '', 'error: deployments/web setting subjects is only supported for RoleBinding/ClusterRoleBinding\n'],
	['set env deploy/web --keys=a x=y', '', 'error: when specifying --keys, a configmap or secret must be provided with --from\n'],
	['get pod x x', '', 'Error from server (NotFound): pods "x" not found\nError from server (NotFound): pods "x" not found\n'],
	[
		'scale deploy/nope deploy/web svc/web --replicas=1',
		'deployment.apps/web scaled\n',
		'Error from server (NotFound): the server could not find the requested resource\n',
	],
	['cordon deploy/web', '', 'error: expected resource of type node, got "apps/v1, Resource=deployments"\n'],
	['cordon k8s-node1 k8s-node1', 'node/k8s-node1 cordoned\nnode/k8s-node1 cordoned\n', ''],
	['get all x', '', 'error: you must specify only one resource\n'],
	[
		'get ev -l a=b',
		'',
		'Warning: short name "ev" could also match lower priority resource events.events.k8s.io\nNo resources found in default namespace.\n',
	],
	[
		'get pods --request-timeout=x',
		'',
		'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n',
	],
	[
		'get pods --certificate-authority=nope',
		'',
		'error: unable to read certificate-authority nope for kubernetes due to open nope: no such file or directory\n',
	],
	['get cm z9 -o NAME', 'configmap/z9\n', ''],
	['label cm z9 app- b=c', 'configmap/z9 unlabeled\n', ''],
	['label cm z10 app- ', 'configmap/z10 unlabeled\n', ''],
	['create cm q --from-literal=a=\'"q"\' --dry-run=client -o jsonpath={.data.a}', '"q"', ''],
	['get node k8s-node1 -A --no-headers -o name', 'node/k8s-node1\n', ''],
	['get svc,cm --sort-by=.metadata.name', '', 'error: couldn\'t find any field with path "{.metadata.name}" in the list of objects\n'],
	[
		'create -f list.yaml',
		'',
		'error: error validating "list.yaml": error validating data: [ValidationError(Service.spec.ports[0].port): invalid type for io.k8s.api.core.v1.ServicePort.port: got "string", expected "integer", ValidationError(Service.spec.ports): unknown object type "nil" in Service.spec.ports[1], ValidationError(Service.spec): unknown field "prots" in io.k8s.api.core.v1.ServiceSpec, ValidationError(Service.spec.selector): invalid type for io.k8s.api.core.v1.ServiceSpec.selector: got "array", expected "map"]; if you choose to ignore these errors, turn validation off with --validate=false\n',
	],
	['create deployment web --image=nginx --dry-run=client -o name', 'deployment.apps/web\n', ''],
	['config set-cluster c --embed-certs', '', 'error: you must specify a --certificate-authority to embed\n'],
	[
		'auth can-i nope nopes',
		'yes\n',
		"Warning: the server doesn't have a resource type 'nopes'\n\nWarning: verb 'nope' is not a known verb\n\n",
	],
	['get pods -k nope', '', 'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n'],
	['get -f nope,nope2', '', 'the path "nope" does not exist\nthe path "nope2" does not exist\n'],
	['label cm z10 a=b --template={{.kind}}', 'ConfigMap', ''],
	['create cm q --template= --dry-run=client', 'configmap/q created (dry run)\n', ''],
	['taint nodes --all a=b:NoSchedule -l c', '', "error: setting 'all' parameter with a non empty selector is prohibited\n"],
	['set env deploy/nope A=b --dry-run=x', '', 'error: Invalid dry-run value (x). Must be "none", "server", or "client".\n'],
	['get --raw /api/v1/services/kubernetes', '', 'Error from server (NotFound): the server could not find the requested resource\n'],
	[
		'debug x --env=a',
		'',
		'error: invalid argument "a" for "--env" flag: a must be formatted as key=value\nSee \'kubectl debug --help\' for usage.\n',
	],
	['delete deploy web --cascade=x', '', 'error: invalid cascade value (x). Must be "background", "foreground", or "orphan"\n'],
];

test('lines of experts get the answers of the real kubectl', t => {
	const cluster = empty();
	const host = cluster.hosts()[0]!;
	const list = '{kind: Service, apiVersion: v1, spec: {prots: [1], ports: [{port: "80"}, null], selector: []}}';
	host.files.write(`${host.home}/list.yaml`, `{apiVersion: v1, kind: List, items: [${list}]}`);
	for (const line of ['create deployment web --image=nginx', 'create service clusterip web --tcp=80', 'create cm z9', 'create cm z10'])
		runKubectl(cluster, `kubectl ${line}`);
	runKubectl(cluster, 'kubectl label cm z9 z10 app=s');
	runKubectl(cluster, 'kubectl apply -f -', {
		stdin:
			'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: gadgets.example.org}\nspec: {group: example.org, scope: Cluster, names: {plural: gadgets, kind: Gadget}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}\n',
	});
	for (const [line, stdout, stderr] of said) {
		const got = runKubectl(cluster, `kubectl ${line}`);
		t.is(got.stdout, stdout, line);
		t.is(got.stderr, stderr, line);
	}
});
