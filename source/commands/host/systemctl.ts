import type {Machine} from '../../node/host/machine.js';
import {signalName, type Unit, type Units} from '../../os/units.js';
import type {Command, Io, Run} from '../../shell/command.js';
import {type ArgumentSpec, notSimulated, parseArguments} from './arguments.js';
import {visibleProcesses} from './process-rows.js';
import {strftime, syslogTime} from './strftime.js';
import {show} from './systemctl-show.js';

type Verb = (io: Io<Machine>, units: Units, names: readonly string[], flags: ReadonlySet<string>) => number;

const fullName = (name: string) => (/\.\w+$/.test(name) ? name : `${name}.service`);

/** Verbs that change a unit; they go on after one that fails. */
const change =
	(verb: string, act: (units: Units, unit: Unit) => void): Verb =>
	(io, units, names) => {
		let status = 0;
		for (const name of names) {
			const unit = units.get(name);
			if (!unit) {
				io.err(`Failed to ${verb} ${fullName(name)}: Unit ${fullName(name)} not found.\n`);
				status = 5;
			} else if (unit.enabledState === 'masked' && verb !== 'stop') {
				io.err(`Failed to ${verb} ${unit.name}: Unit ${unit.name} is masked.\n`);
				status = 1;
			} else act(units, unit);
		}

		return status;
	};

const enable: Verb = (io, units, names, flags) => {
	let status = 0;
	for (const name of names) {
		if (!units.get(name)) {
			io.err(`Failed to enable unit: Unit file ${fullName(name)} does not exist.\n`);
			status = 1;
			continue;
		}

		const text = units.enable(name);
		if (text) io.err(`${text}\n`);
		if (flags.has('now')) units.start(name);
	}

	return status;
};

const disable: Verb = (io, units, names, flags) => {
	let status = 0;
	for (const name of names) {
		if (!units.get(name)) {
			io.err(`Failed to disable unit: Unit file ${fullName(name)} does not exist.\n`);
			status = 1;
			continue;
		}

		const text = units.disable(name);
		if (text) io.err(`${text}\n`);
		if (flags.has('now')) units.stop(name);
	}

	return status;
};

const mask =
	(masked: boolean): Verb =>
	(io, units, names) => {
		for (const name of names) {
			units.mask(name, masked);
			io.err(
				masked
					? `Created symlink /etc/systemd/system/${fullName(name)} → /dev/null.\n`
					: `Removed "/etc/systemd/system/${fullName(name)}".\n`,
			);
		}

		return 0;
	};

/** One word a unit; the exit status says whether all are. */
const ask =
	(word: (unit: Unit | undefined) => string, good: readonly string[], bad: number): Verb =>
	(io, units, names, flags) => {
		const words = names.map(name => word(units.get(name)));
		if (!flags.has('quiet') && !flags.has('q')) for (const each of words) io.out(`${each}\n`);
		return words.some(each => good.includes(each)) ? 0 : bad;
	};

const status: Verb = (io, units, names) => {
	let code = 0;
	for (const [index, name] of names.entries()) {
		const unit = units.get(name);
		if (index > 0) io.out('\n');
		if (!unit) {
			io.err(`Unit ${fullName(name)} could not be found.\n`);
			code = 4;
		} else {
			io.out(describe(io, unit));
			if (unit.activeState !== 'active') code = 3;
		}
	}

	return code;
};

function describe(io: Io<Machine>, unit: Unit): string {
	const {machine} = io;
	const now = machine.sim.clock.now();
	const dot = {failed: '×', active: '●', activating: '●', inactive: '○'}[unit.activeState];
	const since = `since ${strftime('%a %F %T UTC', unit.sinceMs)}; ${ago(now - unit.sinceMs)} ago`;
	const cause = ` (Result: ${(unit.exitCode ?? 0) > 128 ? 'signal' : 'exit-code'})`;
	const result = unit.activeState === 'failed' ? cause : ` (${unit.sub})${unit.activeState === 'activating' ? cause : ''}`;
	const lines = [
		`${dot} ${unit.name} - ${unit.description}`,
		`     Loaded: loaded (${unit.path}; ${unit.enabledState}; preset: disabled)`,
		...(unit.dropIns ?? []).flatMap((path, index) =>
			index === 0
				? [`    Drop-In: ${path.slice(0, path.lastIndexOf('/'))}`, `             └─${path.slice(path.lastIndexOf('/') + 1)}`]
				: [],
		),
		unit.activeState === 'inactive' && unit.sinceMs === 0
			? '     Active: inactive (dead)'
			: `     Active: ${unit.activeState}${result} ${since}`,
		...(unit.documentation ?? []).map((text, index) => `${index === 0 ? '       Docs: ' : '             '}${text}`),
	];
	const row = unit.mainPid ? visibleProcesses(machine).find(each => each.pid === unit.mainPid) : undefined;
	if (row) {
		const name = (unit.argv?.[0] ?? '').split('/').at(-1)!.split(' ')[0]!;
		lines.push(
			`   Main PID: ${unit.mainPid} (${name})`,
			'      Tasks: 12 (limit: 23162)',
			`     Memory: ${(row.rssKib / 1024).toFixed(1)}M`,
			'        CPU: 1.204s',
			`     CGroup: /system.slice/${unit.name}`,
			`             └─${unit.mainPid} ${unit.argv?.join(' ') ?? ''}`,
		);
	} else if (unit.exitCode !== undefined && unit.argv) {
		const how = endOf(unit.exitCode);
		lines.push(`    Process: ${unit.lastPid ?? 1} ExecStart=${unit.argv.join(' ')} (${how})`, `   Main PID: ${unit.lastPid ?? 1} (${how})`);
	}

	const log =
		machine.journal
			?.entries()
			.filter(entry => entry.unit === unit.name || entry.text.includes(unit.name))
			.slice(-10) ?? [];
	if (log.length > 0)
		lines.push('', ...log.map(entry => `${syslogTime(entry.atMs)} ${machine.hostname} ${entry.identifier}[${entry.pid}]: ${entry.text}`));
	return `${lines.join('\n')}\n`;
}

