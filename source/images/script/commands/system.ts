import {rfc3339} from '../../../api/time.js';
import type {Answer, Call, ScriptCommand} from '../command.js';
import {exitTask, waitUntil} from '../engine.js';
import {insideLoop, now} from '../state.js';
import {notSimulatedStatus} from './options.js';

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, '': 1000};

/** Sleeps in a loop only repeat themselves: they do not keep the world from settling, and neither does a long one. */
const oneOffMaxMs = 30_000;

function sleepFor(call: Call, word: string): Answer {
	if (word === 'infinity' || word === 'inf') return {wait: {kind: 'ever'}};
	const match = /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(word);
	if (!match) {
		call.err(`sleep: invalid number '${word}'\n`);
		return 1;
	}

	const ms = Math.round(Number(match[1]) * units[match[2]!]!);
	const loop = ms > oneOffMaxMs || insideLoop(call.run);
	return {wait: waitUntil(call.run, ms, loop), after: 0};
}

const simple = (name: string, run: (call: Call) => Answer): ScriptCommand => ({name, noInput: true, run});

function say(print: (text: string) => void, text: string, answer: Answer): Answer {
	print(text);
	return answer;
}

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const longWeekdays = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function dateText(ms: number, format: string): string {
	const text = rfc3339(ms);
	const month = months[Number(text.slice(5, 7)) - 1]!;
	const day = weekdays[Math.floor(ms / 86_400_000) % 7]!;
	const values: Readonly<Record<string, string>> = {
		Y: text.slice(0, 4),
		y: text.slice(2, 4),
		m: text.slice(5, 7),
		d: text.slice(8, 10),
		e: String(Number(text.slice(8, 10))).padStart(2),
		H: text.slice(11, 13),
		M: text.slice(14, 16),
		S: text.slice(17, 19),
		s: String(Math.floor(ms / 1000)),
		N: String((ms % 1000) * 1_000_000).padStart(9, '0'),
		F: text.slice(0, 10),
		T: text.slice(11, 19),
		D: `${text.slice(5, 7)}/${text.slice(8, 10)}/${text.slice(2, 4)}`,
		R: text.slice(11, 16),
		a: day,
		A: longWeekdays[weekdays.indexOf(day)]!,
		b: month,
		h: month,
		Z: 'UTC',
		z: '+0000',
		n: '\n',
		t: '\t',
		'%': '%',
	};
	return format.replace(/%(.)/g, (whole, letter: string) => values[letter] ?? whole);
}

function date(call: Call): Answer {
	const words = call.argv.slice(1);
	const format =
		words.find(word => word.startsWith('+'))?.slice(1) ??
		(words.some(word => word.startsWith('-I')) ? '%Y-%m-%d' : words.includes('-R') ? '%a, %d %b %Y %T +0000' : '%a %b %e %T UTC %Y');
	call.out(`${dateText(now(call.run), format)}\n`);
	return 0;
}

const ps = simple('ps', call => {
	const {machine} = call.run;
	call.out('PID   USER     TIME  COMMAND\n');
	for (const process of machine.processes.list()) {
		if (process.container !== machine.container) continue;
		call.out(`${String(process.innerPid ?? process.pid).padStart(5)} ${process.user.padEnd(8)}  0:00 ${process.argv.join(' ')}\n`);
	}

	return 0;
});

const signalNumber = (name: string): number =>
	({SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13})[name] ?? 15;

const kill = simple('kill', call => {
	const words = call.argv.slice(1);
	const option = words[0]?.startsWith('-') ? words.shift()!.slice(1) : 'TERM';
	const numbers: Readonly<Record<string, string>> = {
		'1': 'HUP',
		'2': 'INT',
		'3': 'QUIT',
		'9': 'KILL',
		'10': 'USR1',
		'11': 'SEGV',
		'12': 'USR2',
		'15': 'TERM',
	};
	const signal = option === 's' ? words.shift()! : option;
	const name = `SIG${(numbers[signal] ?? signal).toUpperCase().replace(/^SIG/, '')}`;
	const {machine, state} = call.run;
	let status = 0;
	for (const word of words) {
		const job = state.tasks[Number(word) - 100];
		const process = machine.processes.list().find(each => each.container === machine.container && String(each.innerPid) === word);
		if (job && !job.done) exitTask(call.run, job, 128 + signalNumber(name));
		else if (signal === '0' && process) continue;
		else if (process) machine.world.runtime(machine.host).signalProcess(process.pid, name);
		else {
			call.err(`${call.run.shell}: can't kill pid ${word}: No such process\n`);
			status = 1;
		}
	}

	return status;
});

