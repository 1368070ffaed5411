import {familiar, fullName} from '../../../../node/engine/images.js';
import {EngineError} from '../../../../node/engine/model.js';
import {parseReference} from '../../../../node/image/image-reference.js';
import {FileError} from '../../../../os/files.js';
import {type DockerFailure, failure, notSimulated} from '../failure.js';
import {pairs} from '../run/values.js';
import type {Call, Steps, Verb} from '../verb.js';
import {openContext} from './context.js';
import {DockerfileError} from './dockerfile.js';
import {lint} from './lint.js';
import {createProgress} from './progress.js';
import {solve} from './solve.js';
import {planStages, stageNamed} from './stages.js';
import {imageIdOf, manifestOf} from '../../../../node/registry/manifest.js';

const solveError = (text: string) => failure(`ERROR: failed to solve: ${text}`);

export const build: Verb = {
	name: 'build',
	aliases: ['image build', 'builder build', 'buildx build'],
	summary: 'Build an image from a Dockerfile',
	usage: '[OPTIONS] PATH | URL | -',
	options: [
		['add-host', '!list'],
		['build-arg', 'list'],
		['build-context', '!list'],
		['cache-from', '!list'],
		['cache-to', '!list'],
		['file', 'string', 'f'],
		['force-rm', 'bool'],
		['iidfile', 'string'],
		['label', 'list'],
		['load', 'bool'],
		['memory', '!string', 'm'],
		['network', 'string'],
		['no-cache', 'bool'],
		['output', '!list', 'o'],
		['platform', '!list'],
		['progress', 'string'],
		['pull', 'bool'],
		['push', '!bool'],
		['quiet', 'bool', 'q'],
		['rm', 'bool'],
		['secret', '!list'],
		['shm-size', '!string'],
		['ssh', '!list'],
		['tag', 'list', 't'],
		['target', 'string'],
		['ulimit', '!list'],
	],
	arguments: [1, 1],
	*run(call) {
		if (call.io.env['DOCKER_BUILDKIT'] === '0') throw notSimulated('the legacy builder (DOCKER_BUILDKIT=0)');
		const names = call.values.list('tag').map(text => {
			const reference = parseReference(text);
			if ('error' in reference || text.includes('@'))
				throw failure(
					`ERROR: failed to build: invalid tag ${JSON.stringify(text)}: ${'error' in reference ? reference.error : 'invalid reference format'}`,
				);
			return fullName(text);
		});
		return yield* buildImage(call, names);
	},
};

interface Source {
	readonly root: string;
	readonly name: string;
	readonly text: string;
}

/** The Dockerfile: of -f, of the context, or on standard input. */
function readSource({io, args, values}: Call): Source {
	const [path = ''] = args;
	const {files} = io.machine;
	if (/^(https?|git|ssh):\/\/|^git@|^github\.com\//.test(path)) throw notSimulated(`docker build ${path}`);
	if (path === '-') return {root: '', name: 'Dockerfile', text: io.stdin};
	const root = io.path(path);
	if (!files.exists(root)) throw failure(`ERROR: unable to prepare context: path ${JSON.stringify(path)} not found`);
	if (files.stat(root).type !== 'folder') throw failure(`ERROR: unable to prepare context: context must be a directory: ${path}`);
	const file = values.string('file');
	if (file === '-') return {root, name: 'Dockerfile', text: io.stdin};
	const full = file === undefined ? `${root === '/' ? '' : root}/Dockerfile` : io.path(file);
	const name = full.slice(full.lastIndexOf('/') + 1);
	try {
		return {root, name, text: files.readText(full)};
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw solveError(`failed to read dockerfile: open ${name}: ${error.message.toLowerCase()}`);
	}
}

function* buildImage(call: Call, names: readonly string[]): Steps<number> {
	const {io, values, out, err} = call;
	const progress = createProgress(call);
	const loading = progress.begin('[internal] load build definition from Dockerfile');
	let source: Source | undefined;
	try {
		source = readSource(call);
		loading.say(`transferring dockerfile: ${source.text.length}B done`);
		loading.done();
		const buildArgs = pairs(values.list('build-arg'), io.env);
		const plan = planStages(source.text, buildArgs);
		const wanted = values.string('target');
		const target = wanted === undefined ? plan.stages.at(-1)! : stageNamed(plan.stages, wanted);
		if (!target) throw solveError(`target stage ${JSON.stringify(wanted)} could not be found`);
		const context = openContext(io.machine.files, source.root, source.name);
		let image = yield* solve({call, plan, target, context, progress, buildArgs});
		const labels = pairs(values.list('label'));
		if (Object.keys(labels).length > 0) image = labelled(call, image, labels);
		finish(call, progress, image, names);
		err(values.bool('quiet') ? '' : lint(plan.instructions));
		if (values.bool('quiet')) out(`${imageIdOf(image)}\n`);
		return 0;
	} catch (error) {
		if (error instanceof EngineError) throw solveError(error.message);
		if (!(error instanceof DockerfileError) || !source) throw error;
		throw explained(call, source, error, progress);
	}
}

function labelled({engine, nowMs}: Call, image: Parameters<typeof manifestOf>[0], labels: Readonly<Record<string, string>>) {
	const built = image.built!;
	const config = {...built.config, labels: {...built.config.labels, ...labels}};
	const id = [...JSON.stringify(labels)]
		.reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 7)
		.toString(16)
		.padStart(8, '0');
	return engine.registries.lookup(engine.registries.keep({...built, id: id + built.id.slice(8), config, createdMs: nowMs}, {}))!;
}

function finish(
	{engine, values, io}: Call,
	progress: ReturnType<typeof createProgress>,
	image: Parameters<typeof manifestOf>[0],
	names: readonly string[],
): void {
	const vertex = progress.begin('exporting to image');
	vertex.say('exporting layers done');
	vertex.say(`writing image ${imageIdOf(image)} done`);
	for (const name of names) vertex.say(`naming to ${name.replace(/:latest$/, '')} done`);
	vertex.done();
	progress.finish();
	const manifest = manifestOf(image);
	for (const name of names) {
		engine.images.put(name, manifest);
		engine.event('image', 'tag', imageIdOf(image), {name: familiar(name)});
	}

	if (names.length === 0) engine.images.put('', manifest);
	const file = values.string('iidfile');
	if (file !== undefined) io.machine.files.write(io.path(file), imageIdOf(image));
}

/** The lines around the one that is to blame, as BuildKit shows them. Models errdefs.Source.Print. */
function explained({err}: Call, {name, text}: Source, error: DockerfileError, progress: ReturnType<typeof createProgress>): DockerFailure {
	if (error.message.startsWith('kubelab: not simulated')) return failure(error.message, 125);
	const lines = text.split('\n');
	const failed = progress.failedStep();
	if (failed) err(`------\n > ${failed.title}:\n${failed.printed.map(line => `${line}\n`).join('')}------\n`);
	let [start, end] = [error.line, Math.min(error.lastLine, lines.length)];
	if (start >= 1) {
		const pad = start === end ? 4 : 2;
		for (let used = 0; used < pad; used++) {
			if (start > 1) {
				start--;
				used++;
			}

			if (end !== lines.length) {
				end++;
				used++;
			}
		}

		const shown = lines.slice(start - 1, end).map((line, index) => {
			const number = start + index;
			const isIts = number >= error.line && number <= error.lastLine;
			return ` ${String(number).padStart(3)} | ${isIts ? '>>>' : '   '} ${line}\n`;
		});
		err(`${name}:${error.line}\n--------------------\n${shown.join('')}--------------------\n`);
	}

	return solveError(error.message);
}
