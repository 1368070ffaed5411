import {setMaxListeners} from 'node:events';

/**
 * What ctrl-z has stopped. A command that runs is known by the signal that would interrupt it: while that is stopped, whatever it waits
 * for may come, but it does not wake.
 */
interface Stop {
	readonly held: Array<() => void>;
}

const stops = new WeakMap<AbortSignal, Stop>();
const parents = new WeakMap<AbortSignal, AbortSignal>();
const watchers = new WeakMap<AbortSignal, Set<() => void>>();

/** However many wait for it: a pipe may have twenty members, and node would warn into the middle of the screen. */
export function newController(): AbortController {
	const controller = new AbortController();
	setMaxListeners(0, controller.signal);
	return controller;
}

/** Aborted together with `parent`, and stopped with it. `free` cuts the tie. */
export function childOf(parent: AbortSignal | undefined): {controller: AbortController; free(): void} {
	const controller = newController();
	if (!parent) return {controller, free() {}};
	const abort = () => controller.abort();
	if (parent.aborted) abort();
	parent.addEventListener('abort', abort, {once: true});
	parents.set(controller.signal, parent);
	return {
		controller,
		free() {
			parent.removeEventListener('abort', abort);
			parents.delete(controller.signal);
		},
	};
}

/** Itself, and those that it was made from. */
function* lineage(signal: AbortSignal | undefined) {
	for (let each = signal; each; each = parents.get(each)) yield each;
}

function stopOf(signal: AbortSignal | undefined): Stop | undefined {
	for (const each of lineage(signal)) {
		const stop = stops.get(each);
		if (stop) return stop;
	}
	return undefined;
}

/** Keeps `wake` for when the command goes on; false when it is not stopped. */
export function held(signal: AbortSignal | undefined, wake: () => void): boolean {
	const stop = stopOf(signal);
	stop?.held.push(wake);
	return stop !== undefined;
}

export function stop(signal: AbortSignal): void {
	if (stops.has(signal)) return;
	stops.set(signal, {held: []});
	for (const act of watchers.get(signal) ?? []) act();
}

export function goOn(signal: AbortSignal): void {
	const stopped = stops.get(signal);
	stops.delete(signal);
	for (const wake of stopped?.held ?? []) wake();
}

/** Told each time the command is stopped, until the returned function is called. */
export function onStop(signal: AbortSignal | undefined, act: () => void): () => void {
	const all = [...lineage(signal)];
	for (const each of all) watchers.set(each, (watchers.get(each) ?? new Set()).add(act));
	return () => {
		for (const each of all) watchers.get(each)?.delete(act);
	};
}
