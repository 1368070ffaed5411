import {type DnsMessage, decodeDns, encodeDns} from '../../../net/dns-message.js';
import {isSubdomain, matchZone, zonesOf} from '../names.js';
import {type Answer, emptyAnswer, type Plugin, type Query, type Serving} from '../plugin.js';

export interface ForwardConfig {
	readonly from: string;
	/** Addresses, or paths of files in the shape of resolv.conf. */
	readonly to: readonly string[];
	readonly except: readonly string[];
	readonly policy: string;
}

const options = [
	'force_tcp',
	'prefer_udp',
	'expire',
	'max_fails',
	'tls',
	'tls_servername',
	'policy',
	'health_check',
	'max_concurrent',
	'next',
	'failfast_all_unhealthy_upstreams',
];

/** Asks the upstream servers, one after the other until one answers. */
const forward: Plugin<readonly ForwardConfig[]> = {
	name: 'forward',
	setup: (directives, setup) =>
		directives.map(({args, block = [], line}) => {
			const [from, ...to] = args;
			if (!from || to.length === 0) setup.error(line, `Wrong argument count or unexpected line ending after '${args.at(-1) ?? 'forward'}'`);
			const except: string[] = [];
			let policy = 'random';
			for (const {words, line: at} of block) {
				if (words[0] === 'except') except.push(...words.slice(1).flatMap(zonesOf));
				else if (!options.includes(words[0]!)) setup.error(at, `unknown property '${words[0]}'`);
				if (words[0] === 'policy') policy = words[1] ?? '';
				if (!['random', 'round_robin', 'sequential'].includes(policy)) setup.error(at, `unknown policy '${policy}'`);
			}

			for (const address of to) {
				if (!address.startsWith('/') && !/^(dns:\/\/)?[0-9a-fA-F.:[\]]+$/.test(address))
					setup.error(line, `not an IP address or file: "${address}"`);
			}

			return {from: zonesOf(from!)[0]!, to, except, policy};
		}),
	serve(configs, query, server, next) {
		const config = configs.find(each => isSubdomain(each.from, query.name) && !matchZone(each.except, query.name));
		return config ? ask(config, query, server) : next(query);
	},
};

/** The upstreams of a configuration, as `address:port`. */
export function upstreamsOf(config: ForwardConfig, readFile: Serving['readFile']): Array<{address: string; port: number}> {
	return config.to.flatMap(to => {
		if (!to.startsWith('/')) {
			const [address = '', port = '53'] = to.replace('dns://', '').split(':');
			return [{address, port: Number(port)}];
		}

		const servers = [...(readFile(to) ?? '').matchAll(/^nameserver\s+(\S+)/gm)].map(match => match[1]!);
		return servers.map(address => ({address, port: 53}));
	});
}

function ask(config: ForwardConfig, query: Query, server: Serving): Answer {
	const upstreams = upstreamsOf(config, server.readFile);
	if (upstreams.length === 0) return emptyAnswer('SERVFAIL', {error: 'no upstream host'});
	const first = config.policy === 'random' ? server.random.int(upstreams.length) : 0;
	const id = server.random.int(65_536);
	const question = {name: query.originalName, type: query.type};
	const message: DnsMessage = {
		id,
		response: false,
		rcode: 'NOERROR',
		recursionDesired: true,
		question,
		answers: [],
		authorities: [],
		additionals: [],
	};
	let delayMs = 0;
	let error = '';
	for (let i = 0; i < upstreams.length + 1; i++) {
		const {address, port} = upstreams[(first + i) % upstreams.length]!;
		const reply = server.exchange(address, port, encodeDns({...message, edns: {udpSize: 2048}}));
		delayMs += reply.delayMs;
		const decoded = reply.payload === undefined ? undefined : decodeDns(reply.payload);
		if (decoded) {
			const {rcode, authoritative, recursionAvailable, truncated, answers, authorities, additionals} = decoded;
			return {
				rcode,
				authoritative: authoritative!,
				recursionAvailable: recursionAvailable!,
				truncated: truncated!,
				answers,
				authorities,
				additionals,
				delayMs,
			};
		}

		error = reply.error ?? 'bad message';
	}

	return emptyAnswer('SERVFAIL', {error, delayMs});
}

export default forward;
