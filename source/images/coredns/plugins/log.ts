import {type DnsRecord, encodeDns} from '../../../net/dns-message.js';
import type {Answer, Plugin, Query} from '../plugin.js';
import {matchZone, zonesOf} from '../names.js';

interface LogConfig {
	readonly zones: readonly string[];
	readonly classes: readonly string[];
}

/** One line for each query: client, id, question, result, flags, size, time. */
const log: Plugin<LogConfig> = {
	name: 'log',
	setup(directives, setup) {
		const classes = new Set<string>();
		const zones: string[] = [];
		for (const {args, block = []} of directives) {
			zones.push(...args.filter(arg => !arg.includes('{')).flatMap(zonesOf));
			if (args.some(arg => arg.includes('{'))) setup.error(directives[0]!.line, 'kubelab: not simulated: log formats');
			for (const {words, line} of block) {
				if (words[0] !== 'class') setup.error(line, `Wrong argument count or unexpected line ending after '${words[0]}'`);
				for (const name of words.slice(1)) {
					if (!['all', 'success', 'denial', 'error'].includes(name)) setup.error(line, `unknown class: ${name}`);
					classes.add(name);
				}
			}
		}

		return {zones: zones.length > 0 ? zones : setup.zones, classes: classes.size > 0 ? [...classes] : ['all']};
	},
	serve({zones, classes}, query, server, next) {
		const answer = next(query);
		const wanted = classes.includes('all') || classes.includes(classOf(answer));
		if (wanted && matchZone(zones, query.name)) server.log(logLine(query, answer, server.random.int(400_000)));
		return answer;
	},
};

function classOf({rcode, answers, authorities}: Answer): string {
	if (rcode === 'NXDOMAIN') return 'denial';
	if (rcode === 'NOERROR') return answers.length === 0 && authorities.some(({type}: DnsRecord) => type === 'SOA') ? 'denial' : 'success';
	return 'error';
}

function logLine(query: Query, answer: Answer, nanoseconds: number): string {
	const flags = ['qr', answer.authoritative && 'aa', answer.truncated && 'tc', 'rd', answer.recursionAvailable && 'ra']
		.filter(Boolean)
		.join(',');
	const size = encodeDns({...answer, id: 0, response: true, question: query, edns: {udpSize: 4096}}).length;
	const seconds = (0.000_08 + nanoseconds / 1e9).toFixed(9);
	const question = `"${query.type} IN ${query.originalName} ${query.protocol} ${query.size} false ${query.bufferSize}"`;
	return `[INFO] ${query.client}:${query.clientPort} - ${query.id} ${question} ${answer.rcode} ${flags} ${size} ${seconds}s`;
}

export default log;
