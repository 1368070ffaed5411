import type {Directive} from './configuration.js';
import {type LocationPattern, safePattern} from './find-location.js';

export interface Location extends LocationPattern {
	readonly directives: readonly Directive[];
	/** Nested locations. */
	readonly locations: readonly Location[];
}

export interface Server {
	readonly listens: ReadonlyArray<{readonly address: string; readonly port: number; readonly isDefault: boolean; readonly ssl?: boolean}>;
	readonly names: readonly string[];
	readonly directives: readonly Directive[];
	readonly locations: readonly Location[];
}

export interface ServerTable {
	readonly servers: readonly Server[];
	/** Directives of the http block. */
	readonly http: readonly Directive[];
	/** Upstream groups by name. */
	readonly upstreams: ReadonlyMap<string, Directive>;
	/** `map` and `split_clients`, by the variable that they make. */
	readonly variables: ReadonlyMap<string, Directive>;
	/** Servers that listen on a socket of the file system: `unix:/run/x.sock`. */
	readonly sockets: ReadonlyMap<string, Server>;
}

export function serverTable(directives: readonly Directive[]): ServerTable {
	const http = directives.filter(each => each.name === 'http').flatMap(each => each.block ?? []);
	const servers = http.filter(each => each.name === 'server').map(each => serverOf(each.block ?? []));
	return {
		servers,
		http,
		upstreams: new Map(http.filter(({name}) => name === 'upstream').map(each => [each.args[0] ?? '', each])),
		variables: new Map(
			http.filter(({name}) => name === 'map' || name === 'split_clients').map(each => [(each.args[1] ?? '').replace(/^\$/, ''), each]),
		),
		sockets: new Map(
			servers.flatMap(server =>
				server.directives
					.filter(({name, args}) => name === 'listen' && args[0]?.startsWith('unix:'))
					.map(({args}) => [args[0]!, server] as const),
			),
		),
	};
}

function serverOf(block: readonly Directive[]): Server {
	const listens = block
		.filter(each => each.name === 'listen')
		.flatMap(({args}) => {
			const text = args[0] ?? '80';
			const match = /^(?:(.+):)?(\d+)$/.exec(text);
			// [::]:80 is the same door for IPv6; a socket of the file system is none for clients.
			if (text.startsWith('[') || text.startsWith('unix:')) return [];
			return [
				{
					address: match?.[1] && match[1] !== '*' ? match[1] : match ? '0.0.0.0' : text,
					port: Number(match?.[2] ?? 80),
					...(args.includes('ssl') && {ssl: true}),
					isDefault: args.includes('default_server') || args.includes('default'),
				},
			];
		});
	return {
		listens: block.some(({name}) => name === 'listen') ? listens : [{address: '0.0.0.0', port: 80, isDefault: false}],
		names: block.filter(each => each.name === 'server_name').flatMap(each => each.args),
		directives: block,
		locations: locationsOf(block),
	};
}

const locationsOf = (block: readonly Directive[]): Location[] =>
	block
		.filter(each => each.name === 'location')
		.map(({args, block: inner = []}) => {
			const [first = '', second] = args;
			const modifier = (second === undefined ? (first.startsWith('@') ? '@' : '') : first) as Location['modifier'];
			const path = second ?? first;
			const regex = modifier === '~' || modifier === '~*';
			return {
				modifier,
				path,
				...(regex && {pattern: safePattern(path, modifier === '~*')}),
				directives: inner,
				locations: locationsOf(inner),
			};
		});

/** Exact name, `*.name`, `name.*`, regular expression, then the default server of the port. */
export function findServer({servers}: ServerTable, address: string, port: number, host: string): Server | undefined {
	const here = servers.filter(server =>
		server.listens.some(each => each.port === port && (each.address === '0.0.0.0' || each.address === address)),
	);
	const matches = (test: (name: string) => boolean) => here.find(server => server.names.some(test));
	return (
		matches(name => name === host || (name.startsWith('.') && host === name.slice(1))) ??
		longest(here, name => /^\*?\./.test(name) && host.endsWith(name.replace(/^\*/, ''))) ??
		longest(here, name => name.endsWith('.*') && host.startsWith(name.slice(0, -1))) ??
		matches(name => name.startsWith('~') && safePattern(name.slice(1), false).test(host)) ??
		here.find(server => server.listens.some(each => each.port === port && each.isDefault)) ??
		here[0]
	);
}

/** The server with the longest of all names that fit. */
const longest = (servers: readonly Server[], fits: (name: string) => boolean): Server | undefined => {
	let best: {readonly server: Server; readonly length: number} | undefined;
	for (const server of servers)
		for (const name of server.names) if (fits(name) && name.length > (best?.length ?? 0)) best = {server, length: name.length};
	return best?.server;
};

/** The innermost setting of a name: location, server, http. */
export function setting(name: string, ...levels: ReadonlyArray<readonly Directive[]>): Directive | undefined {
	for (const level of levels) {
		const found = level.findLast(each => each.name === name);
		if (found) return found;
	}

	return undefined;
}

/** All of a name at the innermost level that has one, as `add_header` and `error_page` are inherited. */
export function settings(name: string, ...levels: ReadonlyArray<readonly Directive[]>): readonly Directive[] {
	for (const level of levels) {
		const found = level.filter(each => each.name === name);
		if (found.length > 0) return found;
	}

	return [];
}
