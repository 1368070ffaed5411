import test from 'ava';
import {type CheckEntry, runEntry} from '../../source/checks/entry.js';
import {validate} from '../../source/checks/validate.js';
import {checkEntry} from '../../source/checks/entry.js';
import {judge, type Lasting} from '../../source/lab/judge.js';
import {createPlayer} from '../../source/lab/player.js';
import {createCluster} from '../../source/cluster/cluster.js';

/** Each check once as it holds and once as it does not, in a cluster at rest. */
const cluster = createCluster();
const player = createPlayer(cluster);
await player.play('kubectl create deployment web --image=nginx --replicas=2');
await player.play('kubectl expose deployment web --port 80');

async function ask(entry: CheckEntry) {
	const run = runEntry(entry, {world: cluster});
	const before = cluster.snapshot();
	let answer: any;
	for (;;) {
		const {done, value} = run.next(answer);
		if (done) {
			cluster.restore(before);
			return value;
		}
		answer = await createPlayer(cluster, {host: value.host}).session.run(value.line);
	}
}

await player.play('kubectl label pods -l app=web live=yes; kubectl expose deployment web --name lively --port 80 --selector live=yes');

const cases: ReadonlyArray<readonly [holds: CheckEntry, fails: CheckEntry, found: RegExp]> = [
	[
		{resource: {kind: 'deploy', name: 'web', match: {spec: {replicas: 2}}}},
		{resource: {kind: 'deploy', name: 'web', match: {spec: {replicas: 3}}}},
		/^deploy\/web: spec\.replicas is 2$/,
	],
	[
		{resource: {kind: 'pods', labels: {app: 'web'}, condition: {type: 'Ready'}, count: 2}},
		{resource: {kind: 'pods', labels: {app: 'web'}, count: {min: 3}}},
		/^pods: there are 2$/,
	],
	[
		{resource: {kind: 'deploy', labels: {app: 'web'}, count: 1}},
		{resource: {kind: 'deploy', labels: {app: 'web'}, count: 2}},
		/^deploy: there is 1$/,
	],
	[
		{resource: {kind: 'service', name: 'shop', absent: true}},
		{resource: {kind: 'service', name: 'shop'}},
		/^service\/shop does not exist$/,
	],
	[
		{connect: {from: 'nodes', to: {service: 'web'}, status: 200, body: 'nginx'}},
		{connect: {from: 'k8s-node1', to: {service: 'web'}, status: 404}},
		/^k8s-node1: HTTP status 200|k8s-node1 -> /,
	],
	[
		{afresh: {pods: {labels: {app: 'web'}}, checks: [{connect: {from: 'nodes', to: {service: 'web'}, status: 200}}]}},
		{
			all: [
				{connect: {from: 'k8s-node1', to: {service: 'lively'}, status: 200}},
				{afresh: {pods: {labels: {app: 'web'}}, checks: [{connect: {from: 'k8s-node1', to: {service: 'lively'}, status: 200}}]}},
			],
		},
		/^with new pods in place of those that run \(tried in a copy\): k8s-node1 -> service default\/lively .*: connection refused$/,
	],
	[
		{connect: {from: 'outside', to: '172.25.254.10:31999', refused: true}},
		{connect: {from: 'outside', to: '172.25.254.10:31999'}},
		/connection refused/,
	],
	[
		{connect: {from: 'k8s-node1', to: {service: 'web'}, requests: 4, answers: {shares: {nginx: 100, apache: 0}}}},
		{connect: {from: 'k8s-node1', to: {service: 'web'}, requests: 4, answers: {shares: {nginx: 80}, tolerancePercent: 10}}},
		/: "nginx" in 4 of 4 answers$/,
	],
	[
		{connect: {from: 'k8s-node1', to: 'https://10.96.0.1/version', send: {Authorization: 'Bearer nobody'}, status: 401}},
		{connect: {from: 'k8s-node1', to: 'https://10.96.0.1/version', status: 401}},
		/HTTP status 200$/,
	],
	[
		{connect: {from: {pods: {labels: {app: 'web'}}}, to: 'http://web.default.svc.cluster.local/', status: 200}},
		{connect: {from: {pods: {labels: {app: 'web'}}}, to: 'http://shop.default.svc.cluster.local/', status: 200}},
		/does not resolve/,
	],
	[
		{reach: {from: {node: 'k8s-node1'}, to: {web: {service: 'web'}, shut: '172.25.254.10:31999'}, open: ['node -> web']}},
		{reach: {from: {node: 'k8s-node1'}, to: {web: {service: 'web'}}, open: []}},
		/^node -> web: connected$/,
	],
	[
		{dns: {from: 'k8s-master', server: '10.96.0.10', name: 'kubernetes.default.svc.cluster.local.', answers: ['10.96.0.1']}},
		{dns: {from: 'k8s-master', server: '10.96.0.10', name: 'shop.default.svc.cluster.local.'}},
		/NXDOMAIN, no records$/,
	],
	[
		{proxy: {on: 'nodes', mode: 'iptables', chains: ['KUBE-SERVICES', 'KUBE-SVC-']}},
		{proxy: {on: 'nodes', mode: 'ipvs'}},
		/^k8s-master, k8s-node1, k8s-node2: kube-proxy runs in iptables mode$/,
	],
	[
		{file: {on: 'hosts', path: '/etc/hosts', contains: 'k8s-node1'}},
		{file: {on: 'k8s-node2', path: '/usr/sbin/ipvsadm'}},
		/^k8s-node2: \/usr\/sbin\/ipvsadm does not exist$/,
	],
	[
		{resource: {kind: 'deploy', name: 'web', cel: 'object.spec.replicas == 2 && has(object.spec.selector)'}},
		{resource: {kind: 'deploy', name: 'web', cel: 'object.spec.replicas > 2'}},
		/^deploy\/web: spec\.replicas is 2$/,
	],
	[
		{command: {on: 'k8s-node1', run: 'hostname', matches: '^k8s-node1$'}},
		{command: {on: 'k8s-node1', run: 'false'}},
		/^k8s-node1: "false" ended with 1 and printed nothing$/,
	],
	[
		{event: {kind: 'Pod', name: 'web', reason: 'Started'}},
		{event: {kind: 'Pod', name: 'web', reason: 'BackOff'}},
		/^no such event in namespace default$/,
	],
	[
		{
			all: [
				{not: {resource: {kind: 'svc', name: 'shop'}}},
				{any: [{resource: {kind: 'svc', name: 'shop'}}, {resource: {kind: 'svc', name: 'web'}}]},
			],
		},
		{any: [{resource: {kind: 'svc', name: 'shop'}}, {resource: {kind: 'svc', name: 'mall'}}]},
		/svc\/shop does not exist; svc\/mall does not exist/,
	],
	[{file: {on: 'k8s-master', path: '/no/such/file', absent: true}}, {file: {on: 'nowhere', path: '/etc/hosts'}}, /^nowhere is not there$/],
];

