import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import type {ExecutionContext} from 'ava';
import {toSvg} from '../../scripts/media/svg.js';
import {root} from './source-files.js';

export interface TestTerminal {
	screen(): string;
	/** The screen as an SVG picture. */
	picture(): string;
	type(text: string): void;
	/** Waits until the screen shows it; fails with the screen otherwise. */
	shows(form: RegExp, timeoutMs?: number): Promise<void>;
	resize(columns: number, rows: number): void;
	kill(signal: string): void;
	/** Waits for the end of the process. */
	exit(): Promise<number>;
	readonly alternate: boolean;
	readonly pid: number;
	readonly home: string;
}

export interface TerminalOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** What node runs; the sources unless it is given. */
	readonly program?: readonly string[];
}

const sources = ['--import=tsx', path.join(root, 'source/cli/main.ts')];

/** Nothing here takes a second, but the machine may be doing much else; a test that passes does not wait. */
const waitMs = 60_000;

/** kubelab in a real pseudo-terminal, its output drawn by a real terminal emulator. */
export function openTerminal(
	t: ExecutionContext,
	argv: readonly string[],
	{columns = 100, rows = 30, env = {}, program = sources}: TerminalOptions = {},
): TestTerminal {
	const home = env['KUBELAB_HOME'] ?? mkdtempSync(path.join(tmpdir(), 'kubelab-test-'));
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(CI|CONTINUOUS_INTEGRATION|NODE_OPTIONS|NODE_CHANNEL.*|AVA.*|NODE_ENV|NO_COLOR|FORCE_COLOR|LANG|LC_.*)$/.test(name),
	);
	const term = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const child = spawn(process.execPath, [...program, ...argv], {
		cols: columns,
		rows,
		cwd: root,
		name: 'xterm-256color',
		env: {...(Object.fromEntries(inherited) as Record<string, string>), LANG: 'C.UTF-8', KUBELAB_HOME: home, ...env},
	});
	let exitCode: number | undefined;
	child.onData(data => term.write(data));
	child.onExit(exit => (exitCode = exit.exitCode));
	t.teardown(() => child.kill('SIGKILL'));
	const screen = () =>
		Array.from({length: term.rows}, (_, y) => term.buffer.active.getLine(term.buffer.active.baseY + y)?.translateToString(true) ?? '').join(
			'\n',
		);
	return {
		screen,
		home,
		pid: child.pid,
		picture: () => toSvg(term),
		type: text => child.write(text),
		resize(nextColumns, nextRows) {
			term.resize(nextColumns, nextRows);
			child.resize(nextColumns, nextRows);
		},
		kill: signal => child.kill(signal),
		async shows(form, timeoutMs = waitMs) {
			const end = performance.now() + timeoutMs;
			while (!form.test(screen())) {
				if (performance.now() > end || exitCode !== undefined) {
					t.fail(`the screen never showed ${form}:\n${screen()}`);
					throw new Error(`the screen never showed ${form}`);
				}
				await delay(30);
			}
			t.pass();
		},
		async exit() {
			const end = performance.now() + waitMs;
			while (exitCode === undefined && performance.now() < end) await delay(30);
			// Its last bytes may come after the news of its end.
			await delay(200);
			await new Promise<void>(resolve => term.write('', resolve));
			return exitCode ?? -1;
		},
		get alternate() {
			return term.buffer.active.type === 'alternate';
		},
	};
}
