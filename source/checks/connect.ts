import {because, curlWords} from './because.js';
import type {Check, Finding} from './check.js';
import {together} from './check.js';
import {describeOutcome, type Fetched, fetchFrom, isRefused} from './fetch.js';
import {findPlaces, type Place, type Places, places} from './places.js';
import {resolve} from './resolve.js';
import {flag, integer, map, object, optional, required, text} from './shape.js';
import {type Address, findAddress, type Target, targetShape} from './target.js';

export interface ConnectParams {
	readonly from: Places;
	readonly to: Target;
	readonly host?: string;
	readonly send?: Readonly<Record<string, string>>;
	readonly status?: number;
	readonly body?: string;
	readonly header?: Readonly<Record<string, string>>;
	readonly tlsSubject?: string;
	readonly refused?: boolean;
	readonly timeout?: boolean;
	readonly requests?: number;
	readonly answers?: {
		readonly different?: number;
		readonly shares?: Readonly<Record<string, number>>;
		readonly tolerancePercent?: number;
	};
}

/** Requests sent from somewhere, through the real tables, and what came of them. */
const check: Check<ConnectParams> = {
	name: 'connect',
	params: object('requests and what must come of them', {
		from: required(places),
		to: required(targetShape),
		host: optional(
			text('Host header; that of the address when absent', {
				pattern: /^[\w.${}-]+(:\d+)?$/,
				patternHelp: 'a host name such as shop.lilee.org',
			}),
		),
		send: optional(map('request headers and their values', text('value'))),
		status: optional(integer('HTTP status; any when absent', 100, 599)),
		body: optional(text('text that stands in the body')),
		header: optional(map('response headers and their values', text('value'))),
		tlsSubject: optional(text('subject of the certificate that the server shows')),
		refused: optional(flag('true when the connection must be refused')),
		timeout: optional(flag('true when nothing may answer')),
		requests: optional(integer('how many; 1 when absent', 1, 1000)),
		answers: optional(
			object('how the answers spread over the bodies seen', {
				different: optional(integer('so many different bodies', 1)),
				shares: optional(map('texts, and in how many percent of the bodies each stands', integer('percent', 0, 100))),
				tolerancePercent: optional(integer('each within so many percent of its share; of an equal share where none is given', 0, 100)),
			}),
		),
	}),
	run(params, {world, explain = false}) {
		const address = findAddress(world, params.to);
		if (typeof address === 'string') return {passed: false, found: address, expected: expectation(params), look: 'kubectl get svc -A'};
		const findings = findPlaces(world, params.from).map(place => ({place, finding: fromPlace(place, address, params)}));
		const first = findings.find(({finding}) => !finding.passed);
		const reason = explain && first?.place.machine && because(first.place.machine, first.place.label, address, params);
		const whole = together(findings.map(({finding}) => finding));
		return reason ? {...whole, found: `${whole.found} (${reason})`} : whole;
	},
};
export default check;

function fromPlace({label, machine, prefix}: Place, to: Address, params: ConnectParams): Finding {
	const expected = expectation(params);
	const look = `${prefix}${curlText(to, params)}`;
	if (!machine) return {passed: false, found: `${label} is not running`, expected, look: 'kubectl get pods -A -o wide'};
	const ip = resolve(machine, to.host);
	if (ip === undefined) return {passed: false, found: `${label}: the name ${to.host} does not resolve`, expected, look};
	const request = {...to, address: ip, host: params.host ?? to.host, headers: params.send};
	const fetched = Array.from({length: params.requests ?? 1}, () => fetchFrom(machine, request));
	const trouble = troubleOf(fetched, params, to.http);
	return {passed: trouble === undefined, found: `${label} -> ${to.label}: ${trouble ?? goodText(fetched[0]!, params)}`, expected, look};
}

