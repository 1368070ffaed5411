import type {Machine} from '../../node/host/machine.js';
import type {NodeImage, Runtime} from '../../node/runtime.js';
import type {Io, Run} from '../../shell/command.js';
import type {Arguments} from '../host/arguments.js';
import {syslogTime} from '../host/strftime.js';

type Verb = (io: Io<Machine>, runtime: Runtime, args: Arguments) => Run;

/** By full or short name, or by the beginning of its id. */
export function findImages(runtime: Runtime, text: string): readonly NodeImage[] {
	const named = runtime.imageNamed(text);
	if (named) return [named];
	const hex = text.replace(/^sha256:/, '');
	return /^[0-9a-f]{3,}$/.test(hex) ? runtime.images().filter(image => image.id.startsWith(`sha256:${hex}`)) : [];
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

	const {id, sizeBytes, digest} = image;
	const names = runtime
		.images()
		.filter(each => each.id === id)
		.map(each => each.reference);
	const repoDigests = [...new Set(names.map(name => `${name.replace(/:[^/:]*$/, '')}@${digest}`))];
	const status = {id, repoTags: names, repoDigests, size: String(sizeBytes), uid: null, username: '', pinned: false};
	io.out(`${JSON.stringify({status, info: {}}, undefined, 2)}\n`);
	return 0;
};

/** SIGTERM, and SIGKILL to what is still there after the timeout. The kubelet may start it again. */
export const stop: Verb = function* (io, runtime, args) {
	const seconds = Number(args.value('timeout') ?? 0);
	for (const text of args.operands.slice(1)) {
		const found = runtime.containers().find(container => container.id.startsWith(text));
		if (!found) {
			io.err(
				`FATA[0000] stopping the container ${JSON.stringify(text)}: rpc error: code = NotFound desc = an error occurred when try to find container ${JSON.stringify(text)}: not found \n`,
			);
			return 1;
		}

		if (found.pid !== undefined) {
			runtime.signalProcess(found.pid, 'SIGTERM');
			const untilMs = io.machine.sim.clock.now() + seconds * 1000;
			while (runtime.container(found.id)?.pid === found.pid && io.machine.sim.clock.now() < untilMs) yield {sleepMs: 100};
			if (runtime.container(found.id)?.pid === found.pid) runtime.signalProcess(found.pid, 'SIGKILL');
		}

		io.out(`${text}\n`);
	}

	return 0;
};
