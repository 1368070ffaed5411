import type {Sim} from '../sim/sim.js';
import type {Table} from '../sim/state.js';
import type {Client} from './client.js';
import {ApiError} from './status.js';
import {rfc3339, rfc3339Micro} from './values/time.js';

/** What an event is about: an object of the store, or a reference to one (the kubelet adds `fieldPath`). */
export interface EventSubject {
	readonly apiVersion?: string;
	readonly kind: string;
	readonly metadata: {readonly name: string; readonly namespace?: string; readonly uid?: string; readonly resourceVersion?: string};
}

export interface EventOptions {
	/** Part of the object, e.g. `spec.containers{web}`. */
	readonly fieldPath?: string;
	/** events.k8s.io only: what was being done, e.g. `Binding`. */
	readonly action?: string;
}

export type RecordEvent = (
	about: EventSubject,
	type: 'Normal' | 'Warning',
	reason: string,
	message: string,
	options?: EventOptions,
) => void;

export interface RecorderOptions {
	readonly client: Client;
	readonly sim: Sim;
	/** `source.component`, e.g. `kubelet`. */
	readonly component: string;
	/** `source.host`, for those that run on a node. */
	readonly host?: string;
	/** `series`: as the scheduler records, with `reportingComponent` and no count (client-go tools/events). */
	readonly style?: 'counted' | 'series';
}

/** Where a counted event stands, and what client-go's correlator remembers. Plain data in one table a recorder. */
type Memory =
	| {readonly event: string; readonly namespace: string; readonly count: number}
	| {readonly similar: readonly string[]; readonly lastMs: number}
	| {readonly tokens: number; readonly lastMs: number};

/** More than so many different messages of one reason about one object become `(combined from similar events)`. */
const similarMax = 10;
const similarWindowMs = 600_000;
/** client-go's spam filter: 25 events at once about one object, then one every five minutes. */
const burst = 25;
const refillMs = 300_000;
/** A series that was quiet for so long starts anew. */
const seriesWindowMs = 360_000;
const memoryMax = 4096;
/** Grown by so many, it is looked through for what says nothing any more. */
const sweepEvery = 256;

/** Events are counted, merged and held back as client-go's recorders do (tools/record/events_cache.go, tools/events). */
export function createRecorder(options: RecorderOptions): RecordEvent {
	const {client, sim, component, host = '', style = 'counted'} = options;
	const memory = sim.state.table<Memory>(`events/${component}/${host}`);
	const name = createEventName(sim);
	const write = (draft: () => void) => {
		try {
			draft();
		} catch (error) {
			// An event is never worth a retry: a terminating namespace refuses it, an absent API server loses it.
			if (!(error instanceof ApiError)) throw error;
		}
	};

	return (about, type, reason, message, {fieldPath, action} = {}) => {
		const now = sim.clock.now();
		const sink = {client, memory, component, host, now, name};
		const subject = [about.kind, about.metadata.namespace, about.metadata.name, about.metadata.uid, fieldPath].join('|');
		const base = {about, type, reason, message, fieldPath};
		if (style === 'series') {
			write(() => recordSeries(sink, base, action ?? reason, `${subject}|${type}|${reason}|${action}`));
			return;
		}

		write(() => {
			if (!takeToken(sink, `spam|${subject}`)) return;
			const combined = isCombined(sink, `similar|${subject}|${type}|${reason}`, message);
			const text = combined ? `(combined from similar events): ${message}` : message;
			recordCounted(sink, {...base, message: text}, `count|${subject}|${type}|${reason}|${combined ? '' : message}`);
		});
	};
}

interface Draft {
	readonly about: EventSubject;
	readonly type: string;
	readonly reason: string;
	readonly message: string;
	readonly fieldPath: string | undefined;
}

interface Sink {
	readonly client: Client;
	readonly memory: Table<Memory>;
	readonly component: string;
	readonly host: string;
	readonly now: number;
	readonly name: (about: EventSubject) => string;
}

function recordCounted(sink: Sink, draft: Draft, key: string): void {
	const {client, memory, component, host, now, name} = sink;
	const namespace = draft.about.metadata.namespace ?? 'default';
	const known = memory.get(key);
	if (known && 'event' in known && client.find('events', namespace, known.event)) {
		const count = known.count + 1;
		memory.set(key, {...known, count});
		client.patch('events', namespace, known.event, 'merge', {count, lastTimestamp: rfc3339(now), message: draft.message});
		return;
	}

	const event = name(draft.about);
	remember(sink, key, {event, namespace, count: 1});
	client.create({
		...eventOf(draft, event, namespace),
		source: host ? {component, host} : {component},
		firstTimestamp: rfc3339(now),
		lastTimestamp: rfc3339(now),
		count: 1,
		eventTime: null,
		reportingComponent: component,
		reportingInstance: host,
	});
}

