import type {Machine} from '../../node/host/machine.js';
import type {Command, Io, Run} from '../../shell/command.js';
import {completeKubectl} from './complete.js';
import {notSimulated, explain, Failure, Failures, failure, rawFailure, usageFailure} from './failure.js';
import {type Flag, globalFlags} from './flags/flag.js';
import {commandWordAt, HelpAsked, parseFlags} from './flags/parse.js';
import {refusedFlags} from './flags/refused.js';
import {helpText} from './help.js';
import {verbs} from './index.js';
import {Session} from './session.js';
import {suggestions} from './suggest.js';
import type {Call, Verb} from './verb.js';
import {ApiError} from '../../api/status.js';
import {rootVerb, findVerb} from './find-verb.js';

const kubectl: Command<Machine> = {
	name: 'kubectl',
	summary: 'Controls the Kubernetes cluster',
	path: '/usr/bin/kubectl',
	*run(io) {
		try {
			return yield* dispatch(io);
		} catch (error) {
			if (!(error instanceof Failure || error instanceof Failures || error instanceof ApiError)) throw error;
			const {text, exitCode} = explain(error);
			if (text !== '') io.err(text);
			return exitCode;
		}
	},
	complete: completeKubectl,
};

export default kubectl;

function* dispatch(io: Io<Machine>): Run {
	const {verb, path, rest} = findVerb(io.argv.slice(1));
	const word = verb === rootVerb ? rest[commandWordAt(rest, 0, globalFlags)] : undefined;
	if (word !== undefined) checkPlugin(io.argv.slice(1));
	if (word === 'help') return helpOn(io, rest.slice(rest.indexOf('help') + 1));
	let parsed: ReturnType<typeof parseFlags>;
	try {
		parsed = parseFlags(
			rest,
			[...verb.flags, ...(verb.hiddenFlags ?? []), ...enabledFlags(verb, io.env), ...globalFlags],
			path,
			verb.interspersed ?? true,
		);
	} catch (error) {
		if (!(error instanceof HelpAsked)) throw verb.flagFailure && error instanceof Failure ? verb.flagFailure(error, path) : error;
		if (word !== undefined) throw unknownCommand(word);
		io.out(helpText(verb, path));
		return 0;
	}

	const {values, args, dash} = parsed;
	for (const [name] of values.typed())
		if (verb.hiddenFlags?.some(flag => flag[0] === name))
			io.err(`Flag --${name} has been deprecated, ${verb.advice?.[name] ?? `--${name} will be removed in the future`}\n`);
	if (verb === rootVerb) {
		if (args.length > 0) throw unknownCommand(args[0]!);
		io.out(helpText(verb, path));
		return 0;
	}

	const missing = (verb.required ?? []).filter(name => !values.changed(name));
	if (missing.length > 0) throw failure(`required flag(s) ${missing.map(name => `"${name}"`).join(', ')} not set`);
	if (!verb.run) {
		const {stream, exitCode} = verb.bare ?? {stream: 'err', exitCode: 1};
		if (args.length > 0 && exitCode !== 0) throw usageFailure(path, `unknown command "${args.join(' ')}"`);
		io[stream](helpText(verb, path));
		return exitCode;
	}

	const refused = refusedFlags.find(name => values.changed(name));
	if (refused) throw notSimulated(`${path} --${refused}`);
	const profile = values.global('profile');
	if (!profiles.includes(profile)) throw failure(`unknown profile '${profile}'`);
	const session = new Session(io, values, path);
	const call: Call = {verb, path, flags: values, args, dash, session};
	const exitCode = yield* verb.run(call);
	session.checkWarnings();
	return exitCode;
}

/** What `--profile` may measure (kubectl/pkg/cmd/profiling.go). */
const profiles = ['none', 'cpu', 'heap', 'goroutine', 'threadcreate', 'block', 'mutex'];

const enabledFlags = ({featureFlags = {}}: Verb, env: Readonly<Record<string, string | undefined>>): Flag[] =>
	Object.entries(featureFlags).flatMap(([variable, flags]) => (env[variable] === 'true' ? flags : []));

/** What is no command may be a plugin's name, and then no flag may stand before it. Models cmd.HandlePluginCommand. */
function checkPlugin(words: readonly string[]): void {
	const name = words.find(word => !word.startsWith('-'));
	if (words[0]!.startsWith('-') && name !== 'help') throw rawFailure(`Error: flags cannot be placed before plugin name: ${words[0]}`);
}

/** `kubectl help create deployment` is `kubectl create deployment --help`. */
function helpOn(io: Io<Machine>, words: readonly string[]): number {
	const {verb, path} = findVerb(words);
	if (verb === rootVerb && words.some(word => !word.startsWith('-'))) {
		const usage = helpText(rootVerb, 'kubectl');
		io.err(`Unknown help topic [${words.map(word => `\`${word}\``).join(' ')}]\n\n\n${usage.slice(usage.indexOf('Basic Commands'))}`);
	} else io.out(helpText(verb, path));
	return 0;
}

function unknownCommand(word: string): Failure {
	const near = suggestions(
		word,
		verbs.map(verb => verb.name),
	);
	const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map(name => `\t${name}\n`).join('')}` : '';
	return rawFailure(`error: unknown command "${word}" for "kubectl"${hint}`);
}
