// npm run storm -- [MINUTES] [SEED]     random keys, pastes and sizes over a real pseudo-terminal, with a kill -9 or a hang-up now and then:
// nothing may crash, each start must offer what was typed, and after each end the terminal must be as it was
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import {fileURLToPath} from 'node:url';
import xterm from '@xterm/headless';
import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [minutes = '3', seed = '1'] = process.argv.slice(2);
const random = createRandom(new State(), `storm/${seed}`).fork('keys');
const letters = [...'abcdefghijklmnopqrstuvwxyzGN0123456789/?<>:;|&"\'$(){}# \\-'];
const control = Array.from({length: 26}, (_, index) => String.fromCharCode(index + 1)).filter(key => key !== '\u0011');
const sequences = ['A', 'B', 'C', 'D', 'H', 'F', '5~', '6~', '3~', 'Z', '1;5C', '1;2A', '?1;2c', '<0;3;4M'].map(end => `\u001b[${end}`);
const meta = [...'1234567890.bdflrvozZsuyge?xnkjmhH'].map(letter => `\u001b${letter}`);
const lines = [
	'kubectl get pods',
	'vi f',
	'ls | head',
	'sleep 3',
	'ping k8s-node1',
	'fg',
	'lab undo',
	'watch kubectl get po',
	'kubectl edit svc web',
];
const keys = [
	...letters,
	...control,
	...sequences,
	...meta,
	...lines.map(line => `${line}\r`),
	'\u001b',
	'\u001b[200~pasted\n中文 text\n\u001b[201~',
	'\u{1f600}',
	'中文',
];
/** Sent to a terminal that is to be used again. */
const left = /\u001b\[\?1049l/;
const deadline = Date.now() + Number(minutes) * 60_000;
const problems: string[] = [];
let [presses, starts] = [0, 0];
let home = mkdtempSync(path.join(tmpdir(), 'kubelab-storm-'));
while (Date.now() < deadline) {
	if (starts++ % 4 === 0) {
		rmSync(home, {recursive: true});
		home = mkdtempSync(path.join(tmpdir(), 'kubelab-storm-'));
	}
	await oneLife(starts);
	process.stderr.write(`\r${starts} starts, ${presses} bursts, ${problems.length} problems `);
}
rmSync(home, {recursive: true});
console.log(JSON.stringify({starts, bursts: presses, problems}));
process.exit(problems.length > 0 ? 1 : 0);

async function oneLife(number: number) {
	const term = new xterm.Terminal({cols: 100, rows: 30, allowProposedApi: true});
	const env = {
		...(process.env as Record<string, string>),
		KUBELAB_HOME: home,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		EDITOR: '/bin/true',
		VISUAL: '',
		KUBE_EDITOR: '',
	};
	// The shell lives on, as a learner's does, and says what it finds; a ctrl-c or ctrl-z that comes after the end is for it.
	const child = spawn(
		'/bin/sh',
		['-c', `trap : INT TSTP; ${process.execPath} dist/cli.js start ipvs-switch; echo "ended $?"; sleep 0.5; stty -a; sleep 1`],
		{
			cols: 100,
			rows: 30,
			cwd: root,
			env,
		},
	);
	let [ended, tail] = [false, ''];
	child.onExit(() => (ended = true));
	child.onData(data => {
		tail = (tail + data).slice(-200_000);
		term.write(data);
	});
	const screen = () =>
		Array.from({length: term.rows}, (_, y) => term.buffer.active.getLine(term.buffer.active.baseY + y)?.translateToString(true) ?? '').join(
			'\n',
		);
	await delay(2500);
	const last: string[] = [];
	for (let burst = 0; burst < 60 && !ended && !/ended \d+/.test(tail) && Date.now() < deadline; burst++) {
		const text = Array.from({length: 1 + random.int(12)}, () => random.pick(keys)).join('');
		last.push(text);
		child.write(text);
		presses++;
		if (random.chance(1, 6)) {
			const [columns, rows] = [20 + random.int(200), 5 + random.int(60)];
			child.resize(columns, rows);
			term.resize(columns, rows);
		}
		await delay(40 + random.int(160));
		if (/This part failed|此处出错|went wrong inside/.test(screen())) {
			problems.push(`start ${number}: failed after ${JSON.stringify(last.slice(-3))}: ${screen().slice(0, 600)}`);
			break;
		}
	}
	let signal = 'none';
	if (!/ended \d+/.test(tail)) {
		const own = programOf(child.pid);
		signal = random.pick(['SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGHUP'] as const);
		if (own) process.kill(own, signal);
	}
	// A busy machine must not look like a program that hangs.
	for (let waits = 0; waits < 600 && !ended; waits++) await delay(100);
	const status = /ended (\d+)/.exec(tail)?.[1];
	if (!['0', '137', '143', '129'].includes(status ?? ''))
		problems.push(`start ${number}: status ${status} by ${signal} after ${JSON.stringify(last.slice(-3))}: ${tail.slice(-1500)}`);
	if (!left.test(tail) || term.buffer.active.type !== 'normal')
		problems.push(`start ${number}: the alternate screen was not left (${status})`);
	if (status && !/(^|[\s;])icanon/.test(tail)) problems.push(`start ${number}: the terminal is raw (${status})`);
	if (tail.lastIndexOf('\u001b[?25h') < tail.lastIndexOf('\u001b[?25l')) problems.push(`start ${number}: no cursor (${status})`);
	if (!/\u001b\[\?2004l/.test(tail)) problems.push(`start ${number}: pastes are still marked (${status})`);
	child.kill('SIGKILL');
}

/** What the shell runs; nothing when it has ended a moment ago and the shell has not said so yet. */
function programOf(shell: number): number | undefined {
	try {
		return Number(execFileSync('pgrep', ['-P', String(shell)], {encoding: 'utf8'}).split('\n')[0]);
	} catch {
		return undefined;
	}
}
