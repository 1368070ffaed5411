import {readFileSync} from 'node:fs';
import test from 'ava';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import {type Flag, globalFlags} from '../../source/commands/kubectl/flags/flag.js';
import {refusedFlags, unseenFlags} from '../../source/commands/kubectl/flags/refused.js';
import {Values} from '../../source/commands/kubectl/flags/values.js';
import {runKubectl} from '../helpers/run-kubectl.js';
import {findVerb} from '../../source/commands/kubectl/find-verb.js';

/** What `--help` of the real kubectl 1.33 lists: every command with its own flags. */
const tree: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL('../data/kubectl/help-tree.json', import.meta.url), 'utf8'));

/** Which flags were looked at. */
const read = new Set<string>();
for (const method of ['string', 'bool', 'int', 'list', 'durationMs', 'changed', 'global'] as const) {
	const original = Values.prototype[method] as (name: string) => unknown;
	(Values.prototype as unknown as Record<string, unknown>)[method] = function (this: Values, name: string) {
		read.add(name);
		return original.call(this, name);
	};
}

/** Words with which a verb gets far enough to look at its flags; where the flag itself needs others, it is named. */
const usual: Readonly<Record<string, readonly string[]>> = {
	annotate: ['pod p a=b'],
	apply: ['-f cm.yaml', '-f cm.yaml --prune --all', '-f cm.yaml --server-side'],
	'apply edit-last-applied': ['cm applied'],
	'apply set-last-applied': ['-f cm.yaml', '-f new.yaml', '-f plain.yaml'],
	'apply view-last-applied': ['cm applied', 'cm --all'],
	attach: ['p'],
	'auth can-i': ['get pods', '--list'],
	'auth reconcile': ['-f role.yaml'],
	autoscale: ['deploy web --max=3'],
	certificate: [''],
	'certificate approve': ['csr1'],
	'certificate deny': ['csr1'],
	'config delete-cluster': ['nope'],
	'config delete-context': ['nope'],
	'config delete-user': ['nope'],
	'config rename-context': ['a b'],
	'config set': ['users.a.token b', 'users.a.client-key-data Yg=='],
	'config set-cluster': ['c'],
	'config set-context': ['c'],
	'config set-credentials': ['u', 'u --exec-command=x', 'u --auth-provider=x'],
	'config unset': ['users.a'],
	'config use-context': ['kubernetes-admin@kubernetes'],
	cordon: ['k8s-node1'],
	cp: ['p:/a b', 'cm.yaml p:/x'],
	'create clusterrole': ['x --verb=get --resource=pods', 'x --aggregation-rule=a=b'],
	'create clusterrolebinding': ['x --clusterrole=view'],
	'create configmap': ['x --from-literal=a=b'],
	'create cronjob': ["x --image=a --schedule='* * * * *'"],
	'create deployment': ['x --image=a'],
	'create ingress': ['x --rule=a/=b:80'],
	'create job': ['x --image=a'],
	'create namespace': ['x'],
	'create poddisruptionbudget': ['x --selector=a=b --min-available=1'],
	'create priorityclass': ['x --value=1'],
	'create quota': ['x'],
	'create role': ['x --verb=get --resource=pods'],
	'create rolebinding': ['x --role=a'],
	'create secret docker-registry': ['x --docker-username=a --docker-password=b'],
	'create secret generic': ['x --from-literal=a=b'],
	'create secret tls': ['x --cert=a --key=b'],
	'create service clusterip': ['x --tcp=80'],
	'create service externalname': ['x --external-name=a.b'],
	'create service loadbalancer': ['x --tcp=80'],
	'create service nodeport': ['x --tcp=80'],
	'create serviceaccount': ['x'],
	'create token': ['default'],
	create: ['-f new.yaml'],
	debug: [
		'--image=a',
		'p --image=a',
		'p --image=a --copy-to=q -- sh',
		'node/k8s-node1 --image=a',
		'p --image=a --copy-to=q --profile=general',
	],
	delete: ['cm applied', 'cm applied --interactive'],
	describe: ['pod p', 'pods'],
	diff: ['-f cm.yaml', '-f cm.yaml --server-side', '-f cm.yaml --prune'],
	drain: ['k8s-node1', 'k8s-node1 --ignore-daemonsets --force'],
	edit: ['cm applied'],
	exec: ['p -- ls'],
	explain: ['pods'],
	expose: ['pod p --port=80', 'pod p --port=80 --overrides={}'],
	get: ['pods', 'pod nope', 'pod p -o yaml', 'pods -w', 'pods -o go-template={{.kind}}', 'pods -o custom-columns=A:.kind'],
	kustomize: ['k'],
	label: ['pod p a=b'],
	logs: ['p', '-l app=p', 'deploy/web'],
	patch: ['pod p -p {}'],
	'port-forward': ['p 80'],
	replace: ['-f cm.yaml', '-f cm.yaml --force'],
	'rollout history': ['deploy web'],
	'rollout pause': ['deploy web'],
	'rollout restart': ['deploy web'],
	'rollout resume': ['deploy held'],
	'rollout status': ['deploy slow'],
	'rollout undo': ['deploy source'],
	run: ['x --image=a', 'x --image=a --overrides={}', 'x --image=a -- sh', 'x --image=a -i', 'x --image=a --port=80 --expose'],
	scale: ['deploy web --replicas=2'],
	'set env': ['deploy web A=b', 'deploy web --list', 'deploy web --from=cm/applied', 'deploy source --list'],
	'set image': ['deploy web nginx=a'],
	'set resources': ['deploy web --limits=cpu=1'],
	'set selector': ['svc kubernetes a=b'],
	'set serviceaccount': ['deploy web x'],
	'set subject': ['rolebinding rb --user=a'],
	taint: ['node k8s-node1 a=b:NoSchedule'],
	'top node': ['', 'k8s-node1'],
	'top pod': ['', 'p'],
	uncordon: ['k8s-node1'],
	wait: ['pod p --for=condition=Ready --timeout=1s', 'pod p --for=delete --timeout=1s'],
};

