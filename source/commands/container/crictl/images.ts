import type {Machine} from '../../../node/host/machine.js';
import type {NodeImage, Runtime} from '../../../node/runtime.js';
import type {Io} from '../../../shell/command.js';
import {syslogTime} from '../../../sim/strftime.js';
import type {Verb} from './cri.js';
import {printed} from './print.js';
import {leftTable} from './text.js';

/** By full or short name, or by the beginning of its id. */
export function findImages(runtime: Runtime, text: string): readonly NodeImage[] {
	const named = runtime.imageNamed(text);
	if (named) return [named];
	const hex = text.replace(/^sha256:/, '');
	return /^[0-9a-f]{3,}$/.test(hex) ? runtime.images().filter(image => image.id.startsWith(`sha256:${hex}`)) : [];
}

export const images: Verb = function* (io, runtime, args) {
	const rows = runtime.images().filter(image => image.reference.includes(args.operands[1] ?? ''));
	if (args.has('q')) {
		for (const row of rows) io.out(`${row.id}\n`);
		return 0;
	}

	const done = printed(io, args, {images: rows.map(row => imageStatus(runtime, row))}, 'table');
	if (done !== undefined) return done;
	io.out(
		leftTable(
			['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'],
			rows.map(({reference, id, sizeBytes}) => {
				const colon = reference.lastIndexOf(':');
				return [reference.slice(0, colon), reference.slice(colon + 1), id.replace('sha256:', '').slice(0, 13), decimalSize(sizeBytes)];
			}),
		),
	);
	return 0;
};

/** `72.4MB`: powers of 1000, three digits. */
export function decimalSize(bytes: number): string {
	const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e3, 'kB'];
	return `${Number(value.toPrecision(3))}${unit}`;
}

export const pull: Verb = function* (io, runtime, args) {
	const [, text] = args.operands;
	if (text === undefined) {
		io.err('FATA[0000] Image name or ID is required \n');
		return 1;
	}

	const [username = '', password] = (args.value('creds') ?? '').split(':');
	const result = runtime.pull(text, password === undefined ? undefined : [{username, password}]);
	if ('error' in result) {
		yield {sleepMs: 300};
		const error = result.error.startsWith('rpc error') ? result.error : `rpc error: code = Unknown desc = ${result.error}`;
		const stamp = syslogTime(io.machine.sim.clock.now()).slice(-8);
		io.err(
			`E1121 ${stamp}.000000    2210 log.go:32] "PullImage from image service failed" err=${JSON.stringify(error)} image=${JSON.stringify(text)}\n`,
		);
		io.err(`FATA[0000] pulling image: ${error} \n`);
		return 1;
	}

	yield {sleepMs: result.tookMs};
	io.out(`Image is up to date for ${result.image.id}\n`);
	return 0;
};

export const rmi: Verb = function* (io, runtime, args) {
	const names = args.operands.slice(1);
	if (names.length === 0 && !args.has('prune') && !args.has('a')) {
		io.err('FATA[0000] Image name or ID is required \n');
		return 1;
	}

	const used = new Set(runtime.containers().map(container => container.imageId));
	const wanted =
		names.length > 0
			? names.flatMap(name => describe(io, name, findImages(runtime, name)))
			: runtime.images().filter(image => args.has('a') || !used.has(image.digest));
	for (const {reference} of wanted) {
		runtime.untag(reference);
		io.out(`Deleted: ${reference}\n`);
	}

	if (wanted.length >= names.length) return 0;
	io.err('FATA[0000] unable to remove the image(s) \n');
	return 1;
};

function describe(io: Io<Machine>, name: string, found: readonly NodeImage[]): readonly NodeImage[] {
	if (found.length === 0) io.err(`ERRO[0000] no such image ${name} \n`);
	return found;
}

export const inspecti: Verb = function* (io, runtime, args) {
	const [, text = ''] = args.operands;
	const [image] = findImages(runtime, text);
	if (!image) {
		io.err(`FATA[0000] no such image ${JSON.stringify(text)} present \n`);
		return 1;
	}

	return printed(io, args, {status: imageStatus(runtime, image), info: {}}, 'json') ?? 0;
};

function imageStatus(runtime: Runtime, {id, sizeBytes, digest}: NodeImage) {
	const names = runtime
		.images()
		.filter(each => each.id === id)
		.map(each => each.reference);
	const repoDigests = [...new Set(names.map(name => `${name.replace(/:[^/:]*$/, '')}@${digest}`))];
	return {id, repoTags: names, repoDigests, size: String(sizeBytes), uid: null, username: '', pinned: false};
}
