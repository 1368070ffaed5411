import type {Machine} from '../../node/host/machine.js';
import type {JournalEntry} from '../../os/journal.js';
import type {Command, Io} from '../../shell/command.js';
import {type ArgumentSpec, type Arguments, parseArguments} from './arguments.js';
import {strftime, syslogTime} from './strftime.js';

const priorities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
/** How often `-f` looks for new lines. */
const followMs = 500;
/** How long `-f` goes on with nobody to end it. */
const followUnattendedMs = 5000;

const line = (io: Io<Machine>, format: string) => (entry: JournalEntry) => {
	if (format === 'cat') return `${entry.text}\n`;
	const time =
		format === 'short-iso'
			? strftime('%FT%T+0000', entry.atMs)
			: format === 'short-precise'
				? `${syslogTime(entry.atMs)}.${String(entry.atMs % 1000).padStart(3, '0')}000`
				: syslogTime(entry.atMs);
	return `${time} ${io.machine.hostname} ${entry.identifier}${entry.pid ? `[${entry.pid}]` : ''}: ${entry.text}\n`;
};

/** `--since`: an instant, `today`, `10 min ago`, `-1h`. */
function instant(text: string, now: number): number | undefined {
	if (text === 'today') return now - (now % 86_400_000);
	if (text === 'yesterday') return now - (now % 86_400_000) - 86_400_000;
	if (text === 'now') return now;
	const relative = /^-?(\d+)\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)(?:\s+ago)?$/.exec(text);
	if (relative) return now - Number(relative[1]) * {s: 1, m: 60, h: 3600, d: 86_400}[relative[2]![0] as 's']! * 1000;
	const full = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
	if (full)
		return Date.UTC(
			Number(full[1]),
			Number(full[2]) - 1,
			Number(full[3]),
			Number(full[4] ?? 0),
			Number(full[5] ?? 0),
			Number(full[6] ?? 0),
		);
	const time = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
	return time ? now - (now % 86_400_000) + (Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0)) * 1000 : undefined;
}

/** Which entries the options ask for. */
function filter(args: Arguments, since: number, until: number): (entry: JournalEntry) => boolean {
	const units = args.all('u').map(name => (/\.\w+$/.test(name) ? name : `${name}.service`));
	const level = args.value('p');
	const priority = level === undefined ? 7 : /^\d$/.test(level) ? Number(level) : priorities.indexOf(level);
	return entry =>
		(units.length === 0 ||
			units.includes(entry.unit) ||
			(entry.identifier === 'systemd' && units.some(unit => entry.text.includes(unit)))) &&
		(!args.has('k') || entry.identifier === 'kernel') &&
		(args.value('t') === undefined || entry.identifier === args.value('t')) &&
		entry.priority <= priority &&
		entry.atMs >= since &&
		entry.atMs <= until;
}

const options: ArgumentSpec = {
	flags: 'fexralqkm',
	values: 'unopStbUg',
	long: {
		unit: '=u',
		follow: '=f',
		lines: '=n',
		since: '=S',
		until: '=U',
		'no-pager': 'flag',
		reverse: '=r',
		output: '=o',
		priority: '=p',
		dmesg: '=k',
		boot: 'flag',
		'pager-end': '=e',
		catalog: '=x',
		identifier: '=t',
		grep: '=g',
		all: '=a',
		quiet: '=q',
		utc: 'flag',
		'disk-usage': 'flag',
	},
};

export default {
	name: 'journalctl',
	summary: 'read the system journal',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (args.problem && !/ -- 'b'/.test(args.problem)) {
			io.err(`journalctl: ${args.problem}\n`);
			return 1;
		}

		const {journal, sim} = io.machine;
		if (!journal) {
			io.err('No journal files were found.\n');
			return 1;
		}

		const now = sim.clock.now();
		const since = args.value('S') === undefined ? Number.NEGATIVE_INFINITY : instant(args.value('S')!, now);
		const until = args.value('U') === undefined ? Number.POSITIVE_INFINITY : instant(args.value('U')!, now);
		if (since === undefined || until === undefined) {
			io.err(`Failed to parse timestamp: ${since === undefined ? args.value('S') : args.value('U')}\n`);
			return 1;
		}

		const wanted = filter(args, since, until);
		let entries = journal.entries().filter(wanted);
		const count = args.value('n') ?? (args.has('f') ? '10' : undefined);
		if (count !== undefined && count !== 'all') entries = entries.slice(-Number(count));
		if (args.has('r')) entries = entries.toReversed();
		const format = line(io, args.value('o') ?? 'short');
		if (entries.length === 0 && !args.has('f')) io.out('-- No entries --\n');
		io.out(entries.map(format).join(''));
		if (!args.has('f')) return 0;
		let seen = journal.entries().filter(wanted).length;
		const end = io.unattended ? now + followUnattendedMs : Number.POSITIVE_INFINITY;
		while (sim.clock.now() < end) {
			yield {sleepMs: followMs};
			const all = journal.entries().filter(wanted);
			io.out(all.slice(seen).map(format).join(''));
			seen = all.length;
		}

		return 0;
	},
} satisfies Command<Machine>;
