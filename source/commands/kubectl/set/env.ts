import type {KubeObject} from '../../../api/object.js';
import {printerFor} from '../output/printer.js';
import {isEnvVarName} from '../../../api/selector/label-syntax.js';
import {failure} from '../failure.js';
import {dryRunOf} from '../resource/dry-run.js';
import type {Steps} from '../resource/files.js';
import type {Target} from '../resource/target.js';
import type {Session} from '../session.js';
import type {Call, Verb} from '../verb.js';
import {bothAllAndSelector, changeAll, infosOf, localOnServer, resourcesAndPairs, setFlags, specToChange} from './change-all.js';
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
		if (flags.bool('all') && flags.string('selector') !== '') throw failure(bothAllAndSelector);
		const isPair = (word: string) => (word.includes('=') && !word.startsWith('=')) || word.endsWith('-');
		const {resources, pairs} = resourcesAndPairs(call.args, isPair, 'environment', call.args.join(' '));
		if (flags.bool('local') && dryRunOf(call) === 'server') throw failure(localOnServer);
		if (resources.length === 0 && flags.list('filename').length === 0)
			throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
		printerFor(call.session, flags);
		if (flags.bool('list') && flags.string('output') !== '') throw failure('--list and --output may not be specified together');
		if (flags.list('keys').length > 0 && flags.string('from') === '')
			throw failure('when specifying --keys, a configmap or secret must be provided with --from');
		const changes = parse([...flags.list('env'), ...pairs], call.session.io.stdin);
		const sourced = flags.string('from') === '' ? [] : yield* fromObjects(call);
		const prefix = flags.string('prefix');
		const set = [...changes.set, ...sourced].map(one => ({...one, name: prefix + one.name}));
		// With --local what is named is left out, not refused.
		const infos = yield* infosOf(call, flags.bool('local') ? [] : resources);
		const edit = (draft: KubeObject, {name}: Target): readonly any[] => {
			const found = containersOf(draft, flags.string('containers'));
			if (found.length === 0)
				call.session.err(
					`Warning: ${draft.kind}/${name} does not have any containers matching ${JSON.stringify(flags.string('containers'))}\n`,
				);
			for (const container of found) {
				if (!flags.bool('overwrite')) checkOverwrite(container.env ?? [], set);
				const now = updated(container.env ?? [], set, changes.remove);
				if (now.length > 0) container.env = now;
				else delete container.env;
			}

			return found;
		};
		if (flags.bool('list')) listEnv(call, infos, edit);
		else
			changeAll(call, infos, {
				operation: 'env updated',
				patching: 'env update to pod template: ',
				edit: (draft, target) => edit(draft, target).length > 0,
			});
		return 0;
	},
};

/** Those whose names match, of either sort (kubectl/pkg/cmd/set/helper.go, selectContainers). */
function containersOf(draft: KubeObject, pattern: string): any[] {
	const spec = specToChange(draft);
	const matching = (list: readonly any[] = []) => list.filter(container => nameMatches(pattern, container.name));
	return [...matching(spec.containers), ...matching(spec.initContainers)];
}

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

function checkOverwrite(present: readonly EnvVar[], set: readonly EnvVar[]): void {
	const taken = present.find(one => set.some(other => other.name === one.name));
	if (taken) throw failure(`'${taken.name}' already has a value (${taken.value ?? ''}), and --overwrite is false`);
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

/** `--from=configmap/app` or `--from=secret/db`: one variable a key. `-f`, `--selector` and `--all` say what is meant by it, too. */
function* fromObjects(call: Call): Steps<EnvVar[]> {
	const {session, flags} = call;
	const keys = flags.list('keys');
	return (yield* infosOf(call, flags.bool('local') ? [] : [flags.string('from')])).flatMap(({name, object}) => {
		if (object!.kind !== 'Secret' && object!.kind !== 'ConfigMap') throw failure('unsupported resource specified in --from');
		const field = object!.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
		return Object.keys(object!['data'] ?? {})
			.sort()
			.filter(key => keys.length === 0 || keys.includes(key))
			.map(key => ({name: nameFor(session, key), valueFrom: {[field]: {name, key}}}));
	});
}

/** A variable's name is in capitals; kubectl says so when it had to change the key. */
function nameFor(session: Session, key: string): string {
	const name = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
	if (name !== key) session.err(`Warning: key ${key} transferred to ${name}\n`);
	return name;
}
