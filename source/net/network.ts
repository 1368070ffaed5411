import type {Sim} from '../sim/sim.js';
import type {Kernel, Wire} from './kernel.js';
import {createNamespace, type Namespace} from './namespace.js';
import type {ServiceHandler} from './socket.js';
import {createSpace, derived} from './space.js';
import {type Announcer, createSpeakers} from './speaker.js';
import type {Recorder} from './trace.js';

/** All namespaces and the wires between them. */
export interface Network {
	/** The namespace of this name; made when first asked for, and cheap until used. */
	namespace(name: string): Namespace;
	/** Forgets all that a namespace held. */
	remove(name: string): void;
	/** As a machine that starts again: nothing the kernel held is left, and views of the namespace stay good. */
	reset(name: string): void;
	/** Names who answers for listeners that name this handler. Register once, at construction. */
	onService(handler: string, serve: ServiceHandler): void;
	/** See `Netstack.announce`. */
	announce(address: string, by: Announcer): void;
	withdraw(address: string, by: Announcer): void;
	announcements(): ReadonlyArray<Announcer & {address: string}>;
	/** Without power nothing of a namespace sends or receives. */
	setPower(namespace: string, on: boolean): void;
	hasPower(namespace: string): boolean;
	/** Shows every step of every packet to `recorder` until the returned function is called. Costs nothing while nobody looks. */
	trace(recorder: Recorder): () => void;
}

interface Plug extends Announcer {
	readonly segment: string;
}

/** A server that asks a server that asks a server: deeper than this, one of them has been asking itself. */
const depthMax = 24;

/** A call that makes more steps than this goes round in circles. */
const stepsMax = 200_000;

export function createNetwork(sim: Sim): Network {
	const shared = createSpace(sim, '-');
	const plugs = shared.table<Plug>('plugs');
	const speakers = createSpeakers(shared);
	const unpowered = shared.table<true>('unpowered');
	const spaces = new Map<string, Namespace>();
	const handlers = new Map<string, ServiceHandler>();
	const bySegment = derived(plugs, () => {
		const map = new Map<string, Plug[]>();
		for (const plug of plugs().values()) {
			const list = map.get(plug.segment);
			if (list) list.push(plug);
			else map.set(plug.segment, [plug]);
		}
		return map;
	});
	let topology = 0;
	sim.state.onRestore(() => {
		topology++;
		// Those that there are not now are made anew when somebody asks.
		for (const [name, {links}] of spaces) if (links.list().every(link => link.type === 'loopback')) spaces.delete(name);
	});

	const plugKey = (namespace: string, link: string) => `${namespace} ${link}`;
	const namespace = (name: string): Namespace => {
		let found = spaces.get(name);
		if (!found) {
			found = createNamespace(createSpace(sim, name), wire, (where, before, after) => {
				topology++;
				const key = plugKey(where, (after ?? before)!.name);
				if (after?.type === 'ethernet' && after.segment !== undefined) {
					if (before?.segment !== after.segment) plugs().set(key, {segment: after.segment, namespace: where, link: after.name});
				} else if (plugs().has(key)) plugs().delete(key);
				// One end of a veth does not live without the other.
				if (!after && before?.peer) namespace(before.peer.namespace).links.remove(before.peer.link);
			});
			spaces.set(name, found);
		}
		return found;
	};

	const wire = createWire(sim, {
		topology: () => topology,
		kernel: name => namespace(name).kernel,
		hasPower: name => unpowered().size === 0 || !unpowered().has(name),
		stations: segment => bySegment().get(segment) ?? [],
		speakers,
		handler: name => handlers.get(name),
	});

	const reset = (name: string) => {
		const {links} = namespace(name);
		for (const link of links.list()) if (link.peer) links.remove(link.name);
		for (const [key, plug] of [...plugs().entries()]) if (plug.namespace === name) plugs().delete(key);
		speakers.forget(each => each.namespace === name);
		unpowered().delete(name);
		sim.state.drop(`net/${name}/`);
		topology++;
	};

	return {
		namespace,
		remove(name) {
			reset(name);
			spaces.delete(name);
		},
		reset,
		onService: (handler, serve) => void handlers.set(handler, serve),
		announce: speakers.announce,
		withdraw: speakers.withdraw,
		announcements: speakers.list,
		setPower(name, on) {
			topology++;
			if (on) unpowered().delete(name);
			else unpowered().set(name, true);
		},
		hasPower: name => wire.hasPower(name),
		trace: recorder => wire.watch(recorder),
	};
}

interface WireParts extends Pick<Wire, 'hasPower' | 'stations' | 'speakers' | 'handler'> {
	topology(): number;
	kernel(name: string): Kernel | undefined;
}

function createWire(sim: Sim, parts: WireParts): Wire {
	const queue: Array<() => void> = [];
	const random = sim.random.fork('net/round-trip');
	const recorders: Recorder[] = [];
	const record: Recorder = hop => {
		for (const recorder of recorders) recorder(hop);
	};
	let lastDrop = '';
	let depth = 0;
	return {
		kernel: parts.kernel,
		get topology() {
			return parts.topology();
		},
		hasPower: parts.hasPower,
		stations: parts.stations,
		announcers: parts.speakers.of,
		speakers: parts.speakers,
		handler: parts.handler,
		watch(recorder) {
			recorders.push(recorder);
			return () => {
				const at = recorders.indexOf(recorder);
				if (at >= 0) recorders.splice(at, 1);
			};
		},
		get recorder() {
			return recorders.length > 0 ? record : undefined;
		},
		get lastDrop() {
			return lastDrop;
		},
		dropped(by) {
			lastDrop = by;
		},
		clearDrop() {
			lastDrop = '';
		},
		later: step => void queue.push(step),
		get isTooDeep() {
			return depth > depthMax;
		},
		run() {
			depth++;
			try {
				for (let steps = 0; queue.length > 0; steps++) {
					if (steps > stepsMax) throw new Error(`packets go round in circles: ${lastDrop}`);
					queue.shift()!();
				}
			} finally {
				depth--;
			}
		},
		roundTripUs: hops => 30 + hops * 60 + random.int(40 + hops * 80),
	};
}
