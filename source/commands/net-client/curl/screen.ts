import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {headerOf, type HttpResponse, type HttpUrl} from '../http/message.js';
import type {CurlError} from './errors.js';
import {meterLine, meterTitle, noProgress} from './meter.js';
import type {CurlOptions} from './options.js';
import type {CurlRequest} from './request.js';

/** Everything curl says besides the body. */
export interface Screen {
	begin(): void;
	note(text: string): void;
	data(direction: 'in' | 'out', length: number): void;
	sent(request: CurlRequest): void;
	received(response: HttpResponse): void;
	closed(url: HttpUrl, response: HttpResponse): void;
	/** A response that is only passed through on the way to another. */
	passing(response: HttpResponse): void;
	head(response: HttpResponse): string;
	progress(response: HttpResponse): void;
	failed(response: HttpResponse): void;
	error(error: CurlError): void;
}

export function createScreen(io: Io<Machine>, options: CurlOptions, toFile: boolean): Screen {
	const {flags} = options;
	const verbose = flags.has('verbose');
	const silent = flags.has('silent');
	/** Data that no terminal shows is counted. */
	const shadows = verbose && (toFile || !io.stdoutIsTerminal);
	const meter = !silent && !flags.has('no-progress-meter') && (toFile || !io.stdoutIsTerminal);
	const startedMs = io.machine.sim.clock.now();
	const random = io.machine.sim.random.fork(`curl/${io.machine.name}`);
	let begun = false;
	let pending = '';
	const bold = (head: string) => head.replaceAll(/^([A-Za-z0-9-]+):/gm, '\u001b[1m$1\u001b[0m:');
	return {
		begin() {
			if (!meter || begun) return;
			begun = true;
			io.err(meterTitle + meterLine(noProgress));
		},
		note: text => verbose && io.err(`* ${text}\n`),
		data(direction, length) {
			if (shadows) io.err(`${direction === 'in' ? '{' : '}'} [${length} bytes data]\n`);
		},
		sent(request) {
			if (verbose) for (const line of [...request.lines, '']) io.err(`> ${line}\r\n`);
		},
		received(response) {
			if (!verbose) return;
			for (const line of response.head.replace(/\r\n$/, '').split('\r\n').slice(0, -1)) io.err(`< ${line}\r\n`);
			io.err('< \r\n');
			if (shadows && response.body !== '') io.err(`{ [${response.body.length} bytes data]\n`);
		},
		closed(url) {
			if (verbose) pending = `* Connection #0 to host ${url.host} left intact\n`;
		},
		passing(response) {
			if (flags.has('include') || flags.has('head')) io.out(io.stdoutIsTerminal ? bold(response.head) : response.head);
		},
		head(response) {
			if (!flags.has('include') && !flags.has('head')) return '';
			return io.stdoutIsTerminal && !toFile ? bold(response.head) : response.head;
		},
		progress(response) {
			const bytes = response.body.length;
			const total = bytes || (flags.has('head') ? Number(headerOf(response, 'content-length') ?? 0) : 0);
			const spentMs = io.machine.sim.clock.now() - startedMs;
			const micros = spentMs * 1000 + 900 + random.int(700);
			const average = Math.floor((bytes * 1_000_000) / micros);
			const current = spentMs === 0 ? bytes * 1000 : Math.floor((bytes * 1000) / spentMs);
			if (meter) io.err(`${meterLine({total, received: bytes, sent: 0, average, current, spentMs})}\n`);
			io.err(pending);
		},
		failed(response) {
			const total = Number(headerOf(response, 'content-length') ?? 0);
			if (meter) io.err(`${meterLine({...noProgress, total})}\n`);
			if (verbose) io.err('* Closing connection 0\n');
		},
		error(error) {
			if (meter && begun && ![6, 22].includes(error.exitCode)) {
				const spentMs = io.machine.sim.clock.now() - startedMs;
				for (let at = 0; at < spentMs; at += 1000) io.err(meterLine({...noProgress, spentMs: at}));
				io.err(`${meterLine({...noProgress, spentMs: Math.max(0, spentMs - 1)})}\n`);
			}

			if (silent && !flags.has('show-error')) return;
			io.err(`curl: (${error.exitCode}) ${error.message}\n`);
		},
	};
}
