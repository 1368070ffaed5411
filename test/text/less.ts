import {readFileSync} from 'node:fs';
import test from 'ava';
import xterm from '@xterm/headless';
import {createLiveTime} from '../../source/shell/run/time.js';
import {createSim} from '../../source/sim/sim.js';
import {fakeMachine, fakeSession} from '../helpers/fake-machine.js';

const [columns, rows] = [50, 10];

/** What less 590 showed in an xterm of 50 by 10, before and after each key; «» is reverse video. */
const recorded: ReadonlyArray<{line: string; keys: readonly string[]; screens: readonly string[]}> = readFileSync(
	new URL('../data/shell/less.jsonl', import.meta.url),
	'utf8',
)
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

const numbers = (from: number, to: number) => Array.from({length: to - from + 1}, (_, at) => from + at);
const lines = (items: ReadonlyArray<string | number>) => items.map(each => `${each}\n`).join('');
const texts: Readonly<Record<string, string>> = {
	f40: lines(numbers(1, 40).map(at => `line ${at}  some text about pods`)),
	f5: lines(numbers(1, 5)),
	wide: lines(numbers(1, 6).map(at => `L${at} ${numbers(1, 40).join(',')}`)),
	g: lines(numbers(100, 130)),
	ctl: 'a\tb\u001b[31mred\u001b[0m x\u0001y\nsecond \r\n',
};

/** Types keys as soon as somebody listens, and looks at the screen before each and at the end. */
async function play(line: string, keys: readonly string[]) {
	const term = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	const machine = fakeMachine();
	for (const [name, text] of Object.entries(texts)) machine.files.write(`/root/${name}`, text);
	const world = createSim('less');
	const screens: string[] = [];
	const look = () => new Promise<void>(done => term.write('', () => done())).then(() => void screens.push(shown(term)));
	const left = [...keys];
	let reader: AbortSignal | undefined;
	const session = fakeSession({
		machine,
		time: createLiveTime(world.clock),
		terminal: {
			...{columns, rows},
			sink: text => term.write(text),
			async readKey(signal) {
				reader = signal;
				// A pipe is asked again after 50 ms; only who does not wait for that waits for a key.
				world.clock.advance(60);
				if (signal?.aborted) return undefined;
				await look();
				return reader === signal ? left.shift() : undefined;
			},
		},
	});
	const result = await session.run(line);
	await look();
	return {screens, ...result};
}

function shown(term: InstanceType<typeof xterm.Terminal>): string {
	const {active} = term.buffer;
	const texts = numbers(0, rows - 1).map(y => {
		let [text, reverse] = ['', false];
		for (const x of numbers(0, columns - 1)) {
			const cell = active.getLine(active.baseY + y)!.getCell(x)!;
			if (Boolean(cell.isInverse()) !== reverse) text += (reverse = !reverse) ? '«' : '»';
			text += cell.getChars() || ' ';
		}
		return text.replace(/ +$/, '');
	});
	return `${active.type === 'alternate' ? 'ALT ' : 'MAIN'}\n${texts.join('\n')}`;
}

for (const {line, keys, screens} of recorded)
	test(`as less draws it: ${line}, then ${keys.join(' ')}`, async t => {
		const seen = await play(line, keys);
		for (const [index, screen] of screens.entries())
			t.is(seen.screens[index] ?? seen.screens.at(-1), screen, keys.slice(0, index).join(' '));
	});

test('ctrl-z gives the screen back, fg draws it anew', async t => {
	const shown: string[] = [];
	let listens = () => {};
	const next = () => new Promise<void>(resolve => (listens = resolve));
	let press = (_key: string) => {};
	const session = fakeSession({
		time: createLiveTime(createSim('less').clock),
		terminal: {
			...{columns, rows},
			sink: text => void shown.push(text),
			readKey: signal =>
				new Promise(resolve => {
					press = resolve;
					signal?.addEventListener('abort', () => resolve(undefined), {once: true});
					listens();
				}),
		},
	});
	await session.run('seq 5 > f');
	let ready = next();
	const line = session.run('less f');
	await ready;
	t.true(session.stop());
	await line;
	t.regex(shown.join('').slice(-90), /\u001b\[\?1049l\n\[1\]\+ {2}Stopped +less f\n$/);
	shown.length = 0;
	ready = next();
	const back = session.run('fg');
	await ready;
	t.regex(shown.join(''), /^less f\n\u001b\[\?1049h.*1\n2\n3\n4\n5\n/s);
	press('q');
	t.is((await back).exitCode, 0);
	t.true(shown.join('').endsWith('\u001b[?1049l'));
});

test('F shows what is added until ctrl-c; the file goes on meanwhile', async t => {
	const {screens} = await play('less f5', ['F', 'ctrl-c', 'q']);
	t.regex(screens[1]!, /«Waiting for data\.\.\. \(interrupt to abort\)/);
	t.regex(screens[2]!, /«\(END\)/);
});

test('!command runs, h helps and comes back, what is missing is said', async t => {
	const {screens} = await play('less f5', ['!', ...'wc -l %', '\n', '\n', 'h', 'q', '|', '\n', 'q']);
	t.true(screens.some(screen => /^MAIN\n5 f5\n!done {2}\(press RETURN\)/.test(screen)));
	t.true(screens.some(screen => screen.includes('SUMMARY OF LESS COMMANDS') && screen.includes('HELP -- Press RETURN for more')));
	t.true(screens.some(screen => screen.includes('kubelab: not simulated')));
});

test('to a pipe, and where nobody can press keys, it is cat', async t => {
	const session = fakeSession();
	await session.run('printf "a\\nb\\n" > f');
	t.is((await session.run('less f; less f | wc -l; cat f | more | tail -1')).stdout, 'a\nb\n2\nb\n');
	t.deepEqual(await session.run('less -o log f'), {stdout: '', stderr: 'kubelab: not simulated: less -o\n', exitCode: 125});
	t.is(
		(await session.run('less none; less -Y f')).stderr,
		'none: No such file or directory\nThere is no -Y option ("less --help" for help)\n',
	);
});