/** Its certificate is only told by `-v`. */
const curlText = (to: Address, params: ConnectParams) =>
	curlWords(to, params, '-s', ...(params.tlsSubject === undefined ? [] : ['-v']), '-m', '5')
		.map(word => (/[ "]/.test(word) ? `"${word}"` : word))
		.join(' ');

/** What is wrong with the answers to one place's requests. */
export const troubleOf = (fetched: readonly Fetched[], params: ConnectParams, http: boolean): string | undefined =>
	fetched.map(each => wrong(each, params, http)).find(Boolean) ?? wrongSpread(fetched, params);

function wrong(fetched: Fetched, params: ConnectParams, http: boolean): string | undefined {
	const seen = outcomeText(fetched);
	if (params.refused) return isRefused(fetched.outcome) ? undefined : seen;
	if (params.timeout) return fetched.outcome.kind === 'timeout' ? undefined : seen;
	if (fetched.outcome.kind !== 'connected' || fetched.tls) return seen;
	if (!http) return undefined;
	if (params.status !== undefined && fetched.status !== params.status) return seen;
	if (!fetched.body?.includes(params.body ?? '')) return `the body is ${excerpt(fetched.body)}`;
	if (params.tlsSubject !== undefined && fetched.subject !== params.tlsSubject)
		return `the certificate is for ${fetched.subject ?? 'nobody'}`;
	const header = Object.entries(params.header ?? {}).find(([name, value]) => fetched.header(name) !== value);
	return header && `header ${header[0]} is ${fetched.header(header[0]) ?? 'not there'}`;
}

function wrongSpread(fetched: readonly Fetched[], {answers}: ConnectParams): string | undefined {
	if (!answers) return undefined;
	if (answers.shares) return wrongShare(fetched, answers.shares, answers.tolerancePercent);
	const counts = new Map<string, number>();
	for (const {body = ''} of fetched) counts.set(body, (counts.get(body) ?? 0) + 1);
	const shares = [...counts].map(([body, count]) => `${count} x ${excerpt(body)}`).join(', ');
	if (answers.different !== undefined && counts.size !== answers.different)
		return counts.size === 1 ? `always the same answer (${shares})` : `${counts.size} different answers (${shares})`;
	const fair = fetched.length / counts.size;
	const slack = (fetched.length * (answers.tolerancePercent ?? 100)) / 100;
	return [...counts.values()].some(count => Math.abs(count - fair) > slack) ? `uneven answers (${shares})` : undefined;
}

function wrongShare(fetched: readonly Fetched[], shares: Readonly<Record<string, number>>, tolerance = 5): string | undefined {
	for (const [wanted, percent] of Object.entries(shares)) {
		const count = fetched.filter(({body}) => body?.includes(wanted)).length;
		if (Math.abs((count * 100) / fetched.length - percent) > tolerance) return `"${wanted}" in ${count} of ${fetched.length} answers`;
	}

	return undefined;
}

export function outcomeText({outcome, status, tls}: Fetched) {
	if (tls) return `TLS failed (${tls})`;
	return status === undefined ? describeOutcome(outcome) : `HTTP status ${status}`;
}

/** What came, where all is as asked: it is told where it must not be so. */
const goodText = (fetched: Fetched, {body}: ConnectParams) => `${outcomeText(fetched)}${body ? `, "${body}" in the body` : ''}`;

const excerpt = (body = '') => JSON.stringify(body.trim().split('\n')[0]!.slice(0, 60));

export function expectation({refused, timeout, status, body, header, tlsSubject, answers, requests}: ConnectParams): string {
	if (refused) return 'a refused connection';
	if (timeout) return 'no answer';
	const parts = [
		status && `status ${status}`,
		body && `"${body}" in the body`,
		tlsSubject && `a certificate for ${tlsSubject}`,
		header && JSON.stringify(header),
		answers?.different &&
			`${answers.different === 1 ? 'the same answer' : `${answers.different} different answers`} to ${requests ?? 1} requests`,
		...Object.entries(answers?.shares ?? {}).map(([wanted, percent]) => `"${wanted}" in about ${percent} % of ${requests ?? 1} answers`),
		answers?.tolerancePercent !== undefined && `shares within ${answers.tolerancePercent} %`,
	].filter(Boolean);
	return parts.join(', ') || 'an answer';
}
