import {commands} from '../../commands/index.js';
import type {Machine} from '../../node/host/machine.js';
import {createSession} from '../../shell/session/session.js';
import type {Serving} from '../exchange.js';
import type {Channels} from './channels.js';
import {createLineDiscipline} from './line-discipline.js';

/** An interactive shell in a container, typed into from afar. */
export function talk({time, cluster}: Serving, machine: Machine, channels: Channels, onExit: (code: number) => void): void {
	const print = (text: string) => channels.out(text.replaceAll('\n', '\r\n'));
	const size = {columns: 80, rows: 24};
	let waiting: ((line: string | undefined) => void) | undefined;
	const readLine = () => new Promise<string | undefined>(resolve => (waiting = resolve));
	const session = createSession({
		machine,
		commands,
		time,
		random: cluster.sim.random.fork('serve/exec'),
		terminal: {
			get columns() {
				return size.columns;
			},
			get rows() {
				return size.rows;
			},
			sink: print,
			readLine,
		},
		breathe: () => new Promise(resolve => void setImmediate(resolve)),
	});
	const end = async () => {
		if (session.running) return session.interrupt();
		const {exitCode} = await session.endOfInput();
		onExit(exitCode);
	};
	const run = async (line: string) => {
		const {exitCode} = line.trim() ? await session.run(line) : {exitCode: 0};
		if (session.closed) return onExit(exitCode);
		print(session.prompt());
	};
	const discipline = createLineDiscipline({
		echo: print,
		line(text) {
			const give = waiting;
			waiting = undefined;
			if (give) give(text);
			else void run(text);
		},
		interrupt() {
			print('^C\n');
			if (session.running) session.interrupt();
			else print(session.prompt());
		},
		end() {
			const give = waiting;
			waiting = undefined;
			if (give) give(undefined);
			else void end();
		},
	});
	channels.onInput(discipline, () => void end());
	channels.onResize(to => Object.assign(size, to));
	channels.onGone(() => session.interrupt());
	print(session.prompt());
}
