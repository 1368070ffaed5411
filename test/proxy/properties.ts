import test from 'ava';
import fc from 'fast-check';
import type {KubeObject} from '../../source/api/object.js';
import type {Harness} from '../helpers/program-harness.js';
import {config, saved, started} from '../helpers/proxy-recordings.js';

const modes = {iptables: config, ipvs: config.replace('mode: ""', 'mode: ipvs')};

interface Drawn {
	readonly sticky: boolean;
	/** One slice: whether each of its endpoints is ready. */
	readonly ready: readonly boolean[];
}

const drawn: fc.Arbitrary<readonly Drawn[]> = fc.array(fc.record({sticky: fc.boolean(), ready: fc.array(fc.boolean(), {maxLength: 5})}), {
	minLength: 1,
	maxLength: 6,
});

const vip = (at: number) => `10.96.30.${at + 1}`;
const endpoint = (at: number, each: number) => `10.244.${at + 1}.${each + 10}`;

const objectsOf = (at: number, {sticky, ready}: Drawn): KubeObject[] => [
	{
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: `s${at}`, namespace: 'default', uid: `s${at}`},
		spec: {
			type: 'ClusterIP',
			clusterIP: vip(at),
			clusterIPs: [vip(at)],
			ipFamilies: ['IPv4'],
			internalTrafficPolicy: 'Cluster',
			sessionAffinity: sticky ? 'ClientIP' : 'None',
			...(sticky && {sessionAffinityConfig: {clientIP: {timeoutSeconds: 10_800}}}),
			ports: [{port: 80, targetPort: 8080, protocol: 'TCP'}],
		},
	},
	{
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {name: `s${at}-x`, namespace: 'default', labels: {'kubernetes.io/service-name': `s${at}`}},
		addressType: 'IPv4',
		ports: [{name: '', port: 8080, protocol: 'TCP'}],
		endpoints: ready.map((isReady, each) => ({
			addresses: [endpoint(at, each)],
			conditions: {ready: isReady, serving: isReady, terminating: false},
			nodeName: 'k8s-node2',
		})),
	},
];

/** Where the kernel may send what is meant for a virtual address. */
function reached(harness: Harness, mode: string, address: string): string[] {
	if (mode === 'ipvs') {
		const service = harness.stack.ipvs.service({protocol: 'tcp', address, port: 80});
		return (service?.servers ?? [])
			.filter(each => each.weight > 0)
			.map(each => `${each.address}:${each.port}`)
			.sort();
	}

	const rules = saved(harness).split('\n');
	const targets = (chain: string): string[] =>
		rules
			.filter(rule => rule.startsWith(`-A ${chain} `))
			.flatMap(rule => {
				const destination = /--to-destination (\S+)/.exec(rule)?.[1];
				const jump = /-j (KUBE-SEP-\w+)/.exec(rule)?.[1];
				return destination ? [destination] : jump ? targets(jump) : [];
			});
	const entry = rules.find(rule => rule.startsWith(`-A KUBE-SERVICES -d ${address}/32`));
	const chain = /-j (KUBE-SVC-\w+)/.exec(entry ?? '')?.[1];
	return chain ? [...new Set(targets(chain))].sort() : [];
}

const expected = (at: number, {ready}: Drawn): string[] => ready.flatMap((yes, each) => (yes ? [`${endpoint(at, each)}:8080`] : [])).sort();

/** By a reset, or by the ICMP error of a REJECT: connect() says the same. */
const isRefused = (outcome: {kind: string; code?: string}) =>
	outcome.kind === 'refused' || (outcome.kind === 'unreachable' && outcome.code === 'port');

const settings = {numRuns: 12, seed: 5};

test('both modes reach the ready endpoints and no other; without any, a connection is refused', t => {
	fc.assert(
		fc.property(drawn, services => {
			for (const [mode, text] of Object.entries(modes)) {
				const harness = started(
					services.flatMap((each, at) => objectsOf(at, each)),
					text,
				);
				for (const [at, each] of services.entries()) {
					t.deepEqual(reached(harness, mode, vip(at)), expected(at, each), mode);
					if (expected(at, each).length === 0) t.true(isRefused(harness.stack.connect(vip(at), 80).outcome), mode);
				}
			}
		}),
		settings,
	);
});

test('an endpoint that is gone is not chosen after the sync', t => {
	fc.assert(
		fc.property(drawn, fc.nat(), (services, which) => {
			const at = which % services.length;
			const less = {...services[at]!, ready: services[at]!.ready.slice(0, -1)};
			for (const [mode, text] of Object.entries(modes)) {
				const harness = started(
					services.flatMap((each, i) => objectsOf(i, each)),
					text,
				);
				harness.apply(...objectsOf(at, less));
				harness.advance(2000);
				t.deepEqual(reached(harness, mode, vip(at)), expected(at, less), mode);
			}
		}),
		settings,
	);
});

test('affinity is kept in both modes for exactly the Services that ask for it', t => {
	fc.assert(
		fc.property(drawn, services => {
			const objects = services.flatMap((each, at) => objectsOf(at, each));
			const [iptables, ipvs] = [started(objects, modes.iptables), started(objects, modes.ipvs)];
			const rules = saved(iptables);
			for (const [at, each] of services.entries()) {
				const kept = expected(at, each).filter(target => {
					const chain = new RegExp(`-A (KUBE-SEP-\\w+) .*--to-destination ${target.replaceAll('.', '\\.')}\\n`).exec(rules)?.[1];
					return new RegExp(`--rcheck --seconds 10800 --reap .*-j ${chain}\\n`).test(rules);
				});
				t.is(kept.length, each.sticky ? expected(at, each).length : 0);
				const service = ipvs.stack.ipvs.service({protocol: 'tcp', address: vip(at), port: 80})!;
				t.is(service.persistentSeconds ?? 0, each.sticky ? 10_800 : 0);
			}
		}),
		settings,
	);
});
