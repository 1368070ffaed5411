import type {Files} from '../../../os/files.js';
import {absolute} from '../connection/secure.js';
import {checkTables} from './check-tables.js';
import {checkLocations} from './check-locations.js';
import type {Directive} from './configuration.js';
import {ConfigurationError, LaterError} from './error.js';
import {allOf, type Block} from './levels.js';
import {zoneName} from './server-table.js';
import {maySet, unknownVariable} from './variable-names.js';

/** What nginx asks of the machine that it starts on. */
export interface Surroundings {
	readonly files: Files;
	/** An address by /etc/hosts and DNS, once: a name that cannot be found is no configuration. */
	resolve(host: string): string | undefined;
}

const at = ({file, line}: Directive) => ` in ${file}:${line}`;

/** What is refused when the whole configuration has been read: what depends on another directive, on names or on files. */
export function checkHttp(directives: Block, surroundings: Surroundings): void {
	const http = directives.filter(each => each.name === 'http').flatMap(each => each.block ?? []);
	for (const server of allOf(http, 'server')) checkLocations(server.block ?? [], undefined);
	checkTables(http);
	checkSets(http);
	checkListens(http);
	checkFormats(http);
	checkHosts(http, surroundings);
	const unknown = unknownVariable(http);
	if (unknown !== undefined) throw new ConfigurationError(`unknown "${unknown}" variable`);
	for (const server of allOf(http, 'server')) checkKey(server.block ?? [], http);
	checkZones(http);
	for (const path of logsOf(directives)) checkLog(path, surroundings.files);
}

function* blocksIn(block: Block): Generator<Directive> {
	for (const each of block) {
		yield each;
		if (each.block) yield* blocksIn(each.block);
	}
}

function checkSets(http: Block): void {
	for (const each of blocksIn(http)) {
		const name = each.name === 'set' ? each.args[0]!.slice(1) : '';
		if (name && !maySet(name)) throw new ConfigurationError(`the duplicate "${name}" variable${at(each)}`);
	}
}

const wholeAddress = (place: string) =>
	/^\d+$/.test(place) ? `0.0.0.0:${place}` : place.replace(/^\*:/, '0.0.0.0:').replace(/^(\d+(\.\d+){3})$/, '$1:80');

function checkListens(http: Block): void {
	const defaults = new Set<string>();
	for (const server of allOf(http, 'server')) {
		const own = new Set<string>();
		for (const each of allOf(server.block ?? [], 'listen')) {
			const place = wholeAddress(each.args[0]!);
			if (own.has(place)) throw new ConfigurationError(`a duplicate listen ${place}${at(each)}`);
			own.add(place);
			if (!each.args.some(word => /^default(_server)?$/.test(word))) continue;
			if (defaults.has(place)) throw new ConfigurationError(`a duplicate default server for ${place}${at(each)}`);
			defaults.add(place);
		}
	}
}

function checkFormats(http: Block): void {
	const formats = new Set(['combined']);
	for (const each of blocksIn(http)) {
		const [first = '', format] = each.args;
		if (each.name === 'log_format') {
			if (formats.has(first)) throw new ConfigurationError(`duplicate "log_format" name "${first}"${at(each)}`);
			formats.add(first);
		} else if (each.name === 'access_log' && format !== undefined && !format.includes('=') && !formats.has(format))
			throw new ConfigurationError(`unknown log format "${format}"${at(each)}`);
	}
}

/** What nginx starts with all the same: two servers of one name. */
export function warningsOf(directives: Block): string[] {
	const http = directives.filter(each => each.name === 'http').flatMap(each => each.block ?? []);
	const seen = new Set<string>();
	return allOf(http, 'server').flatMap(({block = []}) => {
		const places = allOf(block, 'listen').map(({args}) => wholeAddress(args[0]!));
		const names = allOf(block, 'server_name').flatMap(({args}) => args);
		return (places.length > 0 ? places : ['0.0.0.0:80']).flatMap(place =>
			(names.length > 0 ? names : ['']).flatMap(name => {
				const key = `${place} ${name.toLowerCase()}`;
				if (seen.has(key)) return [`conflicting server name "${name}" on ${place}, ignored`];
				seen.add(key);
				return [];
			}),
		);
	});
}

const isAddress = (host: string) => /^(\d+(\.\d+){3}|\[.*\]|unix:.*)$/.test(host);

function checkHosts(http: Block, {resolve}: Surroundings): void {
	const groups = new Set<string>();
	for (const each of allOf(http, 'upstream')) {
		if (groups.has(each.args[0]!)) throw new ConfigurationError(`duplicate upstream "${each.args[0]}"${at(each)}`);
		groups.add(each.args[0]!);
	}
	for (const each of blocksIn(http)) {
		const [first = ''] = each.args;
		if (each.name === 'proxy_pass') {
			const host = /^https?:\/\/([^/:$]+|\[[^\]]*\])(?::\d+)?(?:\/|$)/i.exec(first)?.[1];
			if (host !== undefined && !groups.has(host) && !isAddress(host) && resolve(host) === undefined)
				throw new ConfigurationError(`host not found in upstream "${host}"${at(each)}`);
		} else if (each.name === 'upstream') {
			const servers = allOf(each.block ?? [], 'server');
			if (servers.length === 0) throw new ConfigurationError(`no servers are inside upstream${at(each)}`);
			for (const server of servers) checkServer(server, resolve);
		}
	}
}

function checkServer(server: Directive, resolve: Surroundings['resolve']): void {
	const [place = '', ...more] = server.args;
	const host = place.replace(/:\d+$/, '');
	const isLate = more.includes('resolve') || place.includes('$');
	if (!isLate && !isAddress(host) && resolve(host) === undefined)
		throw new ConfigurationError(`host not found in upstream "${place}"${at(server)}`);
}

function checkZones(http: Block): void {
	const zones = new Set(allOf(http, 'limit_req_zone').map(zoneName));
	for (const each of blocksIn(http))
		if (each.name === 'limit_req' && !zones.has(zoneName(each))) throw new LaterError(`zero size shared memory zone "${zoneName(each)}"`);
}

function checkKey(server: Block, http: Block): void {
	const [certificate] = allOf(server, 'ssl_certificate');
	if (certificate && ![server, http].some(level => allOf(level, 'ssl_certificate_key').length > 0))
		throw new ConfigurationError(`no "ssl_certificate_key" is defined for certificate "${absolute(certificate.args[0]!)}"`);
}

const logsOf = (directives: Block): string[] =>
	[...blocksIn(directives)].flatMap(({name, args: [path = '']}) =>
		(name === 'access_log' || name === 'error_log') && path !== 'off' && path !== 'stderr' && !/^(syslog|memory):|\$/.test(path)
			? [path]
			: [],
	);

function checkLog(path: string, files: Files): void {
	const whole = absolute(path);
	const folder = whole.slice(0, whole.lastIndexOf('/')) || '/';
	if (!files.exists(whole) && !files.exists(folder)) throw new LaterError(`open() "${whole}" failed (2: No such file or directory)`);
}
