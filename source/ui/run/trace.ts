import type {World} from '../../node/world.js';
import type {ShellMachine} from '../../shell/machine.js';
import {type Compared, compareModes, proxyModes} from '../../trace/compare.js';
import {TraceError, type TraceRequest, traceRequest} from '../../trace/walk/request.js';
import type {Trace} from '../../trace/trace.js';

/** The last request that was typed, and its way once somebody asked for it; a sentence when it cannot be told. */
export interface TraceView {
	readonly lastRequest?: string;
	readonly trace?: Trace | string;
	readonly compared?: readonly Compared[] | string;
}

export interface RunTrace {
	view(): TraceView;
	/** A program is about to run on a machine: if it asks the network something, that is the request from now on. */
	hear(machine: ShellMachine, words: readonly string[]): void;
	trace(): void;
	compare(): void;
}

export function createRunTrace(world: World): RunTrace {
	let request: TraceRequest | undefined;
	let view: TraceView = {};
	const tell = <T>(ask: (request: TraceRequest) => T): T | string | undefined => {
		if (!request) return undefined;
		try {
			return ask(request);
		} catch (error) {
			if (!(error instanceof TraceError)) throw error;
			return error.message;
		}
	};
	return {
		view: () => view,
		hear(machine, words) {
			const asked = requestIn(words);
			const from = asked && placeOf(world, machine);
			if (!from) return;
			request = {words: asked, from};
			view = {lastRequest: asked.join(' ')};
		},
		trace() {
			view = {...view, trace: tell(asked => traceRequest(world, {...asked, draws: true})), compared: undefined};
		},
		compare() {
			view = {...view, compared: tell(asked => compareModes(world, asked, proxyModes))};
		},
	};
}

const clients = ['curl', 'wget', 'ping', 'nc', 'telnet', 'dig', 'nslookup', 'host'];

/** What a program asks of the network, `kubelab trace` before it or not. */
export function requestIn(words: readonly string[]): readonly string[] | undefined {
	const [name = '', ...rest] = words[0] === 'kubelab' && words[1] === 'trace' ? words.slice(2) : words;
	if (!clients.includes(name) || rest.length === 0) return undefined;
	return [name, ...rest.filter(word => !/^(-v|--verbose|-i|-I|-s)$/.test(word))];
}

/** As `traceRequest` names it: a host, or a pod by its namespace and name. */
function placeOf({api}: World, {kind, name}: ShellMachine): string | undefined {
	if (kind === 'host') return name;
	const uid = name.split('/')[0];
	const pod = api.reader.list('pods').find(({metadata}) => metadata.uid === uid);
	return pod && `${pod.metadata.namespace}/${pod.metadata.name}`;
}
