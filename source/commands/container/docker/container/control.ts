import {EngineError} from '../../../../node/engine/model.js';
import {fromDaemon, silent} from '../failure.js';
import {attach, checkTerminal} from '../run/attach.js';
import {signalName} from '../run/container-config.js';
import type {Call, Steps, Verb} from '../verb.js';
import {eachContainer, untilStopped} from './each.js';

const many = [1, Number.POSITIVE_INFINITY] as const;
const running = ({engine}: Call, id: string) => engine.containerd.row(id)?.state === 'running';

export const start: Verb = {
	name: 'start',
	aliases: ['container start'],
	summary: 'Start one or more stopped containers',
	usage: '[OPTIONS] CONTAINER [CONTAINER...]',
	options: [
		['attach', 'bool', 'a'],
		['detach-keys', '!string'],
		['interactive', 'bool', 'i'],
	],
	arguments: many,
	*run(call) {
		const {engine, values, args} = call;
		if (!values.bool('attach') && !values.bool('interactive')) {
			let failed = false;
			for (const text of args) {
				try {
					engine.containers.start(engine.containers.get(text).id);
					call.out(`${text}\n`);
				} catch (error) {
					if (!(error instanceof EngineError)) throw error;
					call.err(`${fromDaemon(error.message)}\n`);
					failed = true;
				}
			}

			if (failed) throw silent(failedStart(call, args));
			return 0;
		}

		if (args.length > 1) throw new EngineError('you cannot start and attach multiple containers at once');
		const record = engine.containers.get(args[0]!);
		checkTerminal(call, record.config.tty, values.bool('interactive'));
		const seen = engine.containerd.logs(record.id).length;
		engine.containers.start(record.id);
		return yield* attach(call, record, {stdin: values.bool('interactive'), stdout: true, stderr: true, signals: true, seen});
	},
};

function failedStart({err}: Call, args: readonly string[]): number {
	err(`failed to start containers: ${args.join(', ')}\n`);
	return 1;
}

function* stopOne(call: Call, id: string, timeoutMs: number | undefined, signal: string | undefined): Steps<void> {
	const {engine} = call;
	if (signal && running(call, id)) {
		engine.containers.change(id, {stopped: true});
		engine.containers.signal(id, signalName(signal));
	}

	if (timeoutMs !== undefined && timeoutMs < 0) {
		engine.containers.stop(id, 2 ** 31);
	} else engine.containers.stop(id, timeoutMs);
	yield* untilStopped(call, id);
}

const timeOf = ({values}: Call): number | undefined => {
	const seconds = values.int('timeout') ?? values.int('time');
	return seconds === undefined ? undefined : seconds * 1000;
};

export const stop: Verb = {
	name: 'stop',
	aliases: ['container stop'],
	summary: 'Stop one or more running containers',
	usage: '[OPTIONS] CONTAINER [CONTAINER...]',
	options: [
		['signal', 'string', 's'],
		['timeout', 'int', 't'],
		['time', 'int'],
	],
	arguments: many,
	run: call => eachContainer(call, ({id}) => stopOne(call, id, timeOf(call), call.values.string('signal'))),
};

export const restart: Verb = {
	name: 'restart',
	aliases: ['container restart'],
	summary: 'Restart one or more containers',
	usage: '[OPTIONS] CONTAINER [CONTAINER...]',
	options: [
		['signal', 'string', 's'],
		['timeout', 'int', 't'],
		['time', 'int'],
	],
	arguments: many,
	run: call =>
		eachContainer(call, function* ({id}) {
			const {autoRemove} = call.engine.containers.get(id).host;
			const change = (value: boolean) =>
				call.engine.containers.change(id, {host: {...call.engine.containers.get(id).host, autoRemove: value}});
			change(false);
			yield* stopOne(call, id, timeOf(call), call.values.string('signal'));
			change(autoRemove);
			call.engine.containers.start(id);
		}),
};

export const kill: Verb = {
	name: 'kill',
	aliases: ['container kill'],
	summary: 'Kill one or more running containers',
	usage: '[OPTIONS] CONTAINER [CONTAINER...]',
	options: [['signal', 'string', 's']],
	arguments: many,
	run: call =>
		eachContainer(call, ({id, name}) => {
			const signal = signalName(call.values.string('signal') ?? 'KILL');
			if (!running(call, id)) throw new EngineError(`cannot kill container: ${name}: container ${id} is not running`);
			if (signal === 'SIGKILL') call.engine.containers.change(id, {stopped: true});
			call.engine.containers.signal(id, signal);
			call.engine.event('container', 'kill', id, {name, signal});
		}),
};

const paused =
	(value: boolean): ((call: Call) => Steps<number>) =>
	call =>
		eachContainer(call, ({id, paused: now}) => {
			if (!running(call, id)) throw new EngineError(value ? `container ${id} is not running` : `Container ${id} is not paused`);
			if (now === value) throw new EngineError(value ? `container ${id} is already paused` : `Container ${id} is not paused`);
			call.engine.containers.change(id, {paused: value});
			call.engine.containerd.freeze(id, value);
			call.engine.event('container', value ? 'pause' : 'unpause', id);
		});

export const pause: Verb = {
	name: 'pause',
	aliases: ['container pause'],
	summary: 'Pause all processes within one or more containers',
	usage: 'CONTAINER [CONTAINER...]',
	options: [],
	arguments: many,
	run: paused(true),
};

export const unpause: Verb = {
	name: 'unpause',
	aliases: ['container unpause'],
	summary: 'Unpause all processes within one or more containers',
	usage: 'CONTAINER [CONTAINER...]',
	options: [],
	arguments: many,
	run: paused(false),
};

export const wait: Verb = {
	name: 'wait',
	aliases: ['container wait'],
	summary: 'Block until one or more containers stop, then print their exit codes',
	usage: 'CONTAINER [CONTAINER...]',
	options: [],
	arguments: many,
	*run(call) {
		for (const text of call.args) {
			const {id} = call.engine.containers.get(text);
			let code = 0;
			while (running(call, id)) yield {sleepMs: 100};
			code = call.engine.containerd.row(id)?.exitCode ?? 0;
			call.out(`${code}\n`);
		}

		return 0;
	},
};

export const attachVerb: Verb = {
	name: 'attach',
	aliases: ['container attach'],
	summary: 'Attach local standard input, output, and error streams to a running container',
	usage: '[OPTIONS] CONTAINER',
	options: [
		['detach-keys', '!string'],
		['no-stdin', 'bool'],
		['sig-proxy', 'bool'],
	],
	arguments: [1, 1],
	*run(call) {
		const record = call.engine.containers.get(call.args[0]!);
		if (record.paused) throw new EngineError('You cannot attach to a paused container, unpause it first');
		if (!running(call, record.id)) throw new EngineError('You cannot attach to a stopped container, start it first');
		const stdin = !call.values.bool('no-stdin') && record.config.stdin;
		checkTerminal(call, record.config.tty, stdin);
		const seen = call.engine.containerd.logs(record.id).length;
		return yield* attach(call, record, {stdin, stdout: true, stderr: true, signals: call.values.string('sig-proxy') !== 'false', seen});
	},
};