/** What this small world cannot bring about: the static test (help-tree.ts) sees that they are read. */
const elsewhere = [
	// Needs a key pair; its flags are those of `create secret generic`.
	'create secret tls',
	// No metrics server.
	'top node',
	'top pod',
	// Only of containers, daemons, requests and plugins that are there.
	...['drain --delete-emptydir-data', 'drain --ignore-daemonsets', 'logs --ignore-errors', 'logs --max-log-requests', 'logs --timestamps'],
	...['exec --stdin', 'certificate approve --force', 'certificate deny --force', 'plugin list --name-only'],
	...['auth reconcile --remove-extra-permissions', 'auth reconcile --remove-extra-subjects'],
	// The real one takes these of its deletion flags too, and does nothing with them.
	...['run --filename', 'run --kustomize', 'run --timeout', 'run --wait', 'apply --timeout', 'apply --wait', 'replace --wait'],
	// Only charts and functions have to do with them, and those are refused aloud.
	...['as-current-user', 'enable-alpha-plugins', 'enable-helm', 'helm-api-versions', 'helm-command'].map(name => `kustomize --${name}`),
	...['helm-debug', 'helm-kube-version', 'env', 'mount', 'network', 'network-name'].map(name => `kustomize --${name}`),
	...['config view --show-managed-fields', 'edit --allow-missing-template-keys'],
	...['apply edit-last-applied --allow-missing-template-keys', 'apply edit-last-applied --validate'],
];

/** Flags that only matter beside another. */
const needs: Readonly<Record<string, string>> = {
	'allow-missing-template-keys': '-o go-template={{.a}}',
	'show-managed-fields': '-o yaml',
	template: '-o go-template',
	'embed-certs': '--client-certificate=cm.yaml --certificate-authority=cm.yaml',
};

const sampleFor = ([name, type]: Flag): string =>
	({
		bool: 'true',
		int: '1',
		int32: '1',
		duration: '1s',
		string: name === 'output' ? 'yaml' : 'x',
		strings: 'x',
		array: 'x=y',
		pairs: 'x=y',
		settings: 'x=y',
	})[type];

const files = {
	'cm.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: applied}, data: {a: b}}',
	'plain.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: plain}}',
	'new.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: new}}',
	'role.yaml': '{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: []}',
};

test('a flag is looked at, or refused aloud, or nobody could see its effect', t => {
	const cluster = createCluster({profile: 'empty'});
	const host = cluster.hosts()[0]!;
	for (const [name, text] of Object.entries(files)) host.files.write(`${host.home}/${name}`, text);
	host.files.makeFolder(`${host.home}/k`);
	host.files.write(`${host.home}/k/kustomization.yaml`, 'configMapGenerator: [{name: x, literals: [a=b]}]');
	for (const line of [
		'create deploy web --image=nginx',
		'run p --image=nginx -l app=p',
		'apply -f cm.yaml',
		'create rolebinding rb --role=r',
		'create cm plain',
		'create deploy held --image=nginx',
		'rollout pause deploy held',
		'create deploy slow --image=missing',
		'create deploy source --image=nginx',
		'set env deploy source --from=cm/applied',
	])
		runKubectl(cluster, `kubectl ${line}`);
	cluster.settle(5000);
	runKubectl(cluster, 'kubectl set env deploy source SECOND=revision');
	cluster.settle(5000);
	const state = cluster.sim.state.snapshot();
	let waits = 0;
	// What waits for ever has read its flags by then.
	const patient = {
		hosts: () => cluster.hosts(),
		advance(ms: number) {
			if (waits++ > 5) throw new Error('waited long enough');
			cluster.advance(ms);
		},
	} as Cluster;
	const run = (line: string) => {
		waits = 0;
		try {
			const dash = line.indexOf(' -- ');
			const timed = dash === -1 ? `${line} --request-timeout=1s` : `${line.slice(0, dash)} --request-timeout=1s${line.slice(dash)}`;
			return runKubectl(patient, `kubectl ${timed}`, {edit: text => text.replace('a: b', 'a: c')}).exitCode;
		} catch {
			// What another command would have to answer; by then the flags were read.
			return 1;
		} finally {
			cluster.sim.state.restore(state);
		}
	};

	const ignored: string[] = [];
	for (const [path, own] of Object.entries(tree)) {
		const {verb} = findVerb(path.split(' '));
		if (path === '' || !verb.run) continue;
		const lines = usual[path] ?? [''];
		read.clear();
		for (const line of lines) run(`${path} ${line}`);
		const unread = own
			.split(' ')
			.filter(name => name !== '' && !read.has(name) && !refusedFlags.includes(name) && !unseenFlags.includes(name));
		for (const name of unread) {
			const flag = [...verb.flags, ...globalFlags].find(one => one[0] === name)!;
			// Files are read with all that says how.
			if (name === 'recursive' && own.split(' ').includes('filename')) continue;
			read.clear();
			const seen = lines.some(line => {
				const dash = line.indexOf('-- ');
				const [before, after] = dash === -1 ? [line, ''] : [line.slice(0, dash), line.slice(dash)];
				const exitCode = run(`${path} ${before} ${needs[name] ?? ''} --${name}=${sampleFor(flag)} ${after}`);
				return exitCode === 125 || read.has(name);
			});
			if (!seen && !elsewhere.includes(path) && !elsewhere.includes(`${path} --${name}`)) ignored.push(`kubectl ${path} --${name}`);
		}
	}

	t.deepEqual(ignored, []);
});
