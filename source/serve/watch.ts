import type {WatchEvent} from '../api/client.js';
import {groupResource, type Kind} from '../api/kind.js';
import {matchesLabels, parseLabelSelector} from '../api/selector/label-selector.js';
import type {KubeObject} from '../api/object.js';
import {fieldMatcher} from '../api/verbs/read.js';
import type {ApiRequest} from '../api/server.js';
import {ApiError} from '../api/status.js';
import {tableOf} from '../api/verbs/table.js';
import {common, send, setWarnings} from './answer.js';
import {flag} from '../api/http/request.js';
import {type Exchange, isRefused} from './exchange.js';
import type {Accepted} from '../api/http/media.js';
import {partial} from '../api/http/partial.js';

const bookmarkEveryMs = 60_000;
const lastBookmarkMs = 2000;
const timeoutSecondsDefault = 1800;

/** A list that goes on: what is there or what happened since, then each change as it comes. Models apiserver/pkg/endpoints/handlers/watch.go. */
export function watch(exchange: Exchange, request: ApiRequest, accepted: Accepted): void {
	const {serving, response, query} = exchange;
	const {api} = serving.cluster;
	const since = Number(query.get('resourceVersion') ?? 0) || 0;
	const initial = flag(query, 'sendInitialEvents');
	const listed = api.handle({...request, verb: 'watch', query: withName(request)});
	if (isRefused(listed)) return void send(response, listed.code, listed.body, {accepted, warnings: listed.warnings});
	const kind = api
		.kinds()
		.find(({group, version, plural}) => group === request.group && version === request.version && plural === request.resource)!;
	const stream = createStream(exchange, request, kind, accepted);
	let missed: readonly WatchEvent[] = [];
	if (since > 0 && !initial) {
		try {
			missed = api.eventsSince(groupResource(kind), since);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			return void send(response, 200, {type: 'ERROR', object: error.status});
		}
	}

	setWarnings(response, listed.warnings);
	response.writeHead(200, {...common, 'content-type': 'application/json'});
	response.flushHeaders();
	if (initial || since === 0) for (const object of api.list(kind, optionsOf(request))) stream.added(object);
	for (const event of missed) stream.changed(event);
	if (initial) stream.bookmark({'k8s.io/initial-events-end': 'true'});
	keepOpen(exchange, kind, stream);
}

/** A watch of one object by its name is one of all with that name. */
function withName({name, query}: ApiRequest): Readonly<Record<string, string>> {
	const fieldSelector = [query['fieldSelector'], name && `metadata.name=${name}`].filter(Boolean).join(',');
	return fieldSelector ? {...query, fieldSelector} : query;
}

function optionsOf(request: ApiRequest) {
	const {labelSelector, fieldSelector} = withName(request);
	return {
		...(request.namespace && {namespace: request.namespace}),
		...(labelSelector && {labelSelector}),
		...(fieldSelector && {fieldSelector}),
	};
}

interface Stream {
	added(object: KubeObject): void;
	changed(event: WatchEvent): void;
	bookmark(annotations?: Record<string, string>): void;
}

