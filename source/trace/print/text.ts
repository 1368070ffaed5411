import {drawsText} from '../walk/draws.js';
import {isLookup} from '../verdict/overall.js';
import type {Step} from '../walk/step.js';
import type {Conversation, Trace, Verdict} from '../trace.js';
import {wrap} from './wrap.js';

export interface TextOptions {
	readonly columns: number;
	/** Also rules that matched without anything coming of it. */
	readonly verbose?: boolean;
}

/** A trace for people: the verdict first, then each conversation, host by host. */
export function traceText(trace: Trace, options: TextOptions): string {
	const lines = [
		...wrap(`${trace.request}, from ${trace.from}`, '', options.columns),
		...wrap(`=> ${trace.verdict.sentence}`, '   ', options.columns),
	];
	const [drawn] = trace.conversations.flatMap(each => (each.draws ? [drawsText(each)] : []));
	if (drawn) lines.push(...wrap(`   ${drawn}`, '   ', options.columns));
	let wasBrief = false;
	for (const [conversation, times] of withoutRetries(trace.conversations)) {
		const brief = isBrief(conversation, options);
		if (!brief || !wasBrief) lines.push('');
		wasBrief = brief;
		lines.push(...conversationLines(conversation, options, '', trace.verdict.sentence));
		if (times > 1) lines.push(`asked ${times} times, with the same result`);
	}
	return `${lines.join('\n')}\n`;
}

/** A question that is asked again and fares no better is told once. */
function withoutRetries(conversations: readonly Conversation[]): Array<[Conversation, number]> {
	const groups: Array<[Conversation, number]> = [];
	for (const each of conversations) {
		const [last] = groups.at(-1) ?? [];
		const again =
			last && last.destination === each.destination && last.asks === each.asks && last.verdict.sentence === each.verdict.sentence;
		if (again) groups.at(-1)![1]++;
		else groups.push([each, 1]);
	}
	return groups;
}

/** A name that was found, or is not there, needs no way shown. */
const isBrief = (conversation: Conversation, {verbose}: TextOptions) =>
	isLookup(conversation) && ['answered', 'no-name'].includes(conversation.verdict.kind) && !verbose;

function conversationLines(conversation: Conversation, options: TextOptions, indent = '', said = ''): string[] {
	const {protocol, source, destination, verdict, hops, reply, nested} = conversation;
	const title = `${indent}${protocol} ${source} > ${destination}${indent && `, asked by ${conversation.from}`}`;
	if (isBrief(conversation, options)) return wrap(`${indent}DNS ${destination}  ${verdict.sentence}`, `${indent}    `, options.columns);
	const lines = wrap(title, `${indent}  `, options.columns);
	if (verdict.sentence !== said) lines.push(...wrap(`${indent}=> ${verdict.sentence}`, `${indent}   `, options.columns));
	lines.push(...pathLines(hops, verdict, options, indent));
	if (reply.length > 0) lines.push(`${indent}the answer`, ...pathLines(reply, verdict, {...options, back: true}, indent));
	for (const each of nested) lines.push(...conversationLines(each, options, `${indent}  | `));
	return lines;
}

function pathLines(steps: readonly Step[], verdict: Verdict, options: TextOptions & {back?: boolean}, indent: string): string[] {
	const lines: string[] = [];
	let where = '';
	let idle: Idle | undefined;
	const flush = () => {
		if (idle && idle.rules > 0 && !options.back) lines.push(`${indent}    ${idleText(idle)}`);
		idle = undefined;
	};
	for (const step of steps) {
		if (step.where !== where) {
			flush();
			where = step.where;
			lines.push(`${indent}  ${where}`);
		}
		if (step.chain !== undefined && !options.verbose && !step.matters) {
			if (idle && idle.hook !== step.hook) flush();
			idle ??= {hook: step.hook, tables: new Set(), rules: 0};
			idle.tables.add(step.table!);
			idle.rules += (step.passed ?? 0) + (step.rule === undefined ? 0 : 1);
			continue;
		}
		flush();
		lines.push(...stepLines(step, verdict, options.columns, `${indent}    `));
	}
	flush();
	return lines;
}

interface Idle {
	readonly hook: string;
	readonly tables: Set<string>;
	rules: number;
}

const idleText = ({hook, tables, rules}: Idle) => `${hook} ${[...tables].join(', ')}: ${rules} rule${rules === 1 ? '' : 's'}, none decided`;

function stepLines(step: Step, verdict: Verdict, columns: number, indent: string): string[] {
	const more = `${indent}  `;
	if (isPlumbing(step)) return wrap(`${indent}${headline(step)} -> ${step.verdict}`, more, columns);
	const lines = wrap(`${indent}${headline(step)}${decided(step, verdict) ? '  <= decided' : ''}`, more, columns);
	if (step.chain !== undefined && step.text) lines.push(...wrap(`${more}${withoutComments(step.text)}`, `${more}  `, columns));
	if (step.origin) lines.push(...wrap(`${more}[${step.origin.text}]`, `${more} `, columns));
	const {before, after} = step;
	if (after && (after.source !== before.source || after.destination !== before.destination))
		lines.push(
			...wrap(`${more}${before.source} > ${before.destination}`, `${more}  `, columns),
			...wrap(`${more}becomes ${after.source} > ${after.destination}`, `${more}  `, columns),
		);
	return lines;
}

/** A jump that leads to the rules of an object, and stands for none itself. */
const isPlumbing = ({verdict, origin}: Step) =>
	verdict.startsWith('cali-pri-') || (origin?.kind === undefined && /^(KUBE|cali|CNI)-/.test(verdict) && !verdict.startsWith('KUBE-MARK'));

const decided = ({table, chain, rule, verdict, where}: Step, {rule: by}: Verdict) =>
	by !== undefined && by.where === where && by.table === table && by.chain === chain && by.rule === rule && /^(DROP|REJECT)$/.test(verdict);

function headline(step: Step): string {
	const {hook, device = '', table, chain, rule, passed, verdict, note, text} = step;
	if (chain !== undefined) {
		const skipped = passed ? ` (${passed} rule${passed === 1 ? '' : 's'} did not match)` : '';
		return rule === undefined ? `${table} ${chain} policy ${verdict}${skipped}` : `${table} ${chain} rule ${rule}${skipped}`;
	}
	switch (hook) {
		case 'LINK':
			return verdict.startsWith('sent') ? `${device} out${note ? `, ${note}` : ''}` : `${device} in`;
		case 'ROUTE':
			return verdict === 'local' ? 'route: for this machine' : `route: ${note ?? device}`;
		case 'ARP':
			return `ARP on ${device}: ${verdict === 'answered' ? note : `${note} does not answer`}`;
		case 'CONNTRACK':
			return 'conntrack: belongs to a connection that was translated';
		case 'IPVS':
			return text ? `IPVS ${text}${/\d$/.test(verdict) ? ' chose' : ':'} ${verdict}` : `IPVS: ${verdict}`;
		case 'SOCKET':
			return `socket: ${verdict}${note ? `, ${note}` : ''}`;
		default:
			return `${hook}: ${verdict}${note && hook !== 'ICMP' ? `, ${note}` : ''}`;
	}
}

const withoutComments = (text: string) => text.replace(/-m comment --comment (?:"(?:[^"\\]|\\.)*"|\S+) ?/g, '').trim();
