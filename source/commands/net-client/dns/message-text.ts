import type {DnsMessage} from '../../../net/dns-message.js';
import {questionLine, type RecordStyle, recordLine} from './record-lines.js';

export type Section = 'question' | 'answer' | 'authority' | 'additional';

export interface Shown {
	readonly sections: ReadonlySet<Section>;
	/** Titles, and a blank line behind each section. */
	readonly comments: boolean;
	readonly style: RecordStyle;
}

/** The letters of a header, in the order of BIND's. */
export function flagsOf(message: DnsMessage): string[] {
	return [
		message.response && 'qr',
		message.authoritative && 'aa',
		message.truncated && 'tc',
		message.recursionDesired && 'rd',
		message.recursionAvailable && 'ra',
		message.authenticData && 'ad',
		message.checkingDisabled && 'cd',
	].filter(flag => typeof flag === 'string');
}

export const countsOf = ({answers, authorities, additionals, edns}: DnsMessage) => ({
	QUERY: 1,
	ANSWER: answers.length,
	AUTHORITY: authorities.length,
	ADDITIONAL: additionals.length + (edns ? 1 : 0),
});

/** The two lines that all tools of BIND begin a message with. */
export function headerText(message: DnsMessage, reserved = ''): string {
	const counts = Object.entries(countsOf(message)).map(([name, count]) => `${name}: ${count}`);
	const status = `;; ->>HEADER<<- opcode: QUERY, status: ${message.rcode}, id: ${message.id}\n`;
	return `${status};; flags: ${flagsOf(message).join(' ')};${reserved} ${counts.join(', ')}\n`;
}

/** Question and records, section by section. */
export function sectionsText({question, answers, authorities, additionals}: DnsMessage, {sections, comments, style}: Shown): string {
	const section = (title: string, lines: readonly string[]) =>
		lines.length === 0 ? '' : `${comments ? `;; ${title} SECTION:\n` : ''}${lines.join('\n')}\n${comments ? '\n' : ''}`;
	const text = sections.has('question') ? section('QUESTION', [questionLine(style, question)]) : '';
	const records = {answer: answers, authority: authorities, additional: additionals};
	return (['answer', 'authority', 'additional'] as const).reduce(
		(before, name) =>
			sections.has(name)
				? before +
					section(
						name.toUpperCase(),
						records[name].map(record => recordLine(style, record)),
					)
				: before,
		text,
	);
}