const commands: readonly ScriptCommand[] = [
	simple('sleep', call => sleepFor(call, call.argv[1] ?? '')),
	simple('usleep', call => ({wait: waitUntil(call.run, Math.floor(Number(call.argv[1] ?? 0) / 1000), false), after: 0})),
	simple('date', date),
	ps,
	kill,
	simple('true', () => 0),
	simple('false', () => 1),
	simple('hostname', ({run, out, argv}) => {
		const address = run.machine.stack.links.list().find(link => link.name === 'eth0')?.addresses[0]?.address ?? '';
		out(`${argv[1] === '-i' || argv[1] === '-I' ? address : run.machine.hostname}\n`);
		return 0;
	}),
	simple('whoami', ({run, out}) => say(out, `${run.machine.user}\n`, 0)),
	simple('id', ({run, out}) => {
		const {user} = run.machine;
		out(user === 'root' ? 'uid=0(root) gid=0(root) groups=0(root),10(wheel)\n' : `uid=${user} gid=0(root) groups=0(root)\n`);
		return 0;
	}),
	simple('uname', ({run, out, argv}) => {
		const release = '5.14.0-570.12.1.el9_6.x86_64';
		const option = argv[1] ?? '-s';
		out(
			`${{'-r': release, '-n': run.machine.hostname, '-m': 'x86_64', '-a': `Linux ${run.machine.hostname} ${release} #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux`}[option] ?? 'Linux'}\n`,
		);
		return 0;
	}),
	...['env', 'printenv'].map(name =>
		simple(name, ({env, out, argv}) => {
			const wanted = argv[1];
			if (wanted && name === 'printenv') {
				if (env[wanted] !== undefined) out(`${env[wanted]}\n`);
				return env[wanted] === undefined ? 1 : 0;
			}

			out(
				Object.entries(env)
					.map(([key, value]) => `${key}=${value}\n`)
					.join(''),
			);
			return 0;
		}),
	),
	simple('seq', ({argv, out, err}) => {
		const numbers = argv.slice(1).map(Number);
		if (numbers.length === 0 || numbers.some(Number.isNaN)) return say(err, 'seq: needs numbers\n', 1);
		const [from, step, to] =
			numbers.length === 1
				? [1, 1, numbers[0]!]
				: numbers.length === 2
					? [numbers[0]!, 1, numbers[1]!]
					: (numbers as [number, number, number]);
		const count = step === 0 ? 0 : Math.min(100_000, Math.floor((to - from) / step) + 1);
		out(Array.from({length: Math.max(0, count)}, (_, i) => `${from + i * step}\n`).join(''));
		return 0;
	}),
	simple('expr', ({argv, out, run}) => {
		const [left = '', operator, right = ''] = argv.slice(1);
		const [a, b] = [Number(left), Number(right)];
		const value =
			operator === '+'
				? a + b
				: operator === '-'
					? a - b
					: operator === '*'
						? a * b
						: operator === '/'
							? Math.trunc(a / b)
							: operator === '%'
								? a % b
								: operator === undefined
									? left
									: undefined;
		if (value === undefined) {
			run.machine.sim.notes.notSimulated(`expr ${operator} in a container script`);
			return notSimulatedStatus;
		}

		out(`${value}\n`);
		return String(value) === '0' || value === '' ? 1 : 0;
	}),
	simple('yes', ({argv, out, task}) =>
		say(out, `${argv.slice(1).join(' ') || 'y'}\n`.repeat(1000), task.fds['1']?.kind === 'pipe' ? 141 : {wait: {kind: 'ever'}}),
	),
	simple('dd', call => {
		const value = (name: string) => call.argv.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1);
		const size = (text = '512') =>
			Number.parseInt(text, 10) * ({k: 1024, K: 1024, M: 1_048_576, G: 1_073_741_824}[text.replace(/^\d+/, '')[0] ?? ''] ?? 1);
		const bytes = size(value('bs')) * Number(value('count') ?? 1);
		const target = value('of');
		if (target) call.run.machine.files.write(call.path(target), '\0'.repeat(Math.min(bytes, 20_000_000)));
		call.err(`${value('count') ?? 1}+0 records in\n${value('count') ?? 1}+0 records out\n`);
		return 0;
	}),
	simple('nproc', ({out}) => say(out, '2\n', 0)),
	simple('sync', () => 0),
	simple('tty', ({out}) => say(out, 'not a tty\n', 1)),
	simple('which', ({argv, out, run}) => {
		const found = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
			.map(folder => `${folder}/${argv[1]}`)
			.find(path => run.machine.files.exists(path));
		if (found) out(`${found}\n`);
		return found ? 0 : 1;
	}),
];

export default commands;
