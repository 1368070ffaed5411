import type {JournalEntry} from '../../../os/journal.js';
import {BoundedRegExp} from '../../../regex/bounded.js';
import type {Arguments} from '../arguments.js';

type Test = (entry: JournalEntry) => boolean;

const priorities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

const levelOf = (word: string): number => (/^[0-7]$/.test(word) ? Number(word) : priorities.indexOf(word));

/** `err`, `3`, `warning..err`. */
function priority(text: string | undefined): readonly [from: number, to: number] | string {
	if (text === undefined) return [0, 7];
	const [first = '', second] = text.split('..');
	const levels = second === undefined ? [0, levelOf(first)] : [levelOf(first), levelOf(second)].sort((a, b) => a - b);
	return levels.includes(-1) ? `Unknown log level ${text}` : [levels[0]!, levels[1]!];
}

/** `FIELD=value` operands: alternatives of one field, and of all fields together. */
const fields: Readonly<Record<string, (entry: JournalEntry) => string>> = {
	_PID: entry => String(entry.pid),
	_SYSTEMD_UNIT: entry => entry.unit,
	UNIT: entry => entry.unit,
	SYSLOG_IDENTIFIER: entry => entry.identifier,
	_COMM: entry => entry.identifier,
	PRIORITY: entry => String(entry.priority),
	MESSAGE: entry => entry.text,
	_TRANSPORT: entry => (entry.identifier === 'kernel' ? 'kernel' : ''),
};

function matches(words: readonly string[]): Test | string {
	const wanted = new Map<string, string[]>();
	for (const word of words) {
		const [name = '', value] = [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)];
		if (!word.includes('=')) return `Failed to add match '${word}': Invalid argument`;
		wanted.set(name, [...(wanted.get(name) ?? []), value]);
	}

	return entry => [...wanted].every(([name, values]) => values.includes(fields[name]?.(entry) ?? ''));
}

/** `kubelet`, `kubelet.service`, `kube*`. What systemd says of a unit belongs to it. */
function ofUnits(names: readonly string[]): Test {
	if (names.length === 0) return () => true;
	const patterns = names
		.map(name => (/\.\w+$/.test(name) ? name : `${name}.service`))
		.map(
			name =>
				new RegExp(
					`^${name
						.replace(/[.+^${}()|[\]\\@]/g, '\\$&')
						.replaceAll('*', '.*')
						.replaceAll('?', '.')}$`,
				),
		);
	const named = names.map(name => (/\.\w+$/.test(name) ? name : `${name}.service`));
	return ({unit, identifier, text}) =>
		patterns.some(pattern => pattern.test(unit)) || (identifier === 'systemd' && named.some(name => text.includes(name)));
}

/** A pattern without capitals takes them all. */
function grep(pattern: string | undefined): Test {
	if (pattern === undefined) return () => true;
	const regex = new BoundedRegExp(pattern, pattern === pattern.toLowerCase() ? 'i' : '');
	return ({text}) => regex.test(text);
}

/** Which entries the options ask for, or what is wrong with them. */
export function filterOf(args: Arguments, since: number, until: number): Test | string {
	const levels = priority(args.value('p'));
	if (typeof levels === 'string') return levels;
	const [from, to] = levels;
	const own = matches(args.operands);
	if (typeof own === 'string') return own;
	const tests: readonly Test[] = [
		ofUnits(args.all('u')),
		grep(args.value('g')),
		own,
		entry => !args.has('k') || entry.identifier === 'kernel',
		entry => args.all('t').length === 0 || args.all('t').includes(entry.identifier),
		entry => entry.priority >= from && entry.priority <= to,
		entry => entry.atMs >= since && entry.atMs <= until,
	];
	return entry => tests.every(test => test(entry));
}
