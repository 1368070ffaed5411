import type {Directive} from './configuration.js';
import {type LocationPattern, placeOf, safePattern} from './find-location.js';
import {allOf, type Block, type Levels} from './levels.js';

export interface Location extends LocationPattern {
	readonly directives: Block;
	/** Nested locations. */
	readonly locations: readonly Location[];
	/** Its own directives and all around them. */
	readonly levels: Levels;
}

export interface Listen {
	readonly address: string;
	readonly port: number;
	readonly isDefault: boolean;
	readonly ssl?: boolean;
}

export interface Server {
	readonly listens: readonly Listen[];
	readonly names: readonly string[];
	readonly directives: Block;
	readonly locations: readonly Location[];
	readonly levels: Levels;
}

export interface ServerTable {
	readonly servers: readonly Server[];
	/** Directives outside of any block. */
	readonly main: Block;
	/** Directives of the http block. */
	readonly http: Block;
	/** Upstream groups by name. */
	readonly upstreams: ReadonlyMap<string, Directive>;
	/** `map`, `geo` and `split_clients`, by the variable that they make. */
	readonly variables: ReadonlyMap<string, Directive>;
	/** Of `limit_req_zone` and `limit_conn_zone`: the words in front of each, by name. */
	readonly zones: ReadonlyMap<string, Directive>;
	readonly formats: ReadonlyMap<string, Directive>;
	/** Servers that listen on a socket of the file system: `unix:/run/x.sock`. */
	readonly sockets: ReadonlyMap<string, Server>;
	/** Who answers on a port: its names, in the form in which they are searched. */
	readonly ports: Map<string, Names>;
}

/** By the directives that they were made of, which are shared and immutable: only a cache. */
const tables = new WeakMap<readonly Directive[], ServerTable>();

export function serverTable(directives: readonly Directive[]): ServerTable {
	let table = tables.get(directives);
	if (!table) tables.set(directives, (table = tableOf(directives)));
	return table;
}

function tableOf(directives: readonly Directive[]): ServerTable {
	const http = directives.filter(each => each.name === 'http').flatMap(each => each.block ?? []);
	const servers = allOf(http, 'server').map(each => serverOf(each.block ?? [], [http, directives]));
	const named = (name: string, at: number) => allOf(http, name).map(each => [(each.args[at] ?? '').replace(/^\$/, ''), each] as const);
	return {
		servers,
		main: directives,
		http,
		upstreams: new Map(named('upstream', 0)),
		variables: new Map([
			...named('map', 1),
			...named('split_clients', 1),
			...allOf(http, 'geo').map(each => [each.args.at(-1)!.replace(/^\$/, ''), each] as const),
		]),
		zones: new Map([...allOf(http, 'limit_req_zone'), ...allOf(http, 'limit_conn_zone')].map(each => [zoneName(each), each])),
		formats: new Map(named('log_format', 0)),
		sockets: new Map(
			servers.flatMap(server =>
				allOf(server.directives, 'listen')
					.filter(({args}) => args[0]?.startsWith('unix:'))
					.map(({args}) => [args[0]!, server] as const),
			),
		),
		ports: new Map(),
	};
}

/** `zone=name:5m` */
export const zoneName = ({args}: Directive): string => /^zone=([^:]+)/.exec(args.find(each => each.startsWith('zone=')) ?? '')?.[1] ?? '';

function serverOf(block: Block, around: Levels): Server {
	const levels = [block, ...around];
	return {
		listens: block.some(({name}) => name === 'listen')
			? allOf(block, 'listen').flatMap(({args}) => listenOf(args))
			: [{address: '0.0.0.0', port: 80, isDefault: false}],
		names: allOf(block, 'server_name').flatMap(each => each.args),
		directives: block,
		locations: locationsOf(block, levels),
		levels,
	};
}

/** [::]:80 is the same door for IPv6; a socket of the file system is none for clients. */
function listenOf(args: readonly string[]): Listen[] {
	const text = args[0] ?? '80';
	const match = /^(?:(.+):)?(\d+)$/.exec(text);
	if (text.startsWith('[') || text.startsWith('unix:')) return [];
	return [
		{
			address: match?.[1] && match[1] !== '*' ? match[1] : match ? '0.0.0.0' : text,
			port: Number(match?.[2] ?? 80),
			...(args.includes('ssl') && {ssl: true}),
			isDefault: args.includes('default_server') || args.includes('default'),
		},
	];
}

const locationsOf = (block: Block, around: Levels): Location[] =>
	allOf(block, 'location').map(({args, block: inner = []}) => {
		const [modifier, path] = placeOf(args);
		const regex = modifier === '~' || modifier === '~*';
		const levels = [inner, ...around];
		return {
			modifier,
			path,
			...(regex && {pattern: safePattern(path, modifier === '~*')}),
			directives: inner,
			locations: locationsOf(inner, levels),
			levels,
		};
	});

/** The names of the servers on a port. */
interface Names {
	readonly exact: ReadonlyMap<string, Server>;
	/** `*.name` and `.name`, the longest first; then `name.*`; then regular expressions in their order. */
	readonly others: ReadonlyArray<{readonly fits: (host: string) => boolean; readonly server: Server}>;
	readonly byDefault: Server | undefined;
}

/** Exact name, `*.name`, `name.*`, regular expression, then the default server of the port. */
export function findServer(table: ServerTable, address: string, port: number, host: string): Server | undefined {
	const key = `${address}:${port}`;
	let names = table.ports.get(key);
	if (!names) table.ports.set(key, (names = namesAt(table, address, port)));
	return names.exact.get(host) ?? names.others.find(({fits}) => fits(host))?.server ?? names.byDefault;
}

function namesAt({servers}: ServerTable, address: string, port: number): Names {
	const here = servers.filter(({listens}) => listens.some(each => each.port === port && ['0.0.0.0', address].includes(each.address)));
	const all = here.flatMap(server => server.names.map(name => ({name, server})));
	const exact = new Map<string, Server>();
	for (const {name, server} of all) {
		const plain = name.startsWith('.') ? name.slice(1) : name;
		if (!exact.has(plain.toLowerCase())) exact.set(plain.toLowerCase(), server);
	}

	const longest = (wanted: (name: string) => boolean) =>
		all.filter(({name}) => wanted(name)).sort((one, other) => other.name.length - one.name.length);
	const others = [
		...longest(name => /^\*?\./.test(name)).map(({name, server}) => ({
			fits: (host: string) => host.endsWith(name.replace(/^\*/, '').toLowerCase()),
			server,
		})),
		...longest(name => name.endsWith('.*')).map(({name, server}) => ({
			fits: (host: string) => host.startsWith(name.slice(0, -1).toLowerCase()),
			server,
		})),
		...all
			.filter(({name}) => name.startsWith('~'))
			.map(({name, server}) => {
				const pattern = safePattern(name.slice(1), true);
				return {fits: (host: string) => pattern.test(host), server};
			}),
	];
	const byDefault = here.find(server => server.listens.some(each => each.port === port && each.isDefault)) ?? here[0];
	return {exact, others, byDefault};
}
