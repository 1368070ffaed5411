import {readFileSync} from 'node:fs';
import test from 'ava';
import {ask, startEndpoint} from './_endpoint.js';

interface Exchange {
	readonly name: string;
	readonly method: string;
	readonly path: string;
	readonly request: {accept?: string; authorization?: string | null; contentType?: string; body?: unknown};
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: any;
}

const exchanges: Exchange[] = readFileSync(new URL('../data/api/wire.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

const uid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What differs from one run of the real server to the next. */
const normal = (text: string): string =>
	text
		.replace(uid, '<uid>')
		.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>')
		.replace(/("resourceVersion": ?)"\d+"/g, '$1"<rv>"')
		.replace(/too old resource version: (\d+) \(\d+\)/g, 'too old resource version: $1 (<rv>)')
		.replace(/"continue":"[^"]*"/g, '"continue":"<token>"')
		.replace(/hash=[0-9A-F]{128}/g, 'hash=<hash>')
		.replace(/\b10\.244\.\d+\.\d+\b/g, '<podIP>')
		.replace(/\b10\.(?:9[6-9]|10\d|11[01])\.(?!0\.1\b)\d+\.\d+\b/g, '<svcIP>')
		.replace(/("nodePort": ?)3\d{4}/g, '$1"<port>"')
		.replace(/k8s-node[12]/g, '<node>')
		.replace(/172\.25\.254\.[12]0\b/g, '<nodeIP>')
		.replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<jwt>')
		.replace(/(web|gen)-[bcdfghjklmnpqrstvwxz2456789]{5,10}(-[bcdfghjklmnpqrstvwxz2456789]{5})?\b/g, '$1-<rand>')
		.replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<rand>')
		.replace(/("pod-template-hash": ?)"[a-z0-9]+"/g, '$1"<hash>"')
		.replace(/127\.0\.0\.1:\d+|172\.25\.254\.100:6443/g, '<server>')
		.replace(/"\d+m?s"/g, '"<age>"')
		.replace(/v1\.33\.\d+/g, '<version>')
		.replace(/("(?:gitCommit|gitTreeState|goVersion)": ?)"[^"]*"/g, '$1"<build>"')
		.replace(/(resourceVersion: )"\d+"/g, '$1"<rv>"');

/** Keys in one order, and no difference between text and what it parses to. */
function comparable(body: unknown): string {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	try {
		return normal(JSON.stringify(JSON.parse(text), canonical));
	} catch {
		const lines = text.trim().split('\n');
		return lines.length > 1 && lines.every(line => line.startsWith('{')) ? lines.map(comparable).join('\n') : normal(text);
	}
}

/** Keys sorted, and without what the recorder's machine or its moment decided. */
function canonical(this: any, key: string, value: any): unknown {
	// Its build adds a second authority to the token volume of every pod.
	if (key === 'sources' && Array.isArray(value)) return value.filter(({configMap}) => configMap?.name !== 'other.crt');
	// A stand-in for the kubelet gave the moment of binding again; it was another only where a second had gone by.
	if (key === 'k:{"type":"PodScheduled"}' && Object.keys(value).join() === 'f:lastTransitionTime') return undefined;
	// How many steps a controller took to the same list.
	if (key === 'generation' && this.generateName && this.labels?.['endpointslice.kubernetes.io/managed-by']) return '<writes>';
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const headersOf = (headers: Record<string, unknown>) =>
	Object.fromEntries(
		['content-type', 'warning', 'transfer-encoding'].map(name => [name, headers[name]]).filter(([, value]) => value !== undefined),
	);

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>;

/** Recorded names and numbers that later requests repeat, as they are called here. */
function learn(renamed: Map<string, string>, {name, body: theirs}: Exchange, text: string): void {
	const note = (from: string, to: string) => void renamed.set(from, to);
	if (name === 'list limit 1') note(theirs.metadata.continue, JSON.parse(text).metadata.continue);
	if (name === 'pods') note(theirs.items[0].metadata.name, JSON.parse(text).items[0].metadata.name);
	if (name !== 'get for update') return;
	for (const field of ['uid', 'resourceVersion']) note(theirs.metadata[field], JSON.parse(text).metadata[field]);
}

function replay({endpoint}: Endpoint, {method, path, request}: Exchange, renamed: ReadonlyMap<string, string>) {
	const rename = (text: string) => [...renamed].reduce((done, [from, to]) => done.replaceAll(from, to), text);
	const {accept, contentType, authorization, body} = request;
	return ask(endpoint, {
		method,
		path: rename(path),
		headers: {'user-agent': 'curl/8.5.0', ...(accept && {accept}), ...(contentType && {'content-type': contentType})},
		...(body !== undefined && {body: rename(typeof body === 'string' ? body : JSON.stringify(body))}),
		...(authorization === null && {token: null}),
	});
}

/**
 * Milliseconds until the next exchange. The recorder waited once; from then on its controllers worked beside it, and what an answer shows of a
 * rollout tells how far they had come.
 */
const pauses: Readonly<Record<string, number>> = {
	'create deployment': 2500,
	'json patch': 12,
	'scale get': 12,
	'create service': 20,
};

/** The recorder changed this body for the next exchange before it wrote it down. */
const changedLater = new Map([['get for update', (body: any) => ({...body, data: {k: '2'}})]]);

test('every exchange with a v1.33 API server, replayed', async t => {
	const world = await startEndpoint();
	t.teardown(() => world.endpoint.close());
	const renamed = new Map<string, string>();
	const missed: string[] = [];
	let watching: ReturnType<typeof replay> | undefined;
	for (const exchange of exchanges) {
		const {name} = exchange;
		if (name === 'watched create') {
			watching = replay(world, exchanges.find(each => each.name === 'watch')!, renamed);
			await new Promise(resolve => setTimeout(resolve, 100));
		}

		if (name === 'watch') {
			await new Promise(setImmediate);
			world.cluster.advance(3000);
		}

		const answer = name === 'watch' ? await watching! : await replay(world, exchange, renamed);
		learn(renamed, exchange, answer.text);
		world.cluster.advance(pauses[name] ?? 0);
		const recorded = changedLater.get(name)?.(exchange.body) ?? exchange.body;
		const [ours, theirs] = [seen(answer.text, recorded), comparable(recorded)];
		const same =
			answer.status === exchange.status &&
			comparable(headersOf(answer.headers)) === comparable(headersOf(exchange.headers)) &&
			ours === theirs;
		if (same) continue;
		missed.push(name);
		t.log(`${name}: ${answer.status} ${JSON.stringify(headersOf(answer.headers))}\n${difference(ours, theirs)}`);
	}

	t.deepEqual(missed, []);
});

/** The recorder cut one long body short. */
function seen(text: string, recorded: unknown): string {
	if (typeof recorded !== 'string' || !recorded.startsWith('{\n')) return comparable(text);
	return normal(JSON.stringify(JSON.parse(text), null, 2).slice(0, recorded.length));
}

function difference(ours: string, theirs: string): string {
	let at = 0;
	while (at < ours.length && ours[at] === theirs[at]) at++;
	const cut = (text: string) => text.slice(Math.max(0, at - 80), at + 200);
	return `ours   ${cut(ours)}\ntheirs ${cut(theirs)}`;
}
