import {late, withDeadline} from '../run/deadline.js';
import {childOf, held, onStop} from '../run/stopping.js';
import {capture, type Capture, nullStream, type Stream} from '../run/stream.js';
import type {Streams} from '../run/streams.js';
import type {Terminal} from './terminal.js';
import type {Time} from '../run/time.js';

/** Where a session's shells read and write: the terminal if there is one, and what a caller of `run` is given. */
export interface Console {
	readonly streams: Streams;
	/** Standard input of the session itself, as against a pipe or file. */
	readonly keyboard: Stream;
	/** Forgets what was printed before. */
	begin(): void;
	printed(): {stdout: string; stderr: string};
	/** What a terminal itself shows of a key that is no input: `^C`. */
	echo(text: string): void;
	/** Ends the line that stands on the terminal, unless one has just ended. */
	freshLine(): void;
	/** Waits for the learner: the shell is not running meanwhile, virtual time belongs to the pump. */
	ask<T>(
		read: ((signal?: AbortSignal) => Promise<T | undefined>) | undefined,
		signal?: AbortSignal,
		/** The answer when it was stopped meanwhile and goes on; absent: it asks again. */
		continued?: T,
	): Promise<T | undefined>;
	/** A key for who owns the screen: see `Effect`. */
	press(withinMs: number | undefined, signal?: AbortSignal): Promise<string | undefined>;
}

export function createConsole(time: Time, terminal: Terminal | undefined): Console {
	let captured: {stdout: Capture; stderr: Capture} = {stdout: capture(), stderr: capture()};
	const ask: Console['ask'] = async (read, signal, continued) => {
		if (!read) return undefined;
		return time.suspend(resume => {
			const begin = () => {
				// A command that is stopped gives the keyboard back, and asks again when it goes on.
				const {controller, free} = childOf(signal);
				const unwatch = onStop(signal, () => controller.abort());
				const goOn = continued === undefined ? begin : () => resume(continued as never);
				const end = (answer: unknown) => {
					free();
					unwatch();
					if (!controller.signal.aborted || signal?.aborted || !held(signal, goOn)) resume(answer as never);
				};
				void read(controller.signal).then(end, () => end(undefined));
			};
			begin();
		}, signal);
	};
	/** The last line on the terminal is not ended; a command that had the alternate screen leaves it where it found it. */
	let open = false;
	const show = (text: string, stream: 'stdout' | 'stderr') => {
		open = !/(?:\n|\u001b\[\?1049l)$/.test(text);
		terminal?.sink(text, stream);
	};
	const sink = (stream: 'stdout' | 'stderr'): Stream => ({
		terminal: terminal !== undefined,
		write(text) {
			captured[stream].write!(text);
			show(text, stream);
		},
	});
	const keyboard: Stream = {
		...nullStream,
		...(terminal && {
			terminal: true,
			async readLine(signal?: AbortSignal) {
				const line = await ask(terminal.readLine, signal);
				return line === undefined ? undefined : `${line}\n`;
			},
			readKey: (signal?: AbortSignal) => ask(terminal.readKey, signal),
		}),
	};
	const press: Console['press'] = async (withinMs, signal) => {
		const readKey = (from?: AbortSignal) => ask(terminal?.readKey && (abort => terminal.readKey!(abort, true)), from, 'redraw');
		if (withinMs === undefined || !terminal?.readKey) return readKey(signal);
		const key = await withDeadline(time, withinMs, signal, readKey);
		return key === late ? 'timeout' : key;
	};
	return {
		press,
		keyboard,
		streams: new Map([
			[0, keyboard],
			[1, sink('stdout')],
			[2, sink('stderr')],
		]),
		begin() {
			open = false;
			captured = {stdout: capture(), stderr: capture()};
		},
		printed: () => ({stdout: captured.stdout.text(), stderr: captured.stderr.text()}),
		echo: text => show(text, 'stdout'),
		freshLine: () => open && show('\n', 'stdout'),
		ask,
	};
}
