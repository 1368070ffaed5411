import type {Machine} from '../../../node/host/machine.js';
import type {Unit} from '../../../os/units.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {throughPager} from '../../text/less/page.js';
import {type ArgumentSpec, notSimulated, parseArguments} from '../arguments.js';
import {ask, cat} from './ask.js';
import {change, disable, enable, mask, reload} from './change.js';
import {list, listFiles} from './list.js';
import {show} from './show.js';
import {status, systemStatus} from './status.js';
import {listTimers} from './timers.js';
import {fullName, type Verb} from './verb.js';

const running = (unit: Unit | undefined) => unit?.activeState ?? 'inactive';

const verbs: Readonly<Record<string, Verb>> = {
	start: change('start', (units, unit) => units.start(unit.name)),
	stop: change('stop', (units, unit) => units.stop(unit.name)),
	restart: change('restart', (units, unit) => units.restart(unit.name)),
	reload,
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
	'list-timers': listTimers,
	'list-jobs': io => {
		io.out('No jobs running.\n');
		return 0;
	},
	'show-environment': io => {
		io.out('LANG=en_US.UTF-8\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin\n');
		return 0;
	},
	'is-system-running': (io, units) => {
		const failed = units.list().some(unit => unit.activeState === 'failed');
		io.out(failed ? 'degraded\n' : 'running\n');
		return failed ? 1 : 0;
	},
	kill: (io, units, names) => {
		let status = 0;
		for (const name of names) {
			const unit = units.get(name);
			if (unit?.mainPid) io.machine.world.signal?.(io.machine.host, unit.mainPid, 'SIGTERM');
			else {
				io.err(
					unit
						? `Failed to kill unit ${unit.name}: No main process to kill\n`
						: `Failed to kill unit ${fullName(name)}: Unit ${fullName(name)} not loaded.\n`,
				);
				status = 1;
			}
		}

		return status;
	},
	'daemon-reload': () => 0,
	'daemon-reexec': () => 0,
	'reset-failed': () => 0,
	'get-default': io => {
		io.out('multi-user.target\n');
		return 0;
	},
};

/** Verbs that need no unit. */
const alone = new Set([
	...['list-units', 'list-unit-files', 'list-timers', 'list-jobs', 'daemon-reload', 'daemon-reexec', 'reset-failed', 'get-default'],
	...['show-environment', 'is-system-running'],
]);

/** Verbs whose answer may be long: on a terminal they show it in a pager. */
const pages = new Set(['status', 'cat', 'list-units', 'list-unit-files', 'list-timers', 'list-jobs', 'show-environment']);

/** Verbs that systemctl has and the simulation lacks. */
const others = [
	'edit',
	'isolate',
	'set-property',
	'list-sockets',
	'list-dependencies',
	'set-default',
	'suspend',
	'rescue',
	'clean',
	'freeze',
];

const version = `systemd 252 (252-51.el9)
+PAM +AUDIT +SELINUX -APPARMOR +IMA +SMACK +SECCOMP +GCRYPT +GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS -FIDO2 +IDN2 -IDN -IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT -QRENCODE +TPM2 +BZIP2 +LZ4 +XZ +ZLIB +ZSTD -BPF_FRAMEWORK +XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified
`;

const options: ArgumentSpec = {
	flags: 'alqfr',
	values: 'tnpos',
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
		version: 'flag',
		signal: '=s',
	},
};

function* run(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(1), options);
	if (args.problem) {
		io.err(`systemctl: ${args.problem}\n`);
		return 1;
	}

	if (args.has('version')) {
		io.out(version);
		return 0;
	}

	const [verb = 'list-units', ...names] = args.operands;
	const {units} = io.machine;
	if (!units) {
		io.err("System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n");
		return 1;
	}

	if (['reboot', 'poweroff', 'halt'].includes(verb))
		return ((yield {exec: {argv: [`/usr/sbin/${verb}`], stream: true}}) as {exitCode: number}).exitCode;
	const paged = (print: (io: Io<Machine>) => number) => (args.has('no-pager') ? answered(print(io)) : throughPager(io, print));
	if (verb === 'show') return yield* paged(to => show(to, units, names, args.all('p'), args.has('value')));
	const act = Object.hasOwn(verbs, verb) ? verbs[verb]! : undefined;
	if (!act) {
		if (others.includes(verb)) return notSimulated(io, `systemctl ${verb}`);
		io.err(`Unknown command verb ${verb}.\n`);
		return 1;
	}

	if (names.length === 0 && !alone.has(verb)) {
		if (verb === 'status') return yield* paged(to => systemStatus(to, units));
		io.err('Too few arguments.\n');
		return 1;
	}

	const flags = new Set(['all', 'now', 'quiet', 'failed', 'no-legend', 'q', 'a'].filter(name => args.has(name)));
	const wanted = {type: args.value('t'), state: args.value('state')};
	for (const [option, value] of Object.entries(wanted)) if (value !== undefined) flags.add(`${option}=${value}`);
	return yield* pages.has(verb) ? paged(to => act(to, units, names, flags)) : answered(act(io, units, names, flags));
}

function* answered(status: number): Run {
	return status;
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
