import {askInTurn} from '../commands/net-client/resolve/resolve.js';
import {candidates, readResolvConf} from '../commands/net-client/resolve/resolv-conf.js';
import type {DnsMessage} from '../net/dns-message.js';
import type {Machine} from '../node/host/machine.js';
import {becauseOfName} from './because.js';
import {type Check, type Finding, together} from './check.js';
import {findPlaces, type Place, type Places, places} from './places.js';
import {withoutWaiting} from './resolve.js';
import {type Count, countFits, countShape, countText} from './count.js';
import {list, object, optional, required, text} from './shape.js';

export interface DnsParams {
	readonly from: Places;
	readonly name: string;
	readonly type?: string;
	readonly server?: string;
	readonly answers?: readonly string[];
	readonly count?: Count;
	readonly rcode?: string;
}

/** A name asked from somewhere, and what the answer holds. */
const check: Check<DnsParams> = {
	name: 'dns',
	params: object('a DNS question and its answer', {
		from: required(places),
		name: required(
			text('the name; without a dot at the end the search list applies', {
				pattern: /^[\w*-]+(\.[\w-]+)*\.?$/,
				patternHelp: 'a DNS name such as web.default.svc.cluster.local.',
			}),
		),
		type: optional(text('A when absent', {oneOf: ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'NS', 'SOA']})),
		server: optional(
			text("address to ask; the machine's own servers when absent", {
				pattern: /^(\d+\.){3}\d+$/,
				patternHelp: 'an address such as 10.96.0.10',
			}),
		),
		answers: optional(list('data that the answer must hold, e.g. addresses', text('data of one record'), 1)),
		count: optional(countShape('how many records of that type')),
		rcode: optional(text('NOERROR when absent', {oneOf: ['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED']})),
	}),
	run(params, {world, explain = false}) {
		const findings = findPlaces(world, params.from).map(place => ({place, finding: askFrom(place, params)}));
		const {machine, label} = findings.find(({finding}) => !finding.passed)?.place ?? {};
		const reason = explain && machine && params.type === undefined && becauseOfName(machine, label!, params.name, params.server);
		const whole = together(findings.map(({finding}) => finding));
		return reason ? {...whole, found: `${whole.found} (${reason})`} : whole;
	},
};
export default check;

function askFrom({label, machine, prefix}: Place, params: DnsParams): Finding {
	const {name, type = 'A', server} = params;
	const expected = expectation(params);
	const look = `${prefix}${machine?.kind === 'container' ? 'nslookup' : 'dig -t'} ${machine?.kind === 'container' ? name : `${type} ${name}`}${server ? ` @${server}` : ''}`;
	if (!machine) return {passed: false, found: `${label} is not running`, expected, look: 'kubectl get pods -A -o wide'};
	const reply = ask(machine, name, type, server);
	if (!reply) return {passed: false, found: `${label}: no DNS server answered`, expected, look};
	const data = reply.answers.filter(record => record.type === type).map(record => String(record.data));
	const passed = answerFits(params, reply.rcode, data);
	return {
		passed,
		found: `${label}: ${name} ${type} gives ${reply.rcode}${data.length > 0 ? ` ${data.join(', ')}` : ', no records'}`,
		expected,
		look,
	};
}

export const answerFits = (params: DnsParams, rcode: string, data: readonly string[]): boolean =>
	rcode === (params.rcode ?? 'NOERROR') &&
	(params.answers ?? []).every(each => data.includes(each)) &&
	(params.count === undefined
		? params.rcode !== undefined || params.answers !== undefined || data.length > 0
		: countFits(data.length, params.count));

/** The first candidate of the search list that has records, else the last answer. */
function ask(machine: Machine, name: string, type: string, server: string | undefined): DnsMessage | undefined {
	const own = readResolvConf(machine.files);
	const conf = server === undefined ? own : {...own, servers: [server]};
	let last: DnsMessage | undefined;
	for (const candidate of candidates(name, conf)) {
		const reply = withoutWaiting(askInTurn(machine, conf, candidate, type));
		if (!reply) return last;
		last = reply;
		if (reply.answers.some(record => record.type === type)) return reply;
	}
	return last;
}

export function expectation({rcode, answers, count}: DnsParams): string {
	const parts = [rcode, answers?.join(', '), count !== undefined && `${countText(count)} ${count === 1 ? 'record' : 'records'}`].filter(
		Boolean,
	);
	return parts.join(', ') || 'an answer';
}
