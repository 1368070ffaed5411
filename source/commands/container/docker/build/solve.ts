import {createHash} from 'node:crypto';
import {parseReference} from '../../../../node/image/image-reference.js';
import {imageTree} from '../../../../node/image/image-tree.js';
import {configOf} from '../../../../node/registry/content.js';
import {createFiles} from '../../../../os/file-tree.js';
import type {ExecResult} from '../../../../shell/command.js';
import {keepImage} from '../container/commit.js';
import {humanSize} from '../text.js';
import type {Call, Steps} from '../verb.js';
import {changes, commandOf} from './change.js';
import {type CopySource, performCopy, planCopy} from './copy.js';
import {DockerfileError, type Instruction, instruction} from './dockerfile.js';
import type {Progress} from './progress.js';
import {argumentsOf, neededStages, type Stage, stageNamed} from './stages.js';
import {expand} from './substitute.js';
import type {ImageConfig} from '../../../../node/registry/image-config.js';
import {imageIdOf, manifestOf, type ResolvedImage} from '../../../../node/registry/manifest.js';
import {earlier, loadBases, loadImage} from './bases.js';
import type {Build, State} from './build-state.js';

const keyOf = (...parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

const empty: ImageConfig = {
	entrypoint: [],
	command: [],
	env: {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'},
	ports: [],
	labels: {},
	volumes: [],
	onBuild: [],
};
const work = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/** Builds the target and what it needs, stage by stage, step by step. */
export function* solve(build: Build): Steps<ResolvedImage> {
	const {plan, target} = build;
	const needed = neededStages(plan.stages, target);
	const bases = yield* loadBases(build, needed);
	loadContext(build, needed);
	const done = new Map<Stage, State>();
	for (const stage of needed) done.set(stage, yield* buildStage(build, stage, bases, done));
	const {image} = done.get(target)!;
	if (image) return image;
	return keep(build, done.get(target)!, [], '', true);
}

/** What the client sends: patterns to leave out, then the files that are copied from. */
function loadContext({progress, context}: Build, stages: readonly Stage[]): void {
	const ignoring = progress.begin('[internal] load .dockerignore');
	ignoring.say(`transferring context: ${context.ignoreBytes || 2}B done`);
	ignoring.done();
	const copies = stages.flatMap(stage => stage.instructions).filter(its => ['COPY', 'ADD'].includes(its.name) && !its.flags.has('from'));
	if (copies.length === 0) return;
	const loading = progress.begin('[internal] load build context');
	loading.say(`transferring context: ${humanSize(context.bytes())} done`);
	loading.done();
}

function* buildStage(build: Build, stage: Stage, bases: ReadonlyMap<string, ResolvedImage>, done: ReadonlyMap<Stage, State>): Steps<State> {
	const {progress, plan, call, buildArgs} = build;
	const base = earlier(build, stage);
	const image = base ? done.get(base)!.image : bases.get(stage.base);
	const inherited = base ? done.get(base)!.config : image ? configOf(image) : empty;
	const triggers = inherited.onBuild.map(text => instruction(text, stage.from.line, stage.from.lastLine));
	const steps = [...triggers, ...stage.instructions];
	const first = stage.base === 'scratch' || base ? 0 : 1;
	const total = first + steps.filter(its => work.has(its.name)).length;
	const many = plan.stages.length > 1;
	const prefix = many ? `${stage.name ?? `stage-${stage.index}`} ` : '';
	if (first > 0) {
		const vertex = progress.begin(`[${prefix}1/${total}] FROM ${nameOf(stage.base)}`);
		const id = imageIdOf(image!);
		const pulled = `base ${id}`;
		const there = call.engine.images.find(id) ?? call.engine.buildCache.get(pulled);
		call.engine.buildCache.set(pulled, manifestOf(image!));
		if (!there) yield {sleepMs: call.engine.registries.pullMs(image!, 'docker.io')};
		if (there) vertex.cached();
		else vertex.done();
	}

	const key = base ? done.get(base)!.key : image ? imageIdOf(image) : 'scratch';
	let state: State = {...(image && {image}), config: {...inherited, onBuild: []}, args: {}, commandSet: false, key};
	let number = first;
	for (const its of steps) {
		if (its.name === 'ARG') {
			state = {...state, args: {...state.args, ...argumentsOf(its, {...plan.globals, ...state.args}, buildArgs)}};
			continue;
		}

		if (!work.has(its.name)) {
			state = configure(build, state, its);
			continue;
		}

		state = yield* workStep(build, stage, state, its, `[${prefix}${++number}/${total}]`, done);
	}

	return state;
}

const nameOf = (text: string) => {
	const reference = parseReference(text);
	return 'error' in reference ? text : reference.name;
};

const valuesOf = ({args, config}: State) => ({...args, ...config.env});

/** An instruction that only changes what the image says. */
function configure(build: Build, state: State, its: Instruction): State {
	const changed = changes[its.name]!(state.config, its, valuesOf(state));
	const config = its.name === 'ENTRYPOINT' && !state.commandSet ? {...changed, command: []} : changed;
	const next = {...state, config, commandSet: state.commandSet || its.name === 'CMD'};
	const key = keyOf(state.key, its.text, config);
	const {engine, values} = build.call;
	const known = values.bool('no-cache') ? undefined : engine.buildCache.get(key);
	const image = (known && engine.registries.lookup(known)) ?? keep(build, next, [], historyText(its, config), true);
	engine.buildCache.set(key, manifestOf(image));
	return {...next, key, image};
}

function historyText(its: Instruction, config: ImageConfig): string {
	const list = (words: readonly string[]) => `[${words.map(word => JSON.stringify(word)).join(' ')}]`;
	if (its.name === 'CMD') return `CMD ${list(config.command)}`;
	if (its.name === 'ENTRYPOINT') return `ENTRYPOINT ${list(config.entrypoint)}`;
	if (its.name === 'EXPOSE')
		return `EXPOSE ${list(its.rest.split(/\s+/).map(port => (port.includes('/') ? port : `${port}/tcp`))).replaceAll('"', '')}`;
	return its.text;
}

function keep(
	{call}: Build,
	{image, config}: Pick<State, 'image' | 'config'>,
	rows: Parameters<typeof keepImage>[1]['rows'],
	createdBy: string,
	isEmpty: boolean,
): ResolvedImage {
	const nowMs = call.io.machine.sim.clock.now();
	const manifest = keepImage(call.engine, {
		...(image && {parent: image}),
		rows,
		config,
		createdBy,
		comment: 'buildkit.dockerfile.v0',
		nowMs,
		isEmpty,
	});
	return call.engine.registries.lookup(manifest)!;
}

/** RUN, COPY, ADD and WORKDIR: done in a container, and what it wrote becomes a layer; a step that was done before is not done again. */
function* workStep(
	build: Build,
	stage: Stage,
	state: State,
	its: Instruction,
	mark: string,
	done: ReadonlyMap<Stage, State>,
): Steps<State> {
	const {call, progress} = build;
	const {engine, values} = call;
	const copies = its.name === 'COPY' || its.name === 'ADD';
	const source = copies ? yield* sourceOf(build, stage, its, done) : undefined;
	const plan = source && checked(build, mark, its, () => planCopy(its, source, valuesOf(state)));
	const config = its.name === 'WORKDIR' ? changes['WORKDIR']!(state.config, its, valuesOf(state)) : state.config;
	const text =
		its.name === 'WORKDIR' ? `WORKDIR ${config.workingDir}` : its.name === 'RUN' ? its.text : expand(its.text, valuesOf(state), its.line);
	const vertex = progress.begin(`${mark} ${text}`);
	const key = keyOf(state.key, text, plan?.hash ?? '', its.name === 'RUN' ? state.args : {}, config);
	const known = values.bool('no-cache') ? undefined : engine.buildCache.get(key);
	const cached = known && engine.registries.lookup(known);
	if (cached) {
		vertex.cached();
		return {...state, config, key, image: cached};
	}

	const network = its.flags.get('network') ?? values.string('network') ?? 'default';
	const container = engine.buildContainer({
		...(state.image && {manifest: manifestOf(state.image)}),
		env: {...state.args, ...state.config.env},
		user: state.config.user?.split(':')[0] || 'root',
		workingDir: state.config.workingDir ?? '/',
		network,
	});
	try {
		if (its.name === 'WORKDIR') container.machine.files.makeFolder(config.workingDir!, {recursive: true});
		else if (plan && source) performCopy(its, plan, source, container.machine, state.config.workingDir ?? '/');
		else yield* runCommand(its, state, container, vertex);
		const history = its.name === 'RUN' ? `RUN ${commandOf(its, config).join(' ')} # buildkit` : `${text}${copies ? ' # buildkit' : ''}`;
		const image = keep(build, {...state, config}, container.rows(), history, false);
		engine.buildCache.set(key, manifestOf(image));
		vertex.done();
		return {...state, config, key, image};
	} finally {
		container.discard();
	}
}

/** What cannot be planned is a step that fails. */
function checked<T>({progress}: Build, mark: string, its: Instruction, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof DockerfileError && !error.message.startsWith('dockerfile parse')) {
			const short = error.message.replace(/^failed to compute cache key: /, '');
			progress.begin(`${mark} ${its.text}`).failed(short);
		}

		throw error;
	}
}

