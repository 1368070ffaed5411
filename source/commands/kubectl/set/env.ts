import type {KubeObject} from '../../../api/object.js';
import {isEnvVarName} from '../../../api/selector/label-syntax.js';
import {failure} from '../failure.js';
import {kindFor} from '../resource/arguments.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import type {Call, Verb} from '../verb.js';
import {resourcesAndPairs, setAll, setFlags, specToChange} from './change-all.js';
import {nameMatches} from './resources.js';
import {listEnv} from './list-env.js';

interface EnvVar {
	name: string;
	value?: string;
	valueFrom?: any;
}

export const env: Verb = {
	name: 'env',
	summary: 'Update environment variables on a pod template',
	usage: 'set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
	flags: [
		...setFlags,
		['containers', 'string', '*', 'c'],
		['env', 'array', '', 'e'],
		['from', 'string', ''],
		['keys', 'strings', ''],
		['list', 'bool', 'false'],
		['overwrite', 'bool', 'true'],
		['prefix', 'string', ''],
		['resolve', 'bool', 'false'],
	],
	*run(call) {
		const {flags} = call;
		const {resources, pairs} = resourcesAndPairs(call.args, word => word.includes('=') || word.endsWith('-'), 'environment variable');
		const hasFiles = flags.list('filename').length > 0 || flags.string('kustomize') !== '';
		if (resources.length === 0 && !hasFiles)
			throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
		const changes = parse([...flags.list('env'), ...pairs], call.session.io.stdin);
		const sourced = flags.string('from') === '' ? [] : fromObject(call);
		const prefix = flags.string('prefix');
		const set = [...changes.set, ...sourced].map(one => ({...one, name: prefix + one.name}));
		const edit = (draft: KubeObject, target: Target) => {
			const spec = specToChange(draft, target, flags.bool('local'));
			const found = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].filter(container =>
				nameMatches(flags.string('containers'), container.name),
			);
			if (found.length === 0) {
				call.session.err(
					`Warning: ${draft.kind}/${target.name} does not have any containers matching ${JSON.stringify(flags.string('containers'))}\n`,
				);
				return;
			}

			for (const container of found) {
				if (!flags.bool('overwrite')) checkOverwrite(target, container.env ?? [], set);
				const now = updated(container.env ?? [], set, changes.remove);
				if (now.length > 0) container.env = now;
				else delete container.env;
			}
		};
		if (flags.bool('list')) yield* listEnv(call, resources, edit);
		else yield* setAll(call, resources, 'env updated', edit, 'env update to pod template');
		return 0;
	},
};

/** `KEY=value`, `KEY-`, and `-` for lines of them on stdin (kubectl/pkg/cmd/set/env/env_parse.go). */
function parse(texts: readonly string[], stdin: string): {set: EnvVar[]; remove: string[]} {
	const set: EnvVar[] = [];
	const remove: string[] = [];
	for (const text of texts) {
		const equals = text.indexOf('=');
		if (text === '-')
			set.push(
				...parse(
					stdin.split('\n').filter(line => line.includes('=') && !line.startsWith('#')),
					'',
				).set,
			);
		else if (equals !== -1) set.push(named(text.slice(0, equals), text.slice(equals + 1)));
		else if (text.endsWith('-')) remove.push(text.slice(0, -1));
		else throw failure(`unknown environment variable: ${text}`);
	}

	if (remove.some(name => set.some(one => one.name === name)))
		throw failure('can not both modify and remove the same environment variable in the same command');
	return {set, remove};
}

function named(name: string, value: string): EnvVar {
	const problems = isEnvVarName(name);
	if (problems.length > 0) throw failure(`${JSON.stringify(name)} is not a valid key name: ${problems.join(', ')}`);
	return {name, value};
}

function checkOverwrite({kind, name}: Target, present: readonly EnvVar[], set: readonly EnvVar[]): void {
	const taken = present.find(one => set.some(other => other.name === one.name));
	if (taken) throw failure(`${kind.plural}/${name} '${taken.name}' already has a value (${taken.value ?? ''}), and --overwrite is false`);
}

function updated(present: readonly EnvVar[], set: readonly EnvVar[], remove: readonly string[]): EnvVar[] {
	const result: EnvVar[] = [];
	for (const one of present) {
		if (remove.includes(one.name)) continue;
		result.push(set.findLast(({name}) => name === one.name) ?? one);
	}

	for (const one of set)
		if (!present.some(({name}) => name === one.name) && !result.some(({name}) => name === one.name))
			result.push(set.findLast(({name}) => name === one.name)!);
	return result;
}

/** `--from=configmap/app` or `--from=secret/db`: one variable a key. */
function fromObject(call: Call): EnvVar[] {
	const {session, flags} = call;
	const [type = '', name = ''] = flags.string('from').split('/');
	const kind = kindFor(session, type);
	const object = session.get<KubeObject>(kind, session.namespace, name);
	const field = object.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
	if (object.kind !== 'Secret' && object.kind !== 'ConfigMap') throw failure(`unsupported resource specified in --from`);
	const keys = flags.list('keys');
	return Object.keys(object['data'] ?? {})
		.sort()
		.filter(key => keys.length === 0 || keys.includes(key))
		.map(key => ({name: nameFor(session, key), valueFrom: {[field]: {name, key}}}));
}

/** A variable's name is in capitals; kubectl says so when it had to change the key. */
function nameFor(session: Session, key: string): string {
	const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
	if (name !== key) session.err(`Warning: key ${key} transferred to ${name}\n`);
	return name;
}
