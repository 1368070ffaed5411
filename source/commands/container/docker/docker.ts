import {EngineError} from '../../../node/engine/model.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {noDaemon, reachDaemon} from './daemon.js';
import {DockerFailure, failure, fromDaemon, notSimulated} from './failure.js';
import {helpText, verbHelp} from './help.js';
import verbs from './index.js';
import {type Option, parseOptions, usageText} from './options.js';
import type {Verb} from './verb.js';
import type {Engine} from '../../../node/engine/docker.js';

const globals: readonly Option[] = [
	['config', '!string'],
	['context', '!string', 'c'],
	['debug', 'bool', 'D'],
	['host', '!string', 'H'],
	['log-level', 'string', 'l'],
	['tls', '!bool'],
	['tlscacert', '!string'],
	['tlscert', '!string'],
	['tlskey', '!string'],
	['tlsverify', '!bool'],
	['help', 'bool', 'h'],
	['version', 'bool', 'v'],
];

/** What the real client has and kubelab lacks. */
const unsimulated = new Set(
	'buildx checkpoint compose config context debug manifest plugin scout secret service stack swarm trust node sandbox init ai model mcp desktop extension dev'.split(
		' ',
	),
);
const groups = ['builder', 'container', 'image', 'network', 'system', 'volume'];

const find = (words: readonly string[]): {verb: Verb; used: number} | undefined => {
	for (const used of [2, 1]) {
		const name = words.slice(0, used).join(' ');
		const verb = verbs.find(each => each.name === name || each.aliases?.includes(name));
		if (verb && words.length >= used) return {verb, used};
	}

	return undefined;
};

export const docker: Command<Machine> = {
	name: 'docker',
	summary: 'containers and images on one host',
	*run(io) {
		try {
			return yield* dispatch(io);
		} catch (error) {
			if (!(error instanceof DockerFailure)) throw error;
			if (error.message !== '') io.err(`${error.message}\n`);
			if (error.message.startsWith('kubelab: not simulated'))
				io.machine.sim.notes.notSimulated(error.message.slice('kubelab: not simulated: '.length));
			return error.status;
		}
	},
	complete(words) {
		if (words.length <= 2) return [...new Set([...verbs.map(each => each.name.split(' ')[0]!), ...groups])].sort();
		if (words.length === 3 && groups.includes(words[1]!))
			return verbs
				.flatMap(each => [each.name, ...(each.aliases ?? [])])
				.filter(name => name.startsWith(`${words[1]} `))
				.map(name => name.split(' ')[1]!);
		return [];
	},
};

function* dispatch(io: Io<Machine>): Run {
	const {values, args} = parseOptions(
		{path: 'docker', usage: 'docker [OPTIONS] COMMAND [ARG...]', options: globals, stopAtArgument: true},
		io.argv.slice(1),
	);
	if (values.bool('version')) {
		io.out('Docker version 28.1.1, build 4eba377\n');
		return 0;
	}

	const [first] = args;
	if (first === undefined || values.bool('help') || first === 'help') {
		const asked = first === 'help' ? find(args.slice(1)) : undefined;
		io.out(asked ? verbHelp(asked.verb) : helpText(verbs));
		return 0;
	}

	const found = find(args);
	if (found) return yield* runVerb(io, found.verb, args.slice(found.used));
	if (groups.includes(first)) return group(io, args);
	if (unsimulated.has(first)) throw notSimulated(['docker', ...args.slice(0, 2)].join(' '));
	throw failure(`docker: unknown command: docker ${first}\n\nRun 'docker --help' for more information`);
}

function group(io: Io<Machine>, [name = '', verb]: readonly string[]): number {
	if (verb === undefined || verb === '--help' || verb === '-h') {
		io.out(helpText(verbs, name));
		return 0;
	}

	throw failure(
		`docker: unknown command: docker ${name} ${verb}\n\nUsage:  docker ${name} COMMAND\n\nRun 'docker ${name} --help' for more information`,
	);
}

function* runVerb(io: Io<Machine>, verb: Verb, words: readonly string[]): Run {
	const path = `docker ${verb.name}`;
	const usage = `${path} ${verb.usage}`.trimEnd();
	const options: readonly Option[] = [
		...verb.options,
		['help', 'bool'],
		...(verb.options.some(each => each[2] === 'h') ? [] : ([['', 'bool', 'h']] as const)),
	];
	const {values, args} = parseOptions({path, usage, options, stopAtArgument: verb.stopAtArgument}, words);
	if (values.bool('help') || (values.bool('h') && !verb.options.some(each => each[2] === 'h'))) {
		io.out(verbHelp(verb));
		return 0;
	}

	checkArguments(verb, path, usage, args.length);
	const runs = verb.name === 'run' || verb.name === 'create';
	const prefix = runs ? 'docker: ' : '';
	const suffix = runs ? `\n\nRun '${path} --help' for more information` : '';
	const engine = reachDaemon(io.machine);
	if (!engine && !verb.offline) throw failure(prefix + noDaemon + suffix, runs ? 125 : 1);
	const call = {io, engine: engine as Engine, values, args, path, nowMs: io.machine.sim.clock.now(), out: io.out, err: io.err};
	try {
		return yield* verb.run(call);
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		throw failure(prefix + fromDaemon(error.message) + suffix, runs ? startStatus(error.message) : 1);
	}
}

/** 127: no such command in the container; 126: it cannot be executed; 125: the daemon's own trouble. */
export const startStatus = (text: string): number =>
	/executable file not found|no such file or directory: unknown|not found: unknown/.test(text)
		? 127
		: /permission denied|is a directory: unknown|not a directory/.test(text)
			? 126
			: 125;

function checkArguments({arguments: [least, most]}: Verb, path: string, usage: string, count: number): void {
	const said = (text: string) => failure(`docker: ${text}${usageText({path, usage})}`);
	const plural = (number: number) => `argument${number === 1 ? '' : 's'}`;
	if (count >= least && count <= most) return;
	if (most === 0) throw said(`'${path}' accepts no arguments`);
	if (least === most) throw said(`'${path}' requires ${least} ${plural(least)}`);
	if (most === Number.POSITIVE_INFINITY) throw said(`'${path}' requires at least ${least} ${plural(least)}`);
	if (least === 0) throw said(`'${path}' requires at most ${most} ${plural(most)}`);
	throw said(`'${path}' requires at least ${least} and at most ${most} ${plural(most)}`);
}
