import {CorefileError, errorAt, parseCorefile, type ServerBlock} from './corefile.js';
import {matchZone, zonesOf} from './names.js';
import {type Answer, emptyAnswer, type Next, type Plugin, type Query, type Serving, type Setup} from './plugin.js';
import {knownDirectives, plugins} from './plugins/index.js';

/** A Corefile ready to answer: for each server block its zones, port and configured plugins in chain order. */
export interface DnsServer {
	readonly blocks: readonly DnsBlock[];
	/** Plugins that the file asks for and the simulation lacks. */
	readonly notSimulated: readonly string[];
}

export interface DnsBlock {
	readonly zones: readonly string[];
	readonly port: number;
	readonly chain: ReadonlyArray<{readonly plugin: Plugin; readonly config: any}>;
}

/** Throws a CorefileError with what CoreDNS would print. */
export function compileCorefile(file: string, text: string): DnsServer {
	const parsed = parseCorefile(file, text);
	const notSimulated: string[] = [];
	for (const {directives} of parsed) {
		for (const {name, line} of directives) {
			if (!knownDirectives.includes(name)) throw errorAt(file, line, `Unknown directive '${name}'`);
			if (!plugins.some(plugin => plugin.name === name)) notSimulated.push(name);
		}
	}

	return {blocks: parsed.map(block => compileBlock(file, block)), notSimulated};
}

function compileBlock(file: string, block: ServerBlock): DnsBlock {
	const ports = block.keys.map(key => Number(/:(\d+)$/.exec(key)?.[1] ?? 53));
	const zones = block.keys.flatMap(key => zonesOf(key.replace(/:\d+$/, '') || '.'));
	const chain = plugins.flatMap(plugin => {
		const directives = block.directives.filter(directive => directive.name === plugin.name);
		if (directives.length === 0) return [];
		const setup: Setup = {
			file,
			zones,
			error(line, text) {
				throw new CorefileError(`plugin/${plugin.name}: ${file}:${line} - Error during parsing: ${text}`);
			},
		};
		return [{plugin, config: plugin.setup(directives, setup)}];
	});
	return {zones, port: ports[0] ?? 53, chain};
}

/** The answer of the server block whose zone holds the name best (core/dnsserver/server.go); REFUSED when none does. */
export function answerQuery(server: DnsServer, query: Query, serving: Omit<Serving, 'lookup'>, port = 53): Answer {
	const blocks = server.blocks.filter(block => block.port === port);
	const zone = matchZone(
		blocks.flatMap(block => block.zones),
		query.name,
	);
	const block = blocks.find(each => zone !== undefined && each.zones.includes(zone));
	if (!block) return emptyAnswer('REFUSED');
	const full: Serving = {
		...serving,
		lookup: (name, type) => answerQuery(server, {...query, name, originalName: name, type}, serving, port),
	};
	return run(block, 0, query, full);
}

function run(block: DnsBlock, start: number, query: Query, serving: Serving): Answer {
	for (let i = start; i < block.chain.length; i++) {
		const {plugin, config} = block.chain[i]!;
		const next: Next = passed => run(block, i + 1, passed, serving);
		if (plugin.serve) return plugin.serve(config, query, serving, next);
	}

	return start === 0 ? emptyAnswer('REFUSED') : emptyAnswer('SERVFAIL', {error: 'no next plugin found'});
}
