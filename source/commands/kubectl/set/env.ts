import type {KubeObject} from '../../../api/object.js';
import {failure} from '../failure.js';
import type {Steps} from '../resource/files.js';
import {kindFor} from '../resource/arguments.js';
import {select, visit} from '../resource/select.js';
import type {Call, Verb} from '../verb.js';
import {resourcesAndPairs, setAll, setFlags, specToChange} from './change-all.js';
import {nameMatches} from './resources.js';
import {describeEnvSource} from '../../../kinds/describe/env-source.js';

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
		const {resources, pairs} = resourcesAndPairs(
			call.args,
			word => word.includes('=') || (word.endsWith('-') && word !== '-'),
			'environment variable',
		);
		const hasFiles = flags.list('filename').length > 0 || flags.string('kustomize') !== '';
		if (resources.length === 0 && !hasFiles)
			throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
		if (flags.bool('list')) {
			yield* listAll(call, resources);
			return 0;
		}

		const changes = parse([...flags.list('env'), ...pairs]);
		const sourced = flags.string('from') === '' ? [] : fromObject(call);
		if (changes.set.length === 0 && changes.remove.length === 0 && sourced.length === 0)
			throw failure('at least one environment variable must be provided');
		yield* setAll(call, resources, 'env updated', (draft, target) => {
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
				checkOverwrite(flags.bool('overwrite'), container.env ?? [], changes.set);
				const now = updated(container.env ?? [], [...changes.set, ...sourced], changes.remove);
				if (now.length > 0) container.env = now;
				else delete container.env;
			}
		});
		return 0;
	},
};

function parse(texts: readonly string[]): {set: EnvVar[]; remove: string[]} {
	const set: EnvVar[] = [];
	const remove: string[] = [];
	for (const text of texts) {
		const equals = text.indexOf('=');
		if (equals > 0) set.push({name: text.slice(0, equals), value: text.slice(equals + 1)});
		else if (text.endsWith('-')) remove.push(text.slice(0, -1));
		else
			throw failure(
				`environment variables must be of the form key=value: ${text}`.replace(
					'environment variables must be of the form key=value: ',
					'unknown argument: ',
				),
			);
	}

	return {set, remove};
}

function checkOverwrite(overwrite: boolean, present: readonly EnvVar[], set: readonly EnvVar[]): void {
	if (overwrite) return;
	const taken = set.find(({name}) => present.some(one => one.name === name));
	if (taken)
		throw failure(
			`'${taken.name}' already has a value (${present.find(one => one.name === taken.name)!.value ?? ''}), and --overwrite is false`,
		);
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
		.map(key => ({name: flags.string('prefix') + key.toUpperCase().replace(/[^A-Z0-9_]/g, '_'), valueFrom: {[field]: {name, key}}}));
}

function* listAll(call: Call, resources: readonly string[]): Steps<void> {
	const {session, flags} = call;
	const selection = yield* select(call, {args: resources, fetch: true, latest: true, allowEmpty: flags.bool('all')});
	yield* visit(selection, function* (target) {
		const spec = specToChange(target.object!, target);
		for (const container of spec.containers.filter((one: {name: string}) => nameMatches(flags.string('containers'), one.name))) {
			session.out(`# ${target.kind.kind} ${target.name}, container ${container.name}\n`);
			for (const one of container.env ?? [])
				session.out(one.valueFrom ? `# ${one.name} from ${describeEnvSource(one.valueFrom)}\n` : `${one.name}=${one.value ?? ''}\n`);
		}
	});
}
