import type {Machine} from '../../../node/host/machine.js';
import type {JournalEntry} from '../../../os/journal.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {throughPager} from '../../text/less/page.js';
import {type ArgumentSpec, type Arguments, notSimulated, parseArguments} from '../arguments.js';
import {fingerprint} from '../fingerprint.js';
import {strftime} from '../../../sim/strftime.js';
import {filterOf} from './filter.js';
import {formats} from './formats.js';
import {instant} from './instant.js';

/** How often `-f` looks for new lines. */
const followMs = 500;
/** How long `-f` goes on with nobody to end it. */
const followUnattendedMs = 5000;

const options: ArgumentSpec = {
	flags: 'fexralqkmbN',
	values: 'unopStUgF',
	long: {
		...{unit: '=u', follow: '=f', lines: '=n', since: '=S', until: '=U', reverse: '=r', output: '=o', priority: '=p', dmesg: '=k'},
		...{boot: '=b', 'pager-end': '=e', catalog: '=x', identifier: '=t', grep: '=g', all: '=a', quiet: '=q', merge: '=m', fields: '=N'},
		...{field: '=F', 'no-pager': 'flag', utc: 'flag', 'no-full': 'flag', full: '=l', 'no-tail': 'flag', 'no-hostname': 'flag'},
		...{'list-boots': 'flag', 'disk-usage': 'flag', rotate: 'flag', flush: 'flag', sync: 'flag', verify: 'flag', header: 'flag'},
		...{
			'vacuum-size': 'value',
			'vacuum-time': 'value',
			'vacuum-files': 'value',
			'output-fields': 'value',
			cursor: 'value',
			version: 'flag',
		},
	},
};

/** `-n` and `-b` take the next word only where it looks like theirs. Models parse_argv in journalctl.c. */
function joined(words: readonly string[]): {words: string[]; boot?: string} {
	const result: string[] = [];
	let boot: string | undefined;
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		const next = words[at + 1];
		const attached = /^(?:--boot=|-b)(?=[-+]?\d+$|[0-9a-f]{32})/.exec(word);
		if (attached) boot = word.slice(attached[0].length);
		else if (/^-[a-zA-Z]*b$/.test(word) && next !== undefined && /^(?:[-+]?\d+|[0-9a-f]{32})$/.test(next)) [boot, at] = [next, at + 1];
		else if (/^-[a-zA-Z]*n$/.test(word) && (next === undefined || !/^(?:\d+|all)$/.test(next))) {
			result.push(`${word}10`);
			continue;
		}

		result.push(attached ? '-b' : word);
	}

	return {words: result, boot};
}

function boots({machine}: Io<Machine>, entries: readonly JournalEntry[]): string {
	const time = (ms: number) => strftime('%a %F %T UTC', ms);
	const row = `${' '.repeat(2)}0 ${fingerprint(machine, 'boot-id')} ${time(entries[0]?.atMs ?? 0)} ${time(entries.at(-1)?.atMs ?? 0)}\n`;
	return `IDX BOOT ID${' '.repeat(26)}FIRST ENTRY${' '.repeat(17)}LAST ENTRY\n${row}`;
}

/** What is asked for instead of entries. */
function report(io: Io<Machine>, args: Arguments, entries: readonly JournalEntry[]): number | undefined {
	if (args.has('version')) io.out('systemd 252 (252-51.el9)\n');
	else if (args.has('list-boots')) io.out(boots(io, entries));
	else if (args.has('disk-usage')) io.out('Archived and active journals take up 8.0M in the file system.\n');
	else if (['rotate', 'flush', 'sync'].some(name => args.has(name))) return 0;
	else if (['vacuum-size', 'vacuum-time', 'vacuum-files'].some(name => args.has(name)))
		io.err('Vacuuming done, freed 0B of archived journals from /run/log/journal.\n');
	else if (['verify', 'header', 'output-fields', 'cursor', 'F', 'N'].some(name => args.has(name)))
		return notSimulated(io, io.argv.join(' '));
	else return undefined;
	return 0;
}

function fail(io: Io<Machine>, text: string): number {
	io.err(`${text}\n`);
	return 1;
}

export default {
	name: 'journalctl',
	summary: 'read the system journal',
	*run(io): Run {
		const {words, boot} = joined(io.argv.slice(1));
		const args = parseArguments(words, options);
		if (args.problem) return fail(io, `journalctl: ${args.problem}`);
		const {journal, sim} = io.machine;
		if (!journal) return fail(io, 'No journal files were found.');
		const told = report(io, args, journal.entries());
		if (told !== undefined) return told;
		if (boot !== undefined && boot !== '0' && boot !== fingerprint(io.machine, 'boot-id'))
			return fail(io, `Data from the specified boot (${boot}) is not available: No such boot ID in journal`);
		const now = sim.clock.now();
		const limit = (letter: string, absent: number) => (args.value(letter) === undefined ? absent : instant(args.value(letter)!, now));
		const since = limit('S', Number.NEGATIVE_INFINITY);
		const until = limit('U', Number.POSITIVE_INFINITY);
		if (since === undefined || until === undefined)
			return fail(io, `Failed to parse timestamp: ${since === undefined ? args.value('S') : args.value('U')}`);
		const format = Object.hasOwn(formats, args.value('o') ?? 'short') ? formats[args.value('o') ?? 'short']! : undefined;
		if (!format) return fail(io, `Unknown output format '${args.value('o')}'.`);
		const wanted = filterOf(args, since, until);
		if (typeof wanted === 'string') return fail(io, wanted);
		const style = {hostname: !args.has('no-hostname'), utc: args.has('utc')};
		const print = (entries: readonly JournalEntry[], to = io) => to.out(entries.map(entry => format(entry, io.machine, style)).join(''));
		let entries = journal.entries().filter(wanted);
		const count = args.value('n') ?? (args.has('e') ? '1000' : args.has('f') && !args.has('no-tail') ? '10' : 'all');
		if (count !== 'all') entries = Number(count) === 0 ? [] : entries.slice(-Number(count));
		const show = (to: Io<Machine>) => {
			if (entries.length === 0 && !args.has('f') && !args.has('q')) to.out('-- No entries --\n');
			print(args.has('r') ? entries.toReversed() : entries, to);
			return args.has('g') && entries.length === 0 ? 1 : 0;
		};
		if (!args.has('f')) return args.has('no-pager') ? show(io) : yield* throughPager(io, show, args.has('e'));
		show(io);
		let seen = journal.entries().filter(wanted).length;
		const end = io.unattended ? now + followUnattendedMs : Number.POSITIVE_INFINITY;
		while (sim.clock.now() < end) {
			yield {sleepMs: followMs};
			const all = journal.entries().filter(wanted);
			print(all.slice(seen));
			seen = all.length;
		}

		return 0;
	},
} satisfies Command<Machine>;
