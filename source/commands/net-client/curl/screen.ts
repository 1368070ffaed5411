import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {headerOf, type HttpResponse} from '../http/message.js';
import type {CurlError} from './errors.js';
import {meterLine, meterTitle, noProgress} from './meter.js';
import type {CurlOptions} from './options.js';
import type {Reporter} from './reporter.js';
import type {CurlRequest} from './request.js';
import {traceReporter} from './trace.js';

/** All of it: nothing here takes so long that one could watch it grow. */
const progressBar = `\r${'#'.repeat(72)} 100.0%\n`;

/** Everything curl says besides the body. */
export interface Screen {
	begin(resumeFrom: number): void;
	note(text: string): void;
	data(direction: 'in' | 'out', length: number): void;
	sent(request: CurlRequest): void;
	/** `ignored`: its body is read and thrown away. */
	received(response: HttpResponse, ignored: boolean): void;
	closed(place: {readonly host: string}): void;
	/** A response that is only passed through on the way to another. */
	passing(response: HttpResponse): void;
	head(response: HttpResponse): string;
	progress(response: HttpResponse): void;
	failed(response: HttpResponse): void;
	error(error: CurlError): void;
}

export function createScreen(io: Io<Machine>, options: CurlOptions, toFile: boolean, again = false): Screen {
	const {flags} = options;
	const tracing = traceTo(io, options);
	const verbose = flags.has('verbose') && !tracing;
	const silent = flags.has('silent');
	/** Data that no terminal shows is counted. */
	const shadows = verbose && (toFile || !io.stdoutIsTerminal);
	const meter = !silent && !flags.has('no-progress-meter') && (toFile || !io.stdoutIsTerminal);
	const bar = flags.has('progress-bar');
	const startedMs = io.machine.sim.clock.now();
	const random = io.machine.sim.random.fork(`curl/${io.machine.name}`);
	let begun = false;
	let pending = '';
	let leftIntact = '';
	const endTrace = () => {
		if (leftIntact !== '') tracing?.note(leftIntact);
		leftIntact = '';
	};
	const bold = (head: string) => head.replaceAll(/^([A-Za-z0-9-]+):/gm, '\u001b[1m$1\u001b[0m:');
	return {
		begin(resumeFrom) {
			if (!meter || begun) return;
			begun = true;
			if (resumeFrom > 0) io.err(`** Resuming transfer from byte position ${resumeFrom}\n`);
			if (bar) return;
			io.err((again ? '' : meterTitle) + meterLine(noProgress));
		},
		note(text) {
			if (verbose) io.err(`* ${text}\n`);
			else tracing?.note(text);
		},
		data(direction, length) {
			if (shadows) io.err(`${direction === 'in' ? '{' : '}'} [${length} bytes data]\n`);
		},
		sent(request) {
			if (verbose) for (const line of [...request.lines, '']) io.err(`> ${line}\r\n`);
			else tracing?.sent(request);
		},
		received(response, ignored) {
			tracing?.received(response, ignored);
			if (!verbose) return;
			for (const line of response.head.replace(/\r\n$/, '').split('\r\n').slice(0, -1)) io.err(`< ${line}\r\n`);
			io.err('< \r\n');
			if (ignored && response.body !== '') io.err('* Ignoring the response-body\n');
			if (shadows && response.body !== '') io.err(`{ [${response.body.length} bytes data]\n`);
		},
		closed({host}) {
			if (verbose) pending = `* Connection #0 to host ${host} left intact\n`;
			leftIntact = `Connection #0 to host ${host} left intact`;
		},
		passing(response) {
			io.err(pending);
			pending = '';
			endTrace();
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
			if (meter) io.err(bar ? progressBar : `${meterLine({total, received: bytes, sent: 0, average, current, spentMs})}\n`);
			io.err(pending);
			endTrace();
		},
		failed(response) {
			const total = Number(headerOf(response, 'content-length') ?? 0);
			if (meter) io.err(`${meterLine({...noProgress, total})}\n`);
			if (verbose) io.err('* Closing connection 0\n');
		},
		error(error) {
			if (meter && bar && begun) io.err('\n');
			else if (meter && begun && ![6, 22].includes(error.exitCode)) {
				const spentMs = io.machine.sim.clock.now() - startedMs;
				for (let at = 0; at < spentMs; at += 1000) io.err(meterLine({...noProgress, spentMs: at}));
				io.err(`${meterLine({...noProgress, spentMs: Math.max(0, spentMs - 1)})}\n`);
			}

			if (silent && !flags.has('show-error')) return;
			io.err(`curl: (${error.exitCode}) ${error.message}\n`);
		},
	};
}

/** `--trace FILE`: `-` is standard output, `%` standard error, as is a file that cannot be written. */
function traceTo(io: Io<Machine>, {values}: CurlOptions): Reporter | undefined {
	const ascii = values.get('trace-ascii');
	const name = ascii ?? values.get('trace');
	if (name === undefined) return undefined;
	const path = io.path(name);
	const {files} = io.machine;
	const toError = name === '%' || (name !== '-' && !files.exists(path.replace(/\/[^/]*$/, '') || '/'));
	const write = name === '-' ? io.out : toError ? io.err : (text: string) => files.write(path, text, {append: true});
	return traceReporter(write, ascii !== undefined);
}
