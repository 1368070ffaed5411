import process from 'node:process';
import {restore} from './restore.js';
import {createKeyReader, type KeyPress} from '../ui/keys/key-reader.js';

/** The learner's terminal, ours from `take` to `give`: raw, on its alternate screen. */
export interface Tty {
	take(onKey: (key: KeyPress) => void): void;
	/** Puts it back as it was. Does nothing the second time. */
	give(): void;
	write(bytes: string): void;
}

/** Alternate screen, no wrapping at the edge, pastes marked as such. */
const enter = '\u001b[?1049h\u001b[?7l\u001b[?2004h\u001b[H';
/** The start is not made longer by it. */
const watchAfterMs = 1000;

/** An Escape with nothing behind it for so long was the key; over a slow line a sequence may come in two pieces. */
const escapeMs = 30;

/**
 * Raw before the first byte is drawn and until after the last: at no moment does the terminal echo a key or make another of it. Keys are
 * read from then on, drawn or not.
 */
export function createTty(): Tty {
	const {stdin, stdout} = process;
	const reader = createKeyReader();
	let taken = false;
	let onKey: (key: KeyPress) => void = () => {};
	let timer: NodeJS.Timeout | undefined;
	let watchman: {dismiss(): void} | undefined;
	const watch = async () => {
		const {postWatchman} = await import('./watchman.js');
		if (taken) watchman ??= postWatchman();
	};
	const flush = () => {
		for (const key of reader.flush()) onKey(key);
	};
	const hear = (chunk: string) => {
		clearTimeout(timer);
		for (const key of reader.read(chunk)) onKey(key);
		if (reader.waiting) timer = setTimeout(flush, escapeMs);
	};
	// The other end hung up: there is nobody left to write to.
	const hangUp = () => process.exit(129);
	const give = () => {
		if (!taken) return;
		taken = false;
		clearTimeout(timer);
		process.off('exit', give);
		process.off('uncaughtExceptionMonitor', give);
		process.off('SIGTERM', onTerm);
		process.off('SIGHUP', hangUp);
		stdin.off('data', hear);
		stdin.off('end', hangUp);
		stdin.pause();
		stdout.write(restore);
		stdin.setRawMode(false);
		watchman?.dismiss();
		watchman = undefined;
	};
	const onTerm = () => {
		give();
		process.exit(143);
	};
	return {
		take(given) {
			onKey = given;
			if (taken) return;
			taken = true;
			stdin.setRawMode(true);
			stdin.setEncoding('utf8');
			process.once('exit', give);
			// A crash is told on the screen where it can be read.
			process.once('uncaughtExceptionMonitor', give);
			process.once('SIGTERM', onTerm);
			process.once('SIGHUP', hangUp);
			stdout.write(enter);
			stdin.on('data', hear);
			// It was paused when it was given back.
			stdin.resume();
			stdin.on('end', hangUp);
			setTimeout(() => void watch(), watchAfterMs).unref();
		},
		give,
		write: bytes => void stdout.write(bytes),
	};
}