function createStream({serving, response, query}: Exchange, request: ApiRequest, kind: Kind, accepted: Accepted): Stream {
	const {api, sim} = serving.cluster;
	const resource = groupResource(kind);
	const covers = coverOf(request, kind);
	const form = formOf(kind, accepted, query, () => sim.clock.now());
	/** The store forgets who wrote what together with the object. */
	const managers = new Map<string, readonly unknown[]>();
	const write = (type: string, object: unknown) => {
		if (!response.writableEnded) response.write(`${JSON.stringify({type, object})}\n`);
	};
	const say = (type: string, object: KubeObject) => {
		const id = object.metadata.uid ?? '';
		const found = api.managedFields(resource, object);
		const fields = found.length > 0 ? found : (managers.get(id) ?? []);
		if (type === 'DELETED') managers.delete(id);
		else managers.set(id, fields);
		write(type, form(fields.length > 0 ? {...object, metadata: {...object.metadata, managedFields: fields as unknown[]}} : object));
	};
	const shown = (object: KubeObject) => (kind.storedAs ? kind.storedAs.fromStored(object) : object);
	return {
		added: object => say('ADDED', object),
		changed({type, object, old}) {
			const [now, before] = [shown(object), old && shown(old)];
			const [is, was] = [covers(now), before !== undefined && covers(before)];
			if (type === 'DELETED' ? is || was : was && !is)
				say(
					'DELETED',
					type === 'DELETED' ? now : {...before!, metadata: {...before!.metadata, resourceVersion: now.metadata.resourceVersion!}},
				);
			else if (type !== 'DELETED' && is) say(was ? 'MODIFIED' : 'ADDED', now);
		},
		bookmark(annotations) {
			const metadata = {resourceVersion: String(api.resourceVersion()), creationTimestamp: null, ...(annotations && {annotations})};
			write('BOOKMARK', {kind: kind.kind, apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version, metadata});
		},
	};
}

function coverOf(request: ApiRequest, kind: Kind): (object: KubeObject) => boolean {
	const {namespace, labelSelector, fieldSelector} = {
		namespace: undefined,
		labelSelector: undefined,
		fieldSelector: undefined,
		...optionsOf(request),
	};
	const labels = labelSelector ? parseLabelSelector(labelSelector) : undefined;
	const fields = fieldSelector ? fieldMatcher(kind, fieldSelector) : undefined;
	return object =>
		(!kind.namespaced || !namespace || object.metadata.namespace === namespace) &&
		(!labels || matchesLabels(labels, object.metadata.labels)) &&
		(!fields || fields(object));
}

/** An event's object as the client asked for it; the columns of a table are told only once. */
function formOf(kind: Kind, {as}: Accepted, query: URLSearchParams, nowMs: () => number): (object: KubeObject) => unknown {
	if (as?.startsWith('PartialObjectMetadata')) return partial;
	if (as !== 'Table') return object => object;
	let first = true;
	return object => {
		const meta = {resourceVersion: object.metadata.resourceVersion};
		const table = tableOf(kind, [object], {nowMs: nowMs()}, meta, query.get('includeObject') ?? 'Metadata');
		const answer = first ? table : {...table, columnDefinitions: null};
		first = false;
		return answer;
	};
}

/** Until the client goes, its time is up, or the server closes. */
function keepOpen({serving, response, query}: Exchange, kind: Kind, stream: Stream): void {
	const queue: WatchEvent[] = [];
	let waiting: NodeJS.Immediate | undefined;
	const flush = () => {
		waiting = undefined;
		for (const event of queue.splice(0)) stream.changed(event);
	};
	// Told in the middle of a write: what the write leaves behind, managedFields among it, is only there afterwards.
	const stopWatching = serving.cluster.api.watch(groupResource(kind), event => {
		queue.push(event);
		waiting ??= setImmediate(flush);
	});
	let stopBookmarks = () => {};
	const bookmarkLater = () => {
		stopBookmarks = serving.after(bookmarkEveryMs, () => {
			flush();
			stream.bookmark();
			bookmarkLater();
		});
	};
	const end = () => {
		flush();
		response.end();
	};
	const seconds = Number(query.get('timeoutSeconds') ?? 0) || timeoutSecondsDefault;
	const stopTimeout = serving.after(seconds * 1000, end);
	let stopLast = () => {};
	if (flag(query, 'allowWatchBookmarks')) {
		bookmarkLater();
		// The last one comes shortly before the end, so that the client can go on from there.
		stopLast = serving.after(Math.max(0, seconds * 1000 - lastBookmarkMs), () => {
			flush();
			stream.bookmark();
		});
	}

	serving.open.add(end);
	response.once('close', () => {
		serving.open.delete(end);
		clearImmediate(waiting);
		stopWatching();
		stopBookmarks();
		stopLast();
		stopTimeout();
	});
}
