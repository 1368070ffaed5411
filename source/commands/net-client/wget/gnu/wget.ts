import type {Machine} from '../../../../node/host/machine.js';
import {FileError} from '../../../../os/files.js';
import type {Io, Run} from '../../../../shell/command.js';
import {refuse} from '../../refuse.js';
import {createLog, dateTime} from './log.js';
import {parseWgetOptions} from './options.js';
import {rateText} from './progress.js';
import {type Retrieval, retrieve} from './retrieve.js';

/** GNU Wget 1.21. */
export function* gnuWget(io: Io<Machine>): Run {
	const parsed = parseWgetOptions(io.argv.slice(1));
	if ('lacking' in parsed) return refuse(io, `wget ${parsed.lacking}`);
	if ('mistake' in parsed) {
		const usage = parsed.mistake.includes('Invalid') ? '' : `Usage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`;
		io.err(`wget: ${parsed.mistake}\n${usage}`);
		return parsed.mistake === 'missing URL' ? 1 : 2;
	}
	try {
		return yield* all(io, parsed.options);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`${error.path}: ${error.message}\n`);
		return 1;
	}
}

function* all(io: Io<Machine>, options: Retrieval['options']): Run {
	const startMs = io.machine.sim.clock.now();
	const retrieval: Retrieval = {io, options, log: createLog(io, options), files: 0, bytes: 0};
	const list = options.values.get('input-file');
	const listed = list === undefined ? '' : list === '-' ? io.stdin : io.machine.files.readText(io.path(list));
	const urls = [...options.urls, ...listed.split('\n').map(line => line.trim())].filter(Boolean);
	if (urls.some(url => /^ftps?:/i.test(url))) return refuse(io, 'wget ftp:');
	let status = 0;
	for (const [at, url] of urls.entries()) {
		if (at > 0 && options.values.has('wait')) yield {sleepMs: 1000 * Number.parseFloat(options.values.get('wait')!)};
		const own: number = yield* retrieve(retrieval, url);
		if (own !== 0 && (status === 0 || own < status)) status = own;
	}
	if (urls.length > 1 || list !== undefined) finish(retrieval, startMs);
	retrieval.open?.channel.close();
	return status;
}

function finish({io, log, files, bytes}: Retrieval, startMs: number): void {
	if (bytes === 0) return;
	const nowMs = io.machine.sim.clock.now();
	const tookMs = nowMs - startMs;
	const took =
		tookMs === 0
			? '0s'
			: `${(tookMs / 1000)
					.toFixed(tookMs < 10_000 ? 3 : 0)
					.replace(/0+$/, '')
					.replace(/\.$/, '')}s`;
	const rate = rateText((bytes * 1000) / Math.max(1, tookMs), [' B/s', ' KB/s', ' MB/s', ' GB/s']).trim();
	const size = bytes < 1024 ? String(bytes) : rateText(bytes, ['', 'K', 'M', 'G']).trim();
	log.loud(`FINISHED --${dateTime(nowMs)}--\nTotal wall clock time: ${took}\nDownloaded: ${files} files, ${size} in 0s (${rate})\n`);
}
