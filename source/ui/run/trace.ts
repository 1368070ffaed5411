import type {World} from '../../node/world.js';
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
	/** A line was typed on a machine: if it asks the network something, it is the request from now on. */
	hear(line: string, from: string | undefined): void;
	trace(): void;
	compare(): void;
}

export function createRunTrace(world: World): RunTrace {
	let request: (TraceRequest & {words: readonly string[]}) | undefined;
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
		hear(line, from) {
			const heard = requestIn(line, from);
			if (!heard) return;
			request = heard;
			view = {lastRequest: heard.words.join(' ')};
		},
		trace() {
			view = {...view, trace: tell(asked => traceRequest(world, {...asked, draws: true})), compared: undefined};
		},
		compare() {
			view = {...view, compared: tell(asked => compareModes(world, asked, proxyModes))};
		},
	};
}

const client = /^(?:kubelab\s+trace\s+)?((?:curl|wget|ping|nc|telnet|dig|nslookup|host)\s+[^|;&<>$`(){}\n]+)/;
const inPod =
	/^kubectl\s+(?:-n\s+(?<before>\S+)\s+)?exec\s+(?:-\S+\s+)*(?<pod>[\w.-]+)\s+(?:-n\s+(?<after>\S+)\s+)?(?:-\S+\s+)*--\s+(?<rest>.*)$/s;

/** A request that stands in a line as it is; one that has to be expanded first is left alone. */
export function requestIn(line: string, from: string | undefined): (TraceRequest & {words: readonly string[]}) | undefined {
	const exec = inPod.exec(line.trim())?.groups;
	if (exec) return requestIn(exec['rest']!, `${exec['before'] ?? exec['after'] ?? 'default'}/${exec['pod']}`);
	const command = client.exec(line.trim())?.[1];
	if (!command || from === undefined) return undefined;
	const words = (command.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map(word => word.replace(/^(['"])(.*)\1$/s, '$2'));
	return {words: words.filter(word => !/^(-v|--verbose|-i|-I|-s)$/.test(word)), from};
}