function* runCommand(
	its: Instruction,
	{config, args}: State,
	container: ReturnType<Call['engine']['buildContainer']>,
	vertex: ReturnType<Progress['begin']>,
): Steps<void> {
	const refused = [...its.flags.keys()].find(flag => flag !== 'network');
	if (refused) throw new DockerfileError(`kubelab: not simulated: RUN --${refused}`, its.line, its.lastLine);
	if (its.rest.startsWith('<<')) throw new DockerfileError('kubelab: not simulated: heredocs in a Dockerfile', its.line, its.lastLine);
	const argv = commandOf(its, config);
	const said = `process "${argv.join(' ')}" did not complete successfully`;
	const problem = container.problem(argv[0]!);
	if (problem) {
		vertex.failed(`${said}: exit code: 127`);
		throw new DockerfileError(
			`failed to solve: ${said}: runc run failed: unable to start container process: ${problem.replace(/: unknown$/, '')}`.replace(
				'failed to solve: ',
				'',
			),
			its.line,
			its.lastLine,
		);
	}

	const home = config.user && config.user !== 'root' && config.user !== '0' ? '/' : '/root';
	const result: ExecResult = yield {
		exec: {
			machine: container.machine,
			argv,
			env: {HOME: home, ...args, ...config.env},
			onlyEnv: true,
			cwd: config.workingDir || '/',
			stdin: '',
		},
	};
	if (result.stdout + result.stderr !== '') vertex.print(result.stdout + result.stderr);
	if (result.exitCode === 0) return;
	vertex.failed(`${said}: exit code: ${result.exitCode}`);
	throw new DockerfileError(`${said}: exit code: ${result.exitCode}`, its.line, its.lastLine);
}

