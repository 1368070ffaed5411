import {isMap} from '../go-template/go-value.js';
import type {Machine} from '../../node/host/machine.js';
import type {Io, Run} from '../../shell/command.js';
import type {Flag} from '../kubectl/flags/flag.js';
import type {Values} from '../kubectl/flags/values.js';
import {parseDocuments} from '../../api/values/go-yaml.js';
import type {ValueMap} from './chart/chart.js';
import {setValues} from './chart/set-values.js';
import {overlay} from './chart/values.js';
import {helmError, wrapped} from './failure.js';
import {Cluster} from './release/cluster.js';
import {type Release, Storage} from './release/release.js';

/** A verb of helm. */
export interface HelmVerb {
	readonly name: string;
	readonly aliases?: readonly string[];
	readonly summary: string;
	/** What follows its name in the usage line. */
	readonly usage: string;
	readonly flags?: readonly Flag[];
	readonly verbs?: readonly HelmVerb[];
	/** How many arguments it takes; absent: it says so itself. */
	readonly args?: readonly [least: number, most: number];
	run?(call: HelmCall): Run;
}

export interface HelmCall {
	readonly io: Io<Machine>;
	readonly flags: Values;
	readonly args: readonly string[];
	readonly cluster: Cluster;
	readonly storage: Storage;
	readonly namespace: string;
}

export function callOf(io: Io<Machine>, flags: Values, session: Values, args: readonly string[]): HelmCall {
	const cluster = new Cluster(io, session);
	return {
		io,
		flags,
		args,
		cluster,
		storage: new Storage(cluster),
		get namespace() {
			return session.global('namespace') || io.env['HELM_NAMESPACE'] || cluster.namespace;
		},
	};
}

export const valueFlags: readonly Flag[] = [
	['values', 'strings', '', 'f'],
	['set', 'array', ''],
	['set-string', 'array', ''],
	['set-json', 'array', ''],
	['set-file', 'array', ''],
	['set-literal', 'array', ''],
];

export const readText = ({io}: HelmCall, path: string): string => {
	const full = io.path(path);
	const {files} = io.machine;
	if (!files.exists(full)) throw helmError(`open ${path}: no such file or directory`);
	if (files.stat(full).type === 'folder') throw helmError(`read ${path}: is a directory`);
	return files.readText(full);
};

/** What the user gave: files first, then the `--set`s, each kind after the other (cli/values.MergeValues). */
export function givenValues(call: HelmCall): ValueMap {
	const {flags} = call;
	let values: ValueMap = {};
	for (const path of flags.list('values')) values = overlay(values, valuesIn(call, path));
	const kinds = [
		['set-json', 'json'],
		['set', 'typed'],
		['set-string', 'string'],
		['set-file', 'file'],
	] as const;
	for (const [flag, kind] of kinds) {
		for (const text of flags.list(flag)) {
			try {
				setValues(values, text, kind, path => readText(call, path));
			} catch (error) {
				throw wrapped(`failed parsing --${flag} data`, error);
			}
		}
	}

	for (const text of flags.list('set-literal')) {
		const at = text.indexOf('=');
		setValues(values, `${text.slice(0, at)}=${text.slice(at + 1).replace(/[\\,]/g, '\\$&')}`, 'string', () => '');
	}

	return values;
}

function valuesIn(call: HelmCall, path: string): ValueMap {
	const text = path === '-' ? call.io.stdin : readText(call, path);
	let value: unknown;
	try {
		value = parseDocuments(text)[0] ?? {};
	} catch (error) {
		throw helmError(`failed to parse ${path}: error converting YAML to JSON: ${(error as Error).message}`);
	}

	if (!isMap(value))
		throw helmError(
			`failed to parse ${path}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${Array.isArray(value) ? 'array' : typeof value} into Go value of type map[string]interface {}`,
		);
	return value;
}

/** A release by its name, and by `--revision` where it is given. */
export function findRelease({storage, namespace}: HelmCall, name: string, revision = 0): Release {
	const history = storage.history(name, namespace);
	const found = revision > 0 ? history.find(each => each.version === revision) : history.at(-1);
	if (!found) throw helmError('release: not found');
	return found;
}