const endOf = (exitCode: number): string =>
	exitCode > 128
		? `code=killed, signal=${signalName(exitCode)}`
		: `code=exited, status=${exitCode}/${exitCode === 0 ? 'SUCCESS' : 'FAILURE'}`;

/** `3min 34s`, `2h 5min`, `1 day 3h`. */
export function ago(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
	if (days > 0) return `${days} day${days > 1 ? 's' : ''}${hours > 0 ? ` ${hours}h` : ''}`;
	if (hours > 0) return `${hours}h${minutes > 0 ? ` ${minutes}min` : ''}`;
	return minutes > 0 ? `${minutes}min ${seconds % 60}s` : `${seconds}s`;
}

/** `--type=service,socket` and `--state=running`: kept among the flags as `type=...` and `state=...`. */
function isWanted({name, activeState, sub}: Unit, flags: ReadonlySet<string>): boolean {
	const listed = (option: string) =>
		[...flags].filter(flag => flag.startsWith(`${option}=`)).flatMap(flag => flag.slice(option.length + 1).split(','));
	const [types, states] = [listed('type'), listed('state')];
	const type = name.slice(name.lastIndexOf('.') + 1);
	return (
		(types.length === 0 || types.includes(type)) &&
		(states.length === 0 || states.some(state => [activeState, sub, 'loaded'].includes(state)))
	);
}

const unitTypes = ['automount', 'device', 'mount', 'path', 'scope', 'service', 'slice', 'socket', 'swap', 'target', 'timer'];
const typeOf = (name: string) => unitTypes.indexOf(name.slice(name.lastIndexOf('.') + 1));
const byTypeAndName = (a: Unit, b: Unit) => typeOf(a.name) - typeOf(b.name) || (a.name < b.name ? -1 : 1);

const list: Verb = (io, units, names, flags) => {
	const rows = units
		.list()
		.filter(
			unit =>
				(flags.has('all') || flags.has('a') || unit.activeState !== 'inactive') &&
				isWanted(unit, flags) &&
				(names.length === 0 || names.some(name => unit.name.startsWith(name.replace(/\*$/, '')))),
		);
	const wanted = rows.filter(unit => !flags.has('failed') || unit.activeState === 'failed').sort(byTypeAndName);
	const cells = wanted.map(unit => [unit.name, 'loaded', unit.activeState, unit.sub, unit.description]);
	const table = [['UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION'], ...cells];
	const widths = [0, 1, 2, 3].map(column => Math.max(...table.map(row => row[column]!.length)));
	for (const row of table) {
		if (row === table[0] && flags.has('no-legend')) continue;
		io.out(`  ${row.map((cell, column) => (column === 4 ? cell : cell.padEnd(widths[column]!))).join(' ')}\n`);
	}

	if (!flags.has('no-legend')) {
		io.out(
			`\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n${wanted.length} loaded units listed.${flags.has('all') ? '' : ' Pass --all to see loaded but inactive units, too.'}\nTo show all installed unit files use 'systemctl list-unit-files'.\n`,
		);
	}

	return 0;
};

const listFiles: Verb = (io, units, names, flags) => {
	const rows = units
		.list()
		.filter(unit => isWanted(unit, flags) && (names.length === 0 || names.some(name => unit.name.startsWith(name.replace(/\*$/, '')))))
		.sort(byTypeAndName);
	const width = Math.max(9, ...rows.map(unit => unit.name.length));
	io.out(`${'UNIT FILE'.padEnd(width)} STATE    PRESET\n`);
	for (const unit of rows)
		io.out(`${unit.name.padEnd(width)} ${unit.enabledState.padEnd(8)} ${unit.enabledState === 'static' ? '-' : 'disabled'}\n`);
	io.out(`\n${rows.length} unit files listed.\n`);
	return 0;
};

