import type {Machine} from '../../node/host/machine.js';
import type {Io} from '../../shell/command.js';
import {globalFlags} from './flags/flag.js';
import {Values} from './flags/values.js';
import {kindsInOrder} from './resource/arguments.js';
import {Session} from './session.js';
import {findVerb, rootVerb} from './find-verb.js';

type Place = Pick<Io<Machine>, 'machine' | 'cwd' | 'env'>;

/** Verbs that take `TYPE NAME`. */
const typed = new Set([
	'get',
	'describe',
	'delete',
	'edit',
	'label',
	'annotate',
	'patch',
	'expose',
	'scale',
	'autoscale',
	'wait',
	'status',
	'restart',
	'history',
	'undo',
	'pause',
	'resume',
	'image',
	'env',
	'resources',
	'selector',
	'serviceaccount',
	'subject',
	'explain',
]);
const podVerbs = new Set(['logs', 'exec', 'attach', 'debug', 'port-forward']);
const nodeVerbs = new Set(['cordon', 'uncordon', 'drain']);
const formats = [
	'json',
	'yaml',
	'name',
	'wide',
	'go-template',
	'go-template-file',
	'jsonpath',
	'jsonpath-as-json',
	'jsonpath-file',
	'custom-columns',
	'custom-columns-file',
];

/** Candidates for the last of `words`; `words[0]` is kubectl. */
export function completeKubectl(words: readonly string[], place: Place): readonly string[] {
	const word = words.at(-1) ?? '';
	const before = words.slice(1, -1);
	const found = findVerb(before);
	const candidates = candidatesFor(found, word, before, place);
	return candidates.filter(candidate => candidate.startsWith(word));
}

function candidatesFor({verb, rest}: ReturnType<typeof findVerb>, word: string, before: readonly string[], place: Place): string[] {
	const flags = [...verb.flags, ...globalFlags];
	const previous = before.at(-1) ?? '';
	const flag = flags.find(row => previous === `--${row[0]}` || (row[3] && previous === `-${row[3]}`));
	const session = sessionFor(place, before);
	if (flag && flag[1] !== 'bool' && flag[4] === undefined) return flagValues(flag[0], session, rest);
	if (word.startsWith('-')) return flags.map(row => `--${row[0]}${row[1] === 'bool' || row[4] ? '' : '='}`);
	if (verb === rootVerb || (verb.verbs && !verb.run)) return (verb.verbs ?? []).map(child => child.name);
	const children = (verb.verbs ?? []).map(child => child.name);
	return [...children, ...argumentsFor(verb.name, positional(rest, flags), word, session)];
}

function argumentsFor(verb: string, args: readonly string[], word: string, session: Session): string[] {
	if (nodeVerbs.has(verb)) return names(session, 'nodes');
	if (verb === 'use-context' || verb === 'delete-context' || verb === 'set-context')
		return session.access.config.contexts.map(entry => entry.name);
	if (podVerbs.has(verb) && args.length === 0) return word.includes('/') ? slashed(session, word) : names(session, 'pods');
	if (verb === 'taint') return args.length === 0 ? ['node', 'nodes'] : names(session, 'nodes');
	if (verb === 'rollout' || !typed.has(verb)) return [];
	if (word.includes('/')) return slashed(session, word);
	if (args.length === 0) return types(session);
	return args[0]!.includes('/') ? [] : names(session, args[0]!).filter(name => !args.includes(name));
}

const types = (session: Session): string[] =>
	kindsInOrder(session).map(kind => (kind.group?.includes('.') ? `${kind.plural}.${kind.group}` : kind.plural));

function slashed(session: Session, word: string): string[] {
	const type = word.slice(0, word.indexOf('/'));
	return names(session, type).map(name => `${type}/${name}`);
}

function names(session: Session, type: string): string[] {
	const kind = session.api.findKind(type);
	if (!kind) return [];
	return session.api.list(kind, kind.namespaced ? {namespace: session.namespace} : {}).map(object => object.metadata.name);
}

function flagValues(name: string, session: Session, rest: readonly string[]): string[] {
	if (name === 'namespace') return names(session, 'namespaces');
	if (name === 'context') return session.access.config.contexts.map(entry => entry.name);
	if (name === 'cluster') return session.access.config.clusters.map(entry => entry.name);
	if (name === 'user') return session.access.config.users.map(entry => entry.name);
	if (name === 'output') return formats;
	if (name === 'dry-run') return ['none', 'client', 'server'];
	if (name === 'container') return containers(session, rest.find(word => !word.startsWith('-')) ?? '');
	return [];
}

function containers(session: Session, pod: string): string[] {
	const kind = session.api.findKind('pods');
	const found =
		kind && session.api.list(kind, {namespace: session.namespace}).find(object => object.metadata.name === pod.replace(/^pods?\//, ''));
	return [...(found?.['spec'].initContainers ?? []), ...(found?.['spec'].containers ?? [])].map(
		(container: {name: string}) => container.name,
	);
}

const positional = (rest: readonly string[], flags: ReadonlyArray<readonly [string, string, ...unknown[]]>): string[] => {
	const args: string[] = [];
	for (let i = 0; i < rest.length; i++) {
		const word = rest[i]!;
		if (!word.startsWith('-')) args.push(word);
		else if (!word.includes('=')) {
			const flag = flags.find(row => word === `--${row[0]}` || (row[3] && word === `-${row[3]}`));
			if (flag && flag[1] !== 'bool' && flag[4] === undefined) i++;
		}
	}

	return args;
};

/** A session that prints nothing; `-n` and `--context` on the line so far count. */
function sessionFor(place: Place, before: readonly string[]): Session {
	const values = new Values(new Map(globalFlags.map(flag => [flag[0], flag])));
	before.forEach((word, at) => {
		for (const flag of globalFlags) {
			if (flag[1] !== 'string') continue;
			if (word === `--${flag[0]}` || (flag[3] && word === `-${flag[3]}`)) values.set(flag, before[at + 1] ?? '');
			else if (word.startsWith(`--${flag[0]}=`)) values.set(flag, word.slice(flag[0].length + 3));
		}
	});
	return new Session(
		{
			...place,
			argv: [],
			stdin: '',
			stdinIsTerminal: false,
			stdoutIsTerminal: false,
			columns: 80,
			rows: 24,
			out() {},
			err() {},
			path: name => name,
		} as Io<Machine>,
		values,
	);
}
