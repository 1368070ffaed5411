import {matchesLabels, parseLabelSelector} from '../../api/selector/label-selector.js';
import type {KubeObject} from '../../api/object.js';
import {rfc3339} from '../../api/values/time.js';
import type {ProgramContext} from '../../node/program/program.js';
import {type HttpAnswer, type HttpRequest, httpDate, lengthOf} from '../http/answer.js';
import type {Point, ServerMemory} from './scrape.js';

const groupVersion = 'metrics.k8s.io/v1beta1';
const verbs = ['get', 'list'];

/** Answers of the extension API server, to whoever the aggregator lets through. */
export function answerMetrics(context: ProgramContext<ServerMemory>, {path, query}: HttpRequest): HttpAnswer {
	const prefix = `/apis/${groupVersion}`;
	if (path === prefix)
		return json(context, 200, {
			kind: 'APIResourceList',
			apiVersion: 'v1',
			groupVersion,
			resources: [
				{name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs},
				{name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs},
			],
		});
	const selector = new URLSearchParams(query).get('labelSelector') ?? '';
	const [, namespace, resource, name] = /^(?:\/namespaces\/([^/]+))?\/(nodes|pods)(?:\/([^/]+))?$/.exec(path.slice(prefix.length)) ?? [];
	if (!path.startsWith(prefix) || !resource) return text(context, 404, '404 page not found\n');
	const all = resource === 'nodes' ? nodes(context) : pods(context, namespace);
	const items = all.filter(
		({metadata}) => (!name || metadata.name === name) && matchesLabels(parseLabelSelector(selector), metadata.labels),
	);
	if (name)
		return items[0] ? json(context, 200, items[0]) : json(context, 404, notFound(resource, namespace ? `${namespace}/${name}` : name));
	const kind = resource === 'nodes' ? 'NodeMetricsList' : 'PodMetricsList';
	return json(context, 200, {kind, apiVersion: groupVersion, metadata: {}, items});
}

const notFound = (resource: string, name: string) => ({
	kind: 'Status',
	apiVersion: 'v1',
	metadata: {},
	status: 'Failure',
	message: `${resource === 'nodes' ? 'nodemetrics' : 'podmetrics'}.metrics.k8s.io "${name}" not found`,
	reason: 'NotFound',
	details: {name, group: 'metrics.k8s.io', kind: resource === 'nodes' ? 'nodemetrics' : 'podmetrics'},
	code: 404,
});

type Metrics = Record<string, unknown> & {metadata: KubeObject['metadata']};

function nodes({client, memory}: ProgramContext<ServerMemory>): Metrics[] {
	return client!.list<KubeObject>('nodes').flatMap(({metadata: {name, labels}}) => {
		const used = usage(memory, `node ${name}`);
		if (!used) return [];
		const metadata = {name, creationTimestamp: used.timestamp, ...(labels && {labels})};
		return [{kind: 'NodeMetrics', apiVersion: groupVersion, metadata, timestamp: used.timestamp, window: used.window, usage: used.usage}];
	});
}

function pods({client, memory}: ProgramContext<ServerMemory>, namespace: string | undefined): Metrics[] {
	return client!.list<KubeObject>('pods', namespace ? {namespace} : {}).flatMap(pod => {
		const {name, namespace: own, labels} = pod.metadata;
		if (pod['status']?.phase !== 'Running') return [];
		const parts = (pod['spec'].containers as any[]).map(container => ({
			container: container.name,
			used: usage(memory, `pod ${own}/${name}/${container.name}`),
		}));
		// A pod is told of only when all its containers are known.
		if (parts.some(({used}) => !used)) return [];
		const {timestamp, window} = parts[0]!.used!;
		const containers = parts.map(({container, used}) => ({name: container, usage: used!.usage}));
		const metadata = {name, namespace: own!, creationTimestamp: timestamp, ...(labels && {labels})};
		return [{kind: 'PodMetrics', apiVersion: groupVersion, metadata, timestamp, window, containers}];
	});
}

/** A container that is younger than two looks is measured from its start. Models pkg/storage/pod.go. */
const freshMs = 10_000;

function usage({last, previous}: ServerMemory, key: string) {
	const now = last[key];
	if (!now) return undefined;
	const before: Point | undefined = previous[key] ?? fresh(now);
	if (!before || now.cpuMicros < before.cpuMicros || now.atMs <= before.atMs) return undefined;
	const spentMs = now.atMs - before.atMs;
	const nanoCores = Math.floor(((now.cpuMicros - before.cpuMicros) * 1e6) / spentMs);
	return {
		timestamp: rfc3339(now.atMs),
		window: `${spentMs / 1000}s`,
		usage: {cpu: `${nanoCores}n`, memory: `${Math.floor(now.memoryBytes / 1024)}Ki`},
	};
}

const fresh = ({startMs, atMs}: Point): Point | undefined =>
	startMs !== undefined && atMs - startMs >= freshMs ? {atMs: startMs, cpuMicros: 0, memoryBytes: 0} : undefined;

function json({machine: {sim}}: ProgramContext, status: number, body: object): HttpAnswer {
	return withBody(sim.clock.now(), status, `${JSON.stringify(body)}\n`, 'application/json');
}

export const text = ({machine: {sim}}: ProgramContext, status: number, body: string): HttpAnswer =>
	withBody(sim.clock.now(), status, body, 'text/plain; charset=utf-8');

const withBody = (nowMs: number, status: number, body: string, type: string): HttpAnswer => ({
	status,
	headers: [
		['Cache-Control', 'no-cache, private'],
		['Content-Type', type],
		['Date', httpDate(nowMs)],
		['Content-Length', lengthOf(body)],
	],
	body,
});
