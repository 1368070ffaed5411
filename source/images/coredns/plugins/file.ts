import type {DnsRecord} from '../../../net/dns-message.js';
import {fqdn, isSubdomain, labelsBefore, matchZone, zonesOf} from '../names.js';
import {type Answer, emptyAnswer, type Plugin, type Query, type Serving} from '../plugin.js';
import {parseZone} from '../zone-file.js';

interface FileConfig {
	readonly path: string;
	readonly zones: readonly string[];
	readonly fall?: readonly string[];
}

/** Answers from a zone file (RFC 1035). */
const file: Plugin<readonly FileConfig[]> = {
	name: 'file',
	setup: (directives, setup) =>
		directives.map(({args, block = [], line}) => {
			const [path, ...zones] = args;
			if (!path) setup.error(line, "Wrong argument count or unexpected line ending after 'file'");
			let fall: string[] | undefined;
			for (const {words, line: at} of block) {
				if (words[0] === 'fallthrough') fall = words.length > 1 ? words.slice(1).flatMap(zonesOf) : ['.'];
				else if (words[0] !== 'reload') setup.error(at, `unknown property '${words[0]}'`);
			}

			return {path: path!, zones: zones.length > 0 ? zones.flatMap(zonesOf) : setup.zones, ...(fall && {fall})};
		}),
	serve(configs, query, server, next) {
		const zone = matchZone(
			configs.flatMap(config => config.zones),
			query.name,
		);
		const config = zone === undefined ? undefined : configs.find(each => each.zones.includes(zone));
		if (!config) return next(query);
		const text = server.readFile(config.path);
		if (text === undefined) return emptyAnswer('SERVFAIL', {error: `open ${config.path}: no such file or directory`});
		const records = parseZone(text, zone!);
		const answer = lookUp(records, zone!, query, server);
		return answer.rcode === 'NXDOMAIN' && config.fall && matchZone(config.fall, query.name) ? next(query) : answer;
	},
};

function lookUp(records: readonly DnsRecord[], zone: string, query: Query, server: Serving): Answer {
	const at = (name: string) => records.filter(record => record.name === name);
	const authorities = records.filter(record => record.name === zone && record.type === 'NS');
	let found = at(query.name);
	if (found.length === 0 && !records.some(record => record.name.endsWith(`.${query.name}`))) {
		const labels = labelsBefore(query.name, zone);
		for (let i = 1; i <= labels.length && found.length === 0; i++) {
			found = at(fqdn(`*.${[...labels.slice(i), zone].join('.')}`.replace(/\.$/, ''))).map(record => ({
				...record,
				name: query.originalName,
			}));
		}

		if (found.length === 0) return emptyAnswer('NXDOMAIN', {authoritative: true, authorities: negative(records, zone)});
	}

	const answers = found.filter(record => record.type === query.type);
	const alias = answers.length === 0 ? found.find(record => record.type === 'CNAME') : undefined;
	if (alias) {
		const target = isSubdomain(zone, alias.data)
			? lookUp(records, zone, {...query, name: alias.data, originalName: alias.data}, server)
			: server.lookup(alias.data, query.type);
		return emptyAnswer('NOERROR', {authoritative: true, answers: [alias, ...target.answers], authorities});
	}

	if (answers.length > 0)
		return emptyAnswer('NOERROR', {authoritative: true, answers, authorities: query.type === 'NS' ? [] : authorities});
	return emptyAnswer('NOERROR', {authoritative: true, authorities: negative(records, zone)});
}

const negative = (records: readonly DnsRecord[], zone: string) => records.filter(record => record.name === zone && record.type === 'SOA');

export default file;
