import {Agenda, type Entry} from './agenda.js';
import type {Cell, State} from './state.js';

/**
 * Work that is due at some time. Plain data, so that the queue can be saved and rewound: `actor` names who does it (registered with
 * `on`), `key` says what. One actor has at most one due item a key; scheduling it again moves it to the earlier time.
 */
export interface Due {
	/** Milliseconds since 1970, virtual. */
	readonly at: number;
	/** Breaks ties: equal times run in the order in which they were scheduled. */
	readonly order: number;
	readonly actor: string;
	readonly key: string;
	/** Periodic work (a probe, a lease renewal, a resync) does not keep the world from being settled. */
	readonly periodic: boolean;
}

/** A due item with its key in the queue. One that was done, moved or cancelled does not stand any more. */
interface Item extends Entry {
	readonly id: string;
	readonly due: Due;
}

export type Handler = (key: string) => void;

export interface Clock {
	/** Milliseconds since 1970, virtual. */
	now(): number;
	/** Virtual milliseconds since the world began. */
	uptime(): number;
	on(actor: string, handler: Handler): void;
	/** Runs `actor`'s handler with `key` after `delayMs` (0: later in the same instant). An earlier due time for the same key wins. */
	schedule(delayMs: number, actor: string, key: string, options?: {periodic?: boolean}): void;
	/** Like `schedule`, but a due time that stands already is moved, be it earlier or later. */
	reschedule(delayMs: number, actor: string, key: string, options?: {periodic?: boolean}): void;
	cancel(actor: string, key: string): void;
	dueAt(actor: string, key: string): number | undefined;
	/** Time of the next due item; with `periodic: false`, of the next one that is not periodic. */
	next(options?: {periodic: boolean}): number | undefined;
	/** Lets `ms` pass, running what is due in order. Never called by what it runs. `until` is asked after each item and may stop it early. */
	advance(ms: number, until?: () => boolean): void;
	/** Another queue was put in the place of this one. */
	onRestore(handler: () => void): void;
}

/** More items than this in one instant mean that two actors wake each other for ever. */
const itemsPerInstantMax = 2_000_000;

export function createClock(state: State, startMs: number): Clock {
	const time: Cell<number> = state.cell('sim/clock/now', startMs);
	const order: Cell<number> = state.cell('sim/clock/order', 0);
	const queue = state.table<Due>('sim/clock/queue');
	const handlers = new Map<string, Handler>();
	/** What follows is derived from the table: all items, and apart the one-off ones, so that "is anything but periodic work due?" costs no scan. */
	const all = new Agenda<Item>();
	const oneOff = new Agenda<Item>();
	/** By actor and key: looked up at each change of an object, too often to put a name together first. */
	let standing = new Map<string, Map<string, Item>>();
	let nowMs = startMs;
	let running = false;
	state.onRestore(() => {
		nowMs = time.get();
		all.clear();
		oneOff.clear();
		standing = new Map();
		const items = Array.from(queue.entries(), ([id, due]): Item => ({id, due, at: due.at - startMs, stands: true}));
		for (const item of items.sort((a, b) => a.at - b.at || a.due.order - b.due.order)) note(keysOf(item.due.actor), item);
	});

	const keysOf = (actor: string): Map<string, Item> => {
		let keys = standing.get(actor);
		if (!keys) standing.set(actor, (keys = new Map()));
		return keys;
	};
	const put = (keys: Map<string, Item>, delayMs: number, actor: string, key: string, periodic: boolean) => {
		const before = keys.get(key);
		if (before) before.stands = false;
		const due: Due = {at: nowMs + Math.max(0, delayMs), order: order.get(), actor, key, periodic};
		const item = {id: before?.id ?? `${actor}\u0000${key}`, due, at: due.at - startMs, stands: true};
		order.set(due.order + 1);
		queue.set(item.id, due);
		note(keys, item);
	};
	const note = (keys: Map<string, Item>, item: Item) => {
		keys.set(item.due.key, item);
		all.add(item);
		if (!item.due.periodic) oneOff.add(item);
	};
	const drop = (keys: Map<string, Item> | undefined, item: Item) => {
		item.stands = false;
		keys?.delete(item.due.key);
		queue.delete(item.id);
	};

	const clock: Clock = {
		now: () => nowMs,
		uptime: () => nowMs - startMs,
		on(actor, handler) {
			handlers.set(actor, handler);
		},
		schedule(delayMs, actor, key, {periodic = false} = {}) {
			const keys = keysOf(actor);
			const item = keys.get(key);
			if (item && item.due.at <= nowMs + delayMs) return;
			put(keys, delayMs, actor, key, periodic);
		},
		reschedule(delayMs, actor, key, {periodic = false} = {}) {
			put(keysOf(actor), delayMs, actor, key, periodic);
		},
		cancel(actor, key) {
			const keys = standing.get(actor);
			const item = keys?.get(key);
			if (item) drop(keys, item);
		},
		dueAt: (actor, key) => standing.get(actor)?.get(key)?.due.at,
		next({periodic} = {periodic: true}) {
			return (periodic ? all : oneOff).next()?.due.at;
		},
		onRestore: handler => state.onRestore(handler),
		advance(ms, until) {
			if (running) throw new Error('clock.advance was called by something that it was running');
			running = true;
			try {
				run(nowMs + ms, until);
			} finally {
				running = false;
			}
		},
	};

	function pass(toMs: number) {
		nowMs = toMs;
		time.set(toMs);
	}

	function run(endMs: number, until?: () => boolean) {
		let items = 0;
		for (let item = all.next(); item && item.due.at <= endMs; item = all.next()) {
			const {due} = item;
			drop(standing.get(due.actor), item);
			if (due.at > nowMs) {
				pass(due.at);
				items = 0;
			}

			if (++items > itemsPerInstantMax) throw new Error(`the world does not come to rest: ${due.actor} ${due.key} runs again and again`);
			const handler = handlers.get(due.actor);
			if (!handler) throw new Error(`nobody does the work of ${due.actor} (${due.key})`);
			handler(due.key);
			if (until?.()) return;
		}

		if (endMs > nowMs) pass(endMs);
	}

	return clock;
}
