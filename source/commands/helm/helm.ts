import {ApiError} from '../../api/status.js';
import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io, Run} from '../../shell/command.js';
import {Failure} from '../kubectl/failure.js';
import {type Flag, globalFlags as kubectlFlags} from '../kubectl/flags/flag.js';
import {commandWordAt, HelpAsked, parseFlags} from '../kubectl/flags/parse.js';
import {Values} from '../kubectl/flags/values.js';
import {suggestions} from '../kubectl/suggest.js';
import {callOf, type HelmVerb} from './context.js';
import {HelmError, helmError} from './failure.js';
import {helpText, lineOfUse} from './help.js';
import {chartVerbs} from './verbs/charts.js';
import {installVerb, templateVerb, upgradeVerb} from './verbs/install.js';
import {ownVerbs} from './verbs/own.js';
import {releaseVerbs} from './verbs/releases.js';
import {repo, searchVerb} from './verbs/repo.js';

const verbs: readonly HelmVerb[] = [
	...chartVerbs,
	installVerb,
	templateVerb,
	upgradeVerb,
	...ownVerbs,
	...releaseVerbs,
	repo,
	searchVerb,
].sort((a, b) => (a.name < b.name ? -1 : 1));
const root: HelmVerb = {name: 'helm', summary: 'The Kubernetes package manager', usage: '', verbs};

/** Flags of every verb, and what kubectl calls them. */
const shared: ReadonlyArray<readonly [flag: Flag, kubectl: string]> = [
	[['namespace', 'string', '', 'n'], 'namespace'],
	[['kubeconfig', 'string', ''], 'kubeconfig'],
	[['kube-context', 'string', ''], 'context'],
	[['kube-apiserver', 'string', ''], 'server'],
	[['kube-as-user', 'string', ''], 'as'],
	[['kube-as-group', 'array', ''], 'as-group'],
	[['kube-ca-file', 'string', ''], 'certificate-authority'],
	[['kube-token', 'string', ''], 'token'],
	[['kube-insecure-skip-tls-verify', 'bool', 'false'], 'insecure-skip-tls-verify'],
	[['debug', 'bool', 'false'], ''],
	[['burst-limit', 'int', '100'], ''],
	[['qps', 'string', '0'], ''],
	[['registry-config', 'string', ''], ''],
	[['repository-cache', 'string', ''], ''],
	[['repository-config', 'string', ''], ''],
];
/** Accepted by the real one with an effect that ours lacks. */
const unread = [
	'cleanup-on-fail',
	'dependency-update',
	'disable-openapi-validation',
	'enable-dns',
	'hide-secret',
	'insecure-skip-tls-verify',
	'labels',
	'name-template',
	'pass-credentials',
	'password',
	'recreate-pods',
	'registry-config',
	'release-name',
	'repository-cache',
	'repository-config',
	'selector',
	'skip-schema-validation',
	'take-ownership',
	'username',
	'validate',
	'with-subcharts',
];

const globalFlags = shared.map(([flag]) => flag);

const helm: Command<Machine> = {
	name: 'helm',
	summary: 'The Kubernetes package manager',
	path: '/usr/local/bin/helm',
	*run(io) {
		try {
			return yield* dispatch(io);
		} catch (error) {
			return explain(io, error);
		}
	},
	complete(words) {
		let at = root;
		for (const word of words.slice(1, -1)) at = childOf(at, word) ?? at;
		return (at.verbs ?? []).map(verb => verb.name);
	},
};

export default helm;

function explain(io: Io<Machine>, error: unknown): number {
	if (error instanceof HelmError) {
		const isOurs = error.message.includes('kubelab: not simulated:');
		io.err(isOurs ? `${error.message.slice(error.message.indexOf('kubelab:'))}\n` : `Error: ${error.message}\n`);
		return isOurs ? 125 : error.exitCode;
	}

	if (error instanceof ApiError || error instanceof FileError) io.err(`Error: ${error.message}\n`);
	else if (error instanceof Failure)
		io.err(error.raw && error.message.startsWith('kubelab:') ? `${error.message}\n` : `Error: ${error.message.split('\nSee ')[0]}\n`);
	else if (error instanceof Error && error.message.startsWith('kubelab: not simulated')) {
		io.err(`${error.message}\n`);
		return 125;
	} else throw error;
	return error instanceof Failure ? error.exitCode : 1;
}

const childOf = (verb: HelmVerb, word: string | undefined) =>
	word === undefined ? undefined : verb.verbs?.find(each => each.name === word || each.aliases?.includes(word));

function* dispatch(io: Io<Machine>): Run {
	let verb = root;
	let path = 'helm';
	let rest = io.argv.slice(1);
	for (;;) {
		const at = commandWordAt(rest, 0, [...globalFlags, ...(verb.flags ?? [])]);
		const child = childOf(verb, at === -1 ? undefined : rest[at]);
		if (!child) break;
		rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
		verb = child;
		path = `${path} ${child.name}`;
	}

	if (rest.includes('--post-renderer')) throw helmError('kubelab: not simulated: helm --post-renderer');
	let parsed: ReturnType<typeof parseFlags>;
	try {
		parsed = parseFlags(rest, [...(verb.flags ?? []), ...globalFlags], path);
	} catch (error) {
		if (!(error instanceof HelpAsked)) throw error;
		io.out(helpText(verb, path, globalFlags));
		return 0;
	}

	const {values, args} = parsed;
	const unknown = unread.find(name => values.changed(name));
	if (unknown) throw helmError(`kubelab: not simulated: ${path} --${unknown}`);
	if (!verb.run) {
		if (args.length > 0) throw unknownCommand(verb, path, args[0]!);
		io.out(helpText(verb, path, globalFlags));
		return 0;
	}

	checkCount(verb, path, args.length);
	return yield* verb.run(callOf(io, values, sessionValues(values), args));
}

/** Helm's flags under kubectl's names: its way to the server is kubectl's. */
function sessionValues(values: Values): Values {
	const result = new Values(new Map(kubectlFlags.map(flag => [flag[0], flag])));
	for (const [[name], kubectl] of shared) {
		const row = kubectlFlags.find(flag => flag[0] === kubectl);
		if (row && values.changed(name)) result.set(row, values.string(name));
	}

	return result;
}

function checkCount({args, ...verb}: HelmVerb, path: string, count: number): void {
	if (!args || (count >= args[0] && count <= args[1])) return;
	const [least, most] = args;
	const words = (number: number) => `${number} argument${number === 1 ? '' : 's'}`;
	const demand =
		most === 0
			? 'accepts no arguments'
			: least === most
				? `requires ${words(least)}`
				: count < least
					? `requires at least ${words(least)}`
					: `accepts at most ${words(most)}`;
	throw helmError(`"${path}" ${demand}\n\nUsage:  ${lineOfUse(verb, path)}`);
}

function unknownCommand(verb: HelmVerb, path: string, word: string): HelmError {
	const near = suggestions(
		word,
		(verb.verbs ?? []).map(each => each.name),
	);
	const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map(name => `\t${name}\n`).join('')}` : '';
	return helmError(
		`unknown command ${JSON.stringify(word)} for ${JSON.stringify(path)}${hint}${hint ? '' : '\n'}\nRun '${path} --help' for usage.`.replace(
			'\n\nRun',
			'\nRun',
		),
	);
}
