import type {Client} from '../api/client.js';
import {createRecorder} from '../api/event-recorder.js';
import type {ApiServer} from '../api/server.js';
import {ApiError} from '../api/status.js';
import type {Sim} from '../sim/sim.js';
import type {Controller, ControllerContext} from './controller.js';
import type {User} from '../api/user.js';

export interface StartOptions {
	readonly api: ApiServer;
	readonly sim: Sim;
	readonly controllers: readonly Controller[];
	/** Whether these loops' process runs and reaches the API server. While it is false they stall, and go on where they were. */
	readonly available?: () => boolean;
	/** Who asks; absent: each loop as its own service account, as kube-controller-manager does. */
	readonly user?: User;
	/** Field manager of their writes. */
	readonly manager?: string;
	/** Node name in the identity of events that carry one. */
	readonly host?: string;
}

export interface Loops {
	/** Makes every key of every loop dirty, as a restart of the process does. */
	resync(): void;
}

/** From a write to the loop that reacts: one hop through watch and workqueue. */
const hopMs = 4;
/** How often a stalled loop looks whether the API server is back. */
const stalledMs = 1000;
const backoffBaseMs = 5;
const backoffMaxMs = 1_000_000;
/** What is to happen later than this does not keep the world from being settled. */
const settleHorizonMs = 1000;

/**
 * Runs reconcile loops. The workqueue of each is the virtual clock's: one due item a key, so a key is queued once while dirty, the
 * earlier time wins, and the queue is saved and rewound with the world. Failures are put back with client-go's growing delay.
 */
export function startControllers(options: StartOptions): Loops {
	const {api, sim, controllers, available = () => true, manager = 'kube-controller-manager'} = options;
	for (const controller of controllers) addIndexes(api, controller);
	const loops = controllers.map(controller => {
		const client = api.client(options.user ?? serviceAccount(controller.name), {fieldManager: controller.manager ?? manager});
		return startLoop({api, sim, controller, available, client, host: options.host ?? ''});
	});
	return {
		resync() {
			for (const loop of loops) loop.resync();
		},
	};
}

interface LoopOptions {
	readonly api: ApiServer;
	readonly sim: Sim;
	readonly controller: Controller;
	readonly available: () => boolean;
	readonly client: Client;
	readonly host: string;
}

function startLoop({api, sim, controller, available, client, host}: LoopOptions): Loops {
	const {clock, state, notes} = sim;
	const actor = `controller/${controller.name}`;
	const failures = state.table<number>(`controllers/failures/${controller.name}`);
	const queue = createQueue(sim, actor, controller.name);
	const event = createRecorder({client, sim, component: controller.component ?? controller.name, host, style: controller.eventStyle});
	const context: ControllerContext = {client, api, sim, event, enqueue: (...work) => queue.add(...work)};

	const fail = (key: string, error: unknown) => {
		// A defect of ours must not end the learner's session; it is counted with what is not simulated, and tests look there.
		if (!(error instanceof ApiError)) notes.notSimulated(`${controller.name}: ${error instanceof Error ? error.message : String(error)}`);
		const count = failures.get(key) ?? 0;
		failures.set(key, count + 1);
		queue.add(key, Math.min(backoffBaseMs * 2 ** Math.min(count, 30), backoffMaxMs));
	};

	clock.on(actor, key => {
		queue.take(key);
		if (!available()) {
			queue.add(key, stalledMs, true);
			queue.done();
			return;
		}

		try {
			const again = controller.reconcile(key, context);
			failures.delete(key);
			if (again) queue.add(key, again.againAfterMs, again.idle);
		} catch (error) {
			fail(key, error);
		}
		queue.done();
	});

	const watches = controller.watches.filter(({resource}) => isServed(api, resource));
	for (const watch of watches) {
		api.watch(watch.resource, change => {
			for (const key of watch.keys(change, context)) queue.add(key, watch.delayMs, watch.idle?.(change));
		});
	}

	const resync = () => {
		for (const watch of watches) {
			for (const object of api.reader.list(watch.resource)) {
				for (const key of watch.keys({type: 'ADDED', object}, context)) queue.add(key);
			}
		}
	};
	controller.start?.(context);
	if (controller.resyncMs !== undefined) repeat(sim, `${actor}/resync`, controller.resyncMs, resync);
	resync();
	return {resync};
}

/**
 * The workqueue on the clock. A key may wait idly, so that the world counts as settled; the first change that is not idle takes that
 * from it, whichever is due earlier. A key that becomes dirty while it is looked at waits until that is done (workqueue's `Done`), so
 * that the loops its writes woke come first.
 */
function createQueue({clock, state}: Sim, actor: string, name: string) {
	const idleKeys = state.table<true>(`controllers/idle/${name}`);
	let taken: string | undefined;
	let again: Array<readonly [delayMs: number, idle: boolean]> = [];
	return {
		take(key: string) {
			idleKeys.delete(key);
			taken = key;
		},
		done() {
			const [key, waiting] = [taken!, again];
			[taken, again] = [undefined, []];
			for (const [delayMs, idle] of waiting) this.add(key, delayMs, idle);
		},
		add(key: string, delayMs = hopMs, idle = delayMs > settleHorizonMs) {
			if (key === taken) {
				again.push([delayMs, idle]);
				return;
			}
			if (!idle && !idleKeys.has(key)) {
				clock.schedule(delayMs, actor, key);
				return;
			}

			const standing = clock.dueAt(actor, key);
			if (idle && (standing === undefined || idleKeys.has(key))) {
				idleKeys.set(key, true);
				clock.schedule(delayMs, actor, key, {periodic: true});
			} else if (idleKeys.delete(key)) {
				clock.reschedule(Math.min(delayMs, standing! - clock.now()), actor, key);
			} else {
				clock.schedule(delayMs, actor, key);
			}
		},
	};
}

/** An API server built with fewer kinds runs the loops it has kinds for. */
const isServed = (api: ApiServer, resource: string): boolean => api.findKind(resource) !== undefined;

function repeat({clock}: Sim, actor: string, everyMs: number, work: () => void): void {
	clock.on(actor, key => {
		work();
		clock.schedule(everyMs, actor, key, {periodic: true});
	});
	clock.schedule(everyMs, actor, '', {periodic: true});
}

const serviceAccount = (name: string): User => ({
	name: `system:serviceaccount:kube-system:${name}`,
	groups: ['system:masters', 'system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
});

/** Several loops may want the same index; the first adds it. */
const indexed = new WeakMap<ApiServer, Set<string>>();

function addIndexes(api: ApiServer, {indexes = []}: Controller): void {
	let names = indexed.get(api);
	if (!names) indexed.set(api, (names = new Set()));
	for (const {resource, index, keys} of indexes) {
		if (names.has(`${resource}/${index}`) || !isServed(api, resource)) continue;
		names.add(`${resource}/${index}`);
		api.addIndex(resource, index, keys);
	}
}
