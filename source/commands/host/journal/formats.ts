import type {Machine} from '../../../node/host/machine.js';
import type {JournalEntry} from '../../../os/journal.js';
import {fingerprint} from '../fingerprint.js';
import {strftime, syslogTime} from '../../../sim/strftime.js';
import {bootedMs} from '../clock/uptime.js';

export interface Style {
	readonly hostname: boolean;
	readonly utc: boolean;
}

export type Format = (entry: JournalEntry, machine: Machine, style: Style) => string;

const micros = ({atMs}: JournalEntry) => String(atMs % 1000).padStart(3, '0') + '000';

/** `when host who[pid]: text`; a further line of the text stands under the first. */
const short =
	(time: (entry: JournalEntry, machine: Machine) => string): Format =>
	(entry, machine, style) => {
		const head = `${time(entry, machine)}${style.hostname ? ` ${machine.hostname}` : ''} ${entry.identifier}${entry.pid ? `[${entry.pid}]` : ''}: `;
		return `${head}${entry.text.replaceAll('\n', `\n${' '.repeat(head.length)}`)}\n`;
	};

/** The fields of an entry as journald keeps them. */
function fieldsOf(entry: JournalEntry, machine: Machine): ReadonlyArray<readonly [name: string, value: string]> {
	const bootId = fingerprint(machine, 'boot-id');
	const mark = fingerprint(machine, `cursor/${entry.atMs}/${entry.text}`);
	return [
		[
			'__CURSOR',
			`s=${fingerprint(machine, 'journal')};i=${mark.slice(0, 4)};b=${bootId};t=${entry.atMs.toString(16)};x=${mark.slice(4, 20)}`,
		],
		['__REALTIME_TIMESTAMP', `${entry.atMs}000`],
		['__MONOTONIC_TIMESTAMP', `${Math.max(0, entry.atMs - bootedMs(machine))}000`],
		['_BOOT_ID', bootId],
		[
			'_TRANSPORT',
			entry.identifier === 'kernel' ? 'kernel' : entry.identifier === 'systemd' ? 'journal' : entry.unit ? 'stdout' : 'syslog',
		],
		['PRIORITY', String(entry.priority)],
		['_HOSTNAME', machine.hostname],
		['SYSLOG_IDENTIFIER', entry.identifier],
		...(entry.pid ? [['_PID', String(entry.pid)] as const] : []),
		...(entry.unit ? [['_SYSTEMD_UNIT', entry.identifier === 'systemd' ? 'init.scope' : entry.unit] as const] : []),
		['MESSAGE', entry.text],
	];
}

const verbose: Format = (entry, machine) => {
	const [cursor, ...fields] = fieldsOf(entry, machine);
	const time = strftime('%a %F %T', entry.atMs);
	const rest = fields.filter(([name]) => !name.startsWith('__'));
	return `${time}.${micros(entry)} UTC [${cursor![1]}]\n${rest.map(([name, value]) => `    ${name}=${value}\n`).join('')}`;
};

const monotonic = (entry: JournalEntry, machine: Machine) => {
	const sinceMs = Math.max(0, entry.atMs - bootedMs(machine));
	return `[${(sinceMs / 1000).toFixed(6).padStart(12)}]`;
};

/** What `-o` knows. */
export const formats: Readonly<Record<string, Format>> = {
	short: short(({atMs}) => syslogTime(atMs)),
	'short-full': short(({atMs}) => strftime('%a %F %T UTC', atMs)),
	'short-iso': short(({atMs}) => strftime('%FT%T+0000', atMs)),
	'short-iso-precise': short(entry => `${strftime('%FT%T', entry.atMs)}.${micros(entry)}+0000`),
	'short-precise': short(entry => `${syslogTime(entry.atMs)}.${micros(entry)}`),
	'short-unix': short(entry => `${Math.floor(entry.atMs / 1000)}.${micros(entry)}`),
	'short-monotonic': short(monotonic),
	'with-unit': (entry, machine, style) =>
		short(({atMs}) => strftime('%a %F %T UTC', atMs))({...entry, identifier: entry.unit || entry.identifier}, machine, style),
	verbose,
	cat: ({text}) => `${text}\n`,
	json: (entry, machine) => `${JSON.stringify(Object.fromEntries(fieldsOf(entry, machine)))}\n`,
	'json-pretty': (entry, machine) =>
		`${JSON.stringify(Object.fromEntries(fieldsOf(entry, machine)), undefined, '\t').replaceAll('": ', '" : ')}\n`,
	export: (entry, machine) =>
		`${fieldsOf(entry, machine)
			.map(([name, value]) => `${name}=${value}\n`)
			.join('')}\n`,
};
