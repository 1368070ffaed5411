import test from 'ava';
import {createCluster, type Cluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {traceRequest} from '../../source/trace/walk/request.js';
import type {Step} from '../../source/trace/walk/step.js';
import type {Conversation, Trace, VerdictKind} from '../../source/trace/trace.js';

/** A world that a learner has made, and one request in it. `VIP(web)`, `NODEPORT(web)` and `IP(pod)` stand for what the cluster gave out. */
export interface Scene {
	readonly type?: readonly string[];
	readonly from?: string;
	readonly ask: string;
}

export interface Expected {
	readonly kind: VerdictKind;
	readonly says: RegExp | string;
	/** Where the deciding rule stands. */
	readonly rule?: {readonly where?: string; readonly table: string; readonly chain: RegExp};
	/** Kind and name of the object that the verdict names. */
	readonly object?: readonly [kind: string, name: RegExp, field?: string];
	/** Each: some hop of the way there names this, in its origin or its text. */
	readonly hops?: readonly RegExp[];
}

export const deployWeb = ['kubectl create deployment web --image=nginx --replicas=2', 'kubectl expose deployment web --port=80'];
export const client = 'kubectl run cli --image=busybox --command -- sleep 3600';
export const toIpvs = [
	"kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/^    mode:.*/    mode: ipvs/' | kubectl apply -f -",
	'kubectl -n kube-system delete pod -l k8s-app=kube-proxy',
];
export const apply = (yaml: string): string => `kubectl apply -f - <<'EOF'\n${yaml}\nEOF`;
export const podOn = (name: string, node: string, more = ''): string =>
	apply(
		`apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}}\nspec: {nodeName: ${node}, containers: [{name: c, image: nginx}]${more}}`,
	);
export const policy = (name: string, spec: string): string =>
	apply(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}}\nspec: ${spec}`);

function fill(cluster: Cluster, text: string): string {
	const find = (resource: string, name: string) => cluster.api.reader.get<any>(resource, 'default', name);
	return text
		.replace(/VIP\((\w+)\)/g, (_, name) => find('services', name).spec.clusterIP)
		.replace(/NODEPORT\((\w+)\)/g, (_, name) => find('services', name).spec.ports[0].nodePort)
		.replace(/IP\((\w+)\)/g, (_, name) => find('pods', name).status.podIP);
}

export async function build(lines: readonly string[] = []): Promise<Cluster> {
	const cluster = createCluster();
	const player = createPlayer(cluster);
	for (const line of lines) {
		const {exitCode, stderr} = await player.play(fill(cluster, line));
		if (exitCode !== 0 && !line.startsWith('ssh')) throw new Error(`${line}: ${stderr}`);
	}
	return cluster;
}

export const ask = (cluster: Cluster, {from, ask: words}: Omit<Scene, 'type'>): Trace =>
	traceRequest(cluster, {...(from && {from}), words: fill(cluster, words).split(' ')});

const stepText = ({where, table, chain, rule, text, origin, note}: Step) =>
	`${where} ${table ?? ''} ${chain ?? ''} ${rule ?? ''}: ${text ?? note ?? ''} [${origin?.text ?? ''}]`;
const allSteps = ({hops, reply, nested}: Conversation): Step[] => [...hops, ...reply, ...nested.flatMap(allSteps)];

/** The verdict, what it names, and that the world is as it was. */
export const verdict = test.macro(async (t, {type, ...request}: Scene, expected: Expected) => {
	const cluster = await build(type);
	const before = JSON.stringify([...cluster.snapshot().tables].map(([name, rows]) => [name, [...rows]]));
	const trace = ask(cluster, request);
	t.is(JSON.stringify([...cluster.snapshot().tables].map(([name, rows]) => [name, [...rows]])), before, 'tracing changed the world');
	t.is(trace.verdict.kind, expected.kind, trace.verdict.sentence);
	if (typeof expected.says === 'string') t.is(trace.verdict.sentence, expected.says);
	else t.regex(trace.verdict.sentence, expected.says);
	const {rule} = trace.verdict;
	if (expected.rule) {
		t.like(rule, {table: expected.rule.table, ...(expected.rule.where && {where: expected.rule.where})});
		t.regex(rule!.chain, expected.rule.chain);
	} else t.is(rule, undefined);
	if (expected.object) {
		const [kind, name, field] = expected.object;
		t.like(trace.verdict.object, {kind, ...(field && {field})});
		t.regex(trace.verdict.object!.name!, name);
	}
	const steps = trace.conversations.flatMap(allSteps).map(stepText);
	for (const wanted of expected.hops ?? [])
		t.true(
			steps.some(text => wanted.test(text)),
			`${wanted} is in none of\n${steps.join('\n')}`,
		);
});
