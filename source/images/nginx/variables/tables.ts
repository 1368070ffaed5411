import {inPrefix, parseIpv4, parsePrefix, type Prefix} from '../../../net/address.js';
import type {Directive} from '../config/configuration.js';
import type {Exchange} from '../request/exchange.js';
import {murmurHash2} from './murmur-hash.js';
import {readPattern} from '../config/pattern.js';
import {capture} from './captures.js';

type Expand = (exchange: Exchange, text: string) => string;

interface MapTable {
	readonly exact: ReadonlyMap<string, string>;
	/** `*.example.org` and `www.example.*`, with `hostnames`. */
	readonly wild: ReadonlyArray<readonly [test: (value: string) => boolean, result: string]>;
	readonly patterns: ReadonlyArray<readonly [pattern: RegExp, result: string]>;
	readonly otherwise: string;
}

/** Blocks are immutable: these are only caches. */
const maps = new WeakMap<Directive, MapTable>();
const splits = new WeakMap<Directive, ReadonlyArray<readonly [below: number, value: string]>>();

/** `map $http_upgrade $connection_upgrade {...}`: a value by another, as ngx_http_map_find looks for it. */
export function fromMap(exchange: Exchange, directive: Directive, expand: Expand): string {
	const table = maps.get(directive) ?? readMap(directive);
	maps.set(directive, table);
	const value = expand(exchange, directive.args[0] ?? '');
	const lower = value.toLowerCase();
	const plain = table.exact.get(lower) ?? table.wild.find(([test]) => test(lower))?.[1];
	if (plain !== undefined) return expand(exchange, plain);
	for (const [pattern, result] of table.patterns) {
		const match = pattern.exec(value);
		if (!match) continue;
		capture(exchange, match);
		return expand(exchange, result);
	}

	return expand(exchange, table.otherwise);
}

function readMap({block = []}: Directive): MapTable {
	const exact = new Map<string, string>();
	const wild: Array<readonly [(value: string) => boolean, string]> = [];
	const patterns: Array<readonly [RegExp, string]> = [];
	let otherwise = '';
	const hostnames = block.some(({name}) => name === 'hostnames');
	for (const {name, args} of block) {
		const [result] = args;
		if (result === undefined || name === 'include') continue;
		if (name === 'default') otherwise = result;
		else if (name.startsWith('~')) patterns.push([readPattern(name), result]);
		else if (hostnames && name.startsWith('*.')) wild.push([value => value.endsWith(name.slice(1).toLowerCase()), result]);
		else if (hostnames && name.startsWith('.')) wild.push([value => `.${value}`.endsWith(name.toLowerCase()), result]);
		else if (hostnames && name.endsWith('.*')) wild.push([value => value.startsWith(name.slice(0, -1).toLowerCase()), result]);
		else exact.set(name.replace(/^\\/, '').toLowerCase(), result);
	}

	return {exact, wild, patterns, otherwise};
}

/** Blocks are immutable: these are only caches. */
const geos = new WeakMap<
	Directive,
	{readonly otherwise: string; readonly ranges: ReadonlyArray<readonly [prefix: Prefix, value: string]>}
>();

/** `geo $remote_addr $who {...}`: the narrowest network that an address is in. */
export function fromGeo(exchange: Exchange, directive: Directive, expand: Expand): string {
	const geo = geos.get(directive) ?? readGeo(directive);
	geos.set(directive, geo);
	const address = parseIpv4(expand(exchange, directive.args.length > 1 ? directive.args[0]! : '$remote_addr'));
	const found = address === undefined ? undefined : geo.ranges.find(([prefix]) => inPrefix(address, prefix));
	return found?.[1] ?? geo.otherwise;
}

function readGeo({block = []}: Directive) {
	const ranges = block.flatMap(({name, args}) => {
		const prefix = parsePrefix(name);
		return prefix ? [[prefix, args[0] ?? ''] as const] : [];
	});
	return {
		otherwise: block.find(({name}) => name === 'default')?.args[0] ?? '',
		ranges: ranges.sort(([one], [other]) => other.length - one.length),
	};
}

/** `split_clients $request_id $variant {...}`: shares of all hashes, in hundredths of a percent (ngx_http_split_clients_module.c). */
export function fromSplit(exchange: Exchange, directive: Directive, expand: Expand): string {
	const parts = splits.get(directive) ?? readSplit(directive);
	splits.set(directive, parts);
	const hash = murmurHash2(expand(exchange, directive.args[0] ?? ''));
	return expand(exchange, parts.find(([below]) => hash < below)?.[1] ?? '');
}

const hashes = 0xff_ff_ff_ff;
const whole = 10_000;

function readSplit({block = []}: Directive): Array<readonly [number, string]> {
	let sum = 0;
	return block.map(({name, args}) => {
		if (name === '*') return [hashes + 1, args[0] ?? ''] as const;
		sum += Math.round(Number(name.replace('%', '')) * 100);
		// A part of nothing keeps a bound of nothing, which no hash is below.
		return [Math.floor((sum * hashes) / whole) + (sum === whole ? 1 : 0), args[0] ?? ''] as const;
	});
}