const cat: Verb = (io, units, names) => {
	for (const name of names) {
		const unit = units.get(name);
		if (!unit) {
			io.err(`No files found for ${fullName(name)}.\n`);
			return 1;
		}

		for (const path of [unit.path, ...(unit.dropIns ?? [])]) {
			if (io.machine.files.exists(path)) io.out(`# ${path}\n${io.machine.files.readText(path)}\n`);
		}
	}

	return 0;
};

const running = (unit: Unit | undefined) => unit?.activeState ?? 'inactive';

const verbs: Readonly<Record<string, Verb>> = {
	start: change('start', (units, unit) => units.start(unit.name)),
	stop: change('stop', (units, unit) => units.stop(unit.name)),
	restart: change('restart', (units, unit) => units.restart(unit.name)),
	reload: change('reload', () => undefined),
	'reload-or-restart': change('restart', (units, unit) => units.restart(unit.name)),
	'try-restart': change('restart', (units, unit) => (unit.activeState === 'active' ? units.restart(unit.name) : unit)),
	enable,
	disable,
	mask: mask(true),
	unmask: mask(false),
	status,
	'is-active': ask(running, ['active'], 3),
	'is-failed': ask(running, ['failed'], 1),
	'is-enabled': ask(unit => unit?.enabledState ?? 'not-found', ['enabled', 'static'], 1),
	'list-units': list,
	'list-unit-files': listFiles,
	cat,
	'daemon-reload': () => 0,
	'daemon-reexec': () => 0,
	'reset-failed': () => 0,
	'get-default': io => {
		io.out('multi-user.target\n');
		return 0;
	},
};

/** Verbs that systemctl has and the simulation lacks. */
const others = [
	'edit',
	'kill',
	'isolate',
	'set-property',
	'list-timers',
	'list-sockets',
	'list-dependencies',
	'list-jobs',
	'set-default',
	'show-environment',
	'suspend',
	'rescue',
	'clean',
	'freeze',
];

const options: ArgumentSpec = {
	flags: 'alqfr',
	values: 'tnpo',
	long: {
		all: 'flag',
		now: 'flag',
		quiet: 'flag',
		full: 'flag',
		force: '=f',
		failed: 'flag',
		'no-pager': 'flag',
		'no-legend': 'flag',
		system: 'flag',
		'no-block': 'flag',
		type: '=t',
		state: 'value',
		lines: '=n',
		property: '=p',
		value: 'flag',
		output: '=o',
	},
};

function* run(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(1), options);
	if (args.problem) {
		io.err(`systemctl: ${args.problem}\n`);
		return 1;
	}

	const [verb = 'list-units', ...names] = args.operands;
	const {units} = io.machine;
	if (!units) {
		io.err("System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n");
		return 1;
	}

	if (['reboot', 'poweroff', 'halt'].includes(verb))
		return ((yield {exec: {argv: [`/usr/sbin/${verb}`], stream: true}}) as {exitCode: number}).exitCode;
	if (verb === 'show') return show(io, units, names, args.all('p'), args.has('value'));
	const act = Object.hasOwn(verbs, verb) ? verbs[verb]! : undefined;
	if (!act) {
		if (others.includes(verb)) return notSimulated(io, `systemctl ${verb}`);
		io.err(`Unknown command verb ${verb}.\n`);
		return 1;
	}

	const alone = verb.startsWith('list') || verb.startsWith('daemon') || verb === 'reset-failed' || verb === 'get-default';
	if (names.length === 0 && !alone) {
		if (verb === 'status') return notSimulated(io, 'systemctl status without a unit');
		io.err('Too few arguments.\n');
		return 1;
	}

	const flags = new Set(['all', 'now', 'quiet', 'failed', 'no-legend', 'q', 'a'].filter(name => args.has(name)));
	const wanted = {type: args.value('t'), state: args.value('state')};
	for (const [option, value] of Object.entries(wanted)) if (value !== undefined) flags.add(`${option}=${value}`);
	return act(io, units, names, flags);
}

function* service(io: Io<Machine>): Run {
	const [, name, verb] = io.argv;
	if (name === undefined || verb === undefined) {
		io.err('Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n');
		return 1;
	}

	io.err(`Redirecting to /bin/systemctl ${verb} ${name}.service\n`);
	return ((yield {exec: {argv: ['/usr/bin/systemctl', verb, name], stream: true}}) as {exitCode: number}).exitCode;
}

export default [
	{name: 'systemctl', summary: 'start, stop and look at services', run},
	{name: 'service', path: '/usr/sbin/service', summary: 'the old way to say systemctl', run: service},
] satisfies Command<Machine>[];
