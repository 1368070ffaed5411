import type {DnsRecord} from '../../../net/dns-message.js';
import type {Random} from '../../../sim/random.js';
import type {Plugin} from '../plugin.js';

/** Shuffles the addresses of an answer; CNAMEs stay in front (plugin/loadbalance). */
const loadbalance: Plugin<null> = {
	name: 'loadbalance',
	setup([directive], setup) {
		const [policy = 'round_robin'] = directive!.args;
		if (policy !== 'round_robin') setup.error(directive!.line, `unknown policy: ${policy}`);
		return null;
	},
	serve(_, query, server, next) {
		const answer = next(query);
		if (answer.rcode !== 'NOERROR' || ['AXFR', 'IXFR'].includes(query.type)) return answer;
		return {...answer, answers: roundRobin(answer.answers, server.random), additionals: roundRobin(answer.additionals, server.random)};
	},
};

function roundRobin(records: readonly DnsRecord[], random: Random): DnsRecord[] {
	const of = (...types: string[]) => records.filter(record => types.includes(record.type));
	const rest = records.filter(record => !['CNAME', 'A', 'AAAA', 'MX'].includes(record.type));
	return [...of('CNAME'), ...rest, ...shuffle(of('A', 'AAAA'), random), ...shuffle(of('MX'), random)];
}

function shuffle(records: DnsRecord[], random: Random): DnsRecord[] {
	const result = [...records];
	for (let i = 0; i < result.length - 1; i++) {
		const j = i + random.int(result.length - i);
		[result[i], result[j]] = [result[j]!, result[i]!];
	}

	return result;
}

export default loadbalance;