/** tools/events/event_broadcaster.go: the second of a kind starts a series; later ones only count until the next heartbeat. */
function recordSeries(sink: Sink, draft: Draft, action: string, key: string): void {
	const {client, memory, component, host, now, name} = sink;
	const namespace = draft.about.metadata.namespace ?? 'default';
	const known = memory.get(key);
	const standing = known && 'event' in known ? client.find('events', namespace, known.event) : undefined;
	if (standing && known && 'event' in known && now - known.count < seriesWindowMs) {
		memory.set(key, {...known, count: now});
		const count = (standing['series']?.count ?? 1) + 1;
		client.patch('events', namespace, known.event, 'merge', {series: {count, lastObservedTime: rfc3339Micro(now)}});
		return;
	}

	const event = name(draft.about);
	remember(sink, key, {event, namespace, count: now});
	client.create({
		...eventOf(draft, event, namespace),
		source: {},
		firstTimestamp: null,
		lastTimestamp: null,
		eventTime: rfc3339Micro(now),
		action,
		reportingComponent: component,
		reportingInstance: `${component}-${host}`,
	});
}

const eventOf = ({about, type, reason, message, fieldPath}: Draft, name: string, namespace: string) => {
	const {metadata, kind, apiVersion = 'v1'} = about;
	const reference = {
		kind,
		...(metadata.namespace && {namespace: metadata.namespace}),
		name: metadata.name,
		...(metadata.uid && {uid: metadata.uid}),
		apiVersion,
		...(metadata.resourceVersion && {resourceVersion: metadata.resourceVersion}),
		...(fieldPath && {fieldPath}),
	};
	return {apiVersion: 'v1', kind: 'Event', metadata: {name, namespace}, involvedObject: reference, reason, message, type};
};

function takeToken(sink: Sink, key: string): boolean {
	const {memory, now} = sink;
	const known = memory.get(key);
	const {tokens, lastMs} = known && 'tokens' in known ? known : {tokens: burst, lastMs: now};
	const refilled = Math.floor((now - lastMs) / refillMs);
	const left = Math.min(burst, tokens + refilled);
	if (left < 1) return false;
	// A full bucket does not go on filling.
	remember(sink, key, {tokens: left - 1, lastMs: left === burst ? now : lastMs + refilled * refillMs});
	return true;
}

/** True once the object has had its fill of different messages with this reason. */
function isCombined(sink: Sink, key: string, message: string): boolean {
	const {memory, now} = sink;
	const known = memory.get(key);
	const similar = known && 'similar' in known && now - known.lastMs <= similarWindowMs ? known.similar : [];
	const grown = similar.includes(message) || similar.length >= similarMax ? similar : [...similar, message];
	remember(sink, key, {similar: grown, lastMs: now});
	return grown.length >= similarMax;
}

/** Forgets what has lapsed, and the oldest, so that a long session does not grow without end. */
function remember({memory, client, now}: Sink, key: string, value: Memory): void {
	if (!memory.has(key) && memory.size % sweepEvery === sweepEvery - 1)
		for (const [old, known] of [...memory.entries()]) if (hasLapsed(known, client, now)) memory.delete(old);
	if (!memory.has(key) && memory.size >= memoryMax) {
		for (const oldest of memory.keys()) {
			memory.delete(oldest);
			break;
		}
	}

	memory.set(key, value);
}

/** Without it everything would be recorded as it is with it. */
function hasLapsed(known: Memory, client: Client, now: number): boolean {
	if ('event' in known) return !client.find('events', known.namespace, known.event);
	if ('similar' in known) return now - known.lastMs > similarWindowMs;
	return known.tokens + Math.floor((now - known.lastMs) / refillMs) >= burst;
}

/** `<object>.<nanoseconds in hex>`, always later than the one before: `kubectl get events` lists by name. */
function createEventName(sim: Sim): (about: EventSubject) => string {
	const stamp = sim.state.cell<{ms: number; nanos: number}>('events/stamp', {ms: 0, nanos: 0});
	const random = sim.random.fork('events');
	return about => {
		const now = sim.clock.now();
		const last = stamp.get();
		const next = {ms: now, nanos: (last.ms === now ? last.nanos : 0) + 1 + random.int(9000)};
		stamp.set(next);
		return `${about.metadata.name}.${(BigInt(next.ms) * 1_000_000n + BigInt(next.nanos)).toString(16)}`;
	};
}
