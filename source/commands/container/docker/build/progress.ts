import type {Call} from '../verb.js';

/** What a build shows of its work, on standard error: as it goes when nobody watches, as one last picture on a terminal. */
export interface Progress {
	begin(title: string): Vertex;
	/** After the last vertex of a build that worked. */
	finish(): void;
}

export interface Vertex {
	/** `transferring context: 31B` */
	say(text: string): void;
	/** Something that a command printed. */
	print(text: string): void;
	done(): void;
	cached(): void;
	failed(text: string): void;
}

interface Shown {
	readonly title: string;
	readonly startMs: number;
	readonly notes: string[];
	readonly printed: string[];
	endMs?: number;
	isCached?: boolean;
	error?: string;
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

export function createProgress({
	io,
	err,
	values,
}: Call): Progress & {failedStep(): {readonly title: string; readonly printed: readonly string[]} | undefined} {
	const mode = values.string('progress') ?? 'auto';
	const quiet = values.bool('quiet') || mode === 'quiet';
	const plain = mode === 'plain' || mode === 'rawjson' || !io.stdoutIsTerminal;
	const now = () => io.machine.sim.clock.now();
	const began = now();
	const all: Shown[] = [];
	const write = (text: string) => {
		if (!quiet && plain) err(text);
	};
	write('#0 building with "default" instance using docker driver\n\n');
	return {
		failedStep: () => all.find(each => each.error !== undefined),
		begin(title) {
			const vertex: Shown = {title, startMs: now(), notes: [], printed: []};
			const number = all.push(vertex);
			write(`#${number} ${title}\n`);
			const close = () => {
				vertex.endMs = now();
			};
			return {
				say(text) {
					vertex.notes.push(text);
					write(`#${number} ${text}\n`);
				},
				print(text) {
					const at = ((now() - vertex.startMs) / 1000).toFixed(3);
					for (const line of text.replace(/\n$/, '').split('\n')) {
						vertex.printed.push(`${at} ${line}`);
						write(`#${number} ${at} ${line}\n`);
					}
				},
				done() {
					close();
					write(`#${number} DONE ${seconds(vertex.endMs! - vertex.startMs)}s\n\n`);
				},
				cached() {
					close();
					vertex.isCached = true;
					write(`#${number} CACHED\n\n`);
				},
				failed(text) {
					close();
					vertex.error = text;
					write(`#${number} ERROR: ${text}\n`);
					if (!plain && !quiet) err(picture(all, now() - began, false, io.columns));
				},
			};
		},
		finish() {
			if (!plain && !quiet) err(picture(all, now() - began, true, io.columns));
		},
	};
}

/** The last frame of the terminal display, as wide as that is. */
function picture(all: readonly Shown[], ms: number, isGood: boolean, width: number): string {
	const head = `[+] Building ${seconds(ms)}s (${all.length}/${all.length})${isGood ? ' FINISHED' : ''}`;
	const row = (text: string, time: string) => `${text.slice(0, width - 8).padEnd(width - 6)}${time.padStart(6)}\n`;
	const rows = all.map(({title, startMs, endMs = startMs, notes, isCached, error}) => {
		const mark = error ? ' ERROR ' : isCached ? ' CACHED ' : ' ';
		const time = `${seconds(endMs - startMs)}s`;
		return row(` =>${mark}${title}`, time) + notes.map(note => row(` => => ${note.replace(/ done$/, '')}`, '0.0s')).join('');
	});
	return `${head}${'docker:default'.padStart(width - head.length)}\n${rows.join('')}`;
}