for (const [holds, fails, found] of cases) {
	test.serial(`${JSON.stringify(holds).slice(0, 90)} holds, and its opposite says what was found`, async t => {
		for (const entry of [holds, fails]) t.deepEqual(validate(entry, checkEntry), []);
		const good = await ask(holds);
		t.true(good.passed, good.found);
		const bad = await ask(fails);
		t.false(bad.passed);
		t.regex(bad.found, found);
		t.truthy(bad.look);
	});
}

test.serial('a question about no node at all does not hold', async t => {
	t.false((await ask({connect: {from: {pods: {labels: {app: 'nobody'}}}, to: {service: 'web'}}})).passed);
});

test.serial('what holds with new pods is not asked again by whoever marks over and over', async t => {
	const checks = [{afresh: {pods: {labels: {app: 'web'}}, checks: [{connect: {from: 'k8s-node1', to: {service: 'web'}, status: 200}}]}}];
	const lab: any = {objectives: [{id: 'a', title: {en: 'a', zh: 'a'}, points: 1, hints: [], checks}]};
	const lasting: Lasting = new Map();
	const pods = () => cluster.api.reader.list('pods').map(pod => pod.metadata.uid);
	const before = pods();
	const commandsOf = async () => {
		let [count, answer]: [number, any] = [0, undefined];
		for (const judging = judge(lab, cluster, {}, false, lasting); ; count++) {
			const {done, value} = judging.next(answer);
			if (done) return {count, score: value.score};
			answer = await createPlayer(cluster, {host: value.host}).session.run(value.line);
		}
	};
	t.deepEqual(await commandsOf(), {count: 3, score: 1});
	t.deepEqual(pods(), before);
	t.deepEqual(await commandsOf(), {count: 0, score: 1});
	lasting.clear();
	t.deepEqual(await commandsOf(), {count: 3, score: 1});
});
