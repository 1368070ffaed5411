import {addressOfReverse, canonicalAddress, fqdn, isV4, isV6, matchZone, zonesOf} from '../names.js';
import {emptyAnswer, type Plugin} from '../plugin.js';

interface HostsConfig {
	readonly path: string;
	readonly inline: readonly string[];
	readonly zones: readonly string[];
	readonly ttl: number;
	readonly reverse: boolean;
	readonly fall?: readonly string[];
}

/** Answers from a hosts file and from lines in the Corefile. */
const hosts: Plugin<HostsConfig> = {
	name: 'hosts',
	setup([directive], setup) {
		const [path = '/etc/hosts', ...zones] = directive!.args;
		const inline: string[] = [];
		const config = {ttl: 3600, reverse: true, fall: undefined as readonly string[] | undefined};
		for (const {words, line} of directive!.block ?? []) {
			const [name = '', ...args] = words;
			if (name === 'fallthrough') config.fall = args.length > 0 ? args.flatMap(zonesOf) : ['.'];
			else if (name === 'no_reverse') config.reverse = false;
			else if (name === 'ttl') {
				if (!/^\d+$/.test(args[0] ?? '')) setup.error(line, `ttl needs a number of second`);
				config.ttl = Number(args[0]);
			} else if (isV4(name) || isV6(name)) inline.push(words.join(' '));
			else if (name !== 'reload') setup.error(line, `unknown property '${name}'`);
		}

		const own = zones.length > 0 ? zones.flatMap(zonesOf) : setup.zones;
		return {path, inline, zones: own, ttl: config.ttl, reverse: config.reverse, ...(config.fall && {fall: config.fall})};
	},
	serve(config, query, server, next) {
		if (!matchZone(config.zones, query.name)) return next(query);
		const rows = [...(server.readFile(config.path)?.split('\n') ?? []), ...config.inline].map(row =>
			row.replace(/#.*/, '').trim().split(/\s+/),
		);
		const fall = () => (config.fall && matchZone(config.fall, query.name) ? next(query) : undefined);
		const record = (data: string) => ({name: query.originalName, type: query.type, ttl: config.ttl, data});
		if (query.type === 'PTR') {
			const wanted = addressOfReverse(query.name);
			const names = config.reverse
				? rows.filter(([address = '']) => address && canonicalAddress(address) === wanted).flatMap(row => row.slice(1))
				: [];
			if (names.length === 0) return fall() ?? next(query);
			return emptyAnswer('NOERROR', {authoritative: true, answers: names.map(name => record(fqdn(name)))});
		}

		const found = rows.filter(([, ...names]) => names.some(name => fqdn(name.toLowerCase()) === query.name)).map(([address]) => address!);
		if (found.length === 0) return fall() ?? emptyAnswer('NXDOMAIN', {authoritative: true});
		const right = found.filter(address => (query.type === 'A' ? isV4(address) : query.type === 'AAAA' && isV6(address)));
		return emptyAnswer('NOERROR', {authoritative: true, answers: right.map(record)});
	},
};

export default hosts;
