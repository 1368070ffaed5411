import type {ProgramContext} from '../../node/program/program.js';
import {Remembered} from '../../sim/remembered.js';
import {compileCorefile, type DnsServer} from './server.js';

/** What a CoreDNS process remembers. The cache plugin keeps its own table. */
export interface CorednsMemory {
	readonly path: string;
	/** Text of the running configuration. */
	readonly corefile: string;
	/** A changed file that could not be taken over. */
	readonly refused?: string;
	readonly startedMs: number;
	/** Whether the API has been read. */
	readonly synced: boolean;
	readonly waits: number;
	/** `udp 53`, `tcp 9153`: its own. */
	readonly ports: readonly string[];
	/** True once the ports are open. */
	readonly listening?: boolean;
	/** Answers so far by result, for /metrics. */
	readonly requests: Readonly<Record<string, number>>;
}

export type CorednsContext = ProgramContext<CorednsMemory>;

export const notSimulatedStatus = 125;

/** A Corefile says all there is to know about a server, so the compiled form is kept beside the text. */
const known = new Remembered<DnsServer>(64);

export const compiled = ({memory}: CorednsContext, corefile = memory.corefile): DnsServer =>
	known.of(`${memory.path}\n${corefile}`, () => compileCorefile(memory.path, corefile));

/** Configuration of a plugin in the first server block that has it. */
export function configOf(context: CorednsContext, plugin: string): any {
	for (const block of compiled(context).blocks) {
		const found = block.chain.find(each => each.plugin.name === plugin);
		if (found) return found.config ?? {};
	}

	return undefined;
}