/** The context, an earlier stage, or an image. */
function* sourceOf(build: Build, stage: Stage, its: Instruction, done: ReadonlyMap<Stage, State>): Steps<CopySource> {
	const {call, context, plan} = build;
	const from = its.flags.get('from');
	if (/(^|\s)(https?|git):\/\//.test(its.rest) && its.name === 'ADD')
		throw new DockerfileError(`kubelab: not simulated: ADD ${its.rest.split(/\s+/)[0]}`, its.line, its.lastLine);
	if (from === undefined) return context;
	const other = stageNamed(plan.stages.slice(0, stage.index), from);
	const image = other ? done.get(other)?.image : yield* loadImage(build, from, its);
	const files = createFiles(
		call.io.machine.sim,
		`buildkit/${image ? imageIdOf(image) : 'scratch'}`,
		image ? imageTree(image) : {get: () => undefined, children: () => []},
		{readOnly: true},
	);
	return {
		files,
		root: '/',
		isIgnored: () => false,
		match(pattern) {
			const path = pattern.replace(/^\.?\/+/, '').replace(/\/+$/, '');
			const [folder, name] = path.includes('/')
				? [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)]
				: ['', path];
			if (!/[*?[]/.test(name)) return files.exists(`/${path}`) ? [path] : [];
			const wanted = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`);
			return files.exists(`/${folder}`)
				? files
						.list(`/${folder}`)
						.filter(each => wanted.test(each))
						.map(each => (folder ? `${folder}/${each}` : each))
				: [];
		},
	};
}
