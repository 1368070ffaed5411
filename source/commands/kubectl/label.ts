import {recorded, recordFlag} from './record.js';
import type {KubeObject} from '../../api/object.js';
import {isLabelValue} from '../../api/selector/label-syntax.js';
import {copy, equal} from '../../api/values/plain.js';
import type {Run} from '../../shell/command.js';
import {failure} from './failure.js';
import {
	allFlag,
	allNamespacesFlag,
	dryRunFlag,
	fieldSelectorFlag,
	fileFlags,
	managerFlag,
	printFlags,
	selectorFlag,
	type Flag,
} from './flags/flag.js';
import {printerFor} from './output/printer.js';
import {dryRunOf, writeQuery} from './resource/dry-run.js';
import {select, visit} from './resource/select.js';
import {nameWithKind, type Target} from './resource/target.js';
import type {Call, Verb} from './verb.js';

const flags = (name: string): readonly Flag[] => [
	...printFlags,
	...fileFlags,
	...selectorFlag,
	...fieldSelectorFlag,
	...allFlag,
	...allNamespacesFlag,
	...dryRunFlag,
	...managerFlag(`kubectl-${name}`),
	['list', 'bool', 'false'],
	['local', 'bool', 'false'],
	['overwrite', 'bool', 'false'],
	['resource-version', 'string', ''],
];

/** `label` and `annotate` differ in which map they change, and in their words. */
interface Marker {
	readonly field: 'labels' | 'annotations';
	readonly word: string;
	/** Stem of the file names in its usage. */
	readonly example: string;
	check(changes: Changes): void;
}

interface Changes {
	readonly set: Readonly<Record<string, string>>;
	readonly remove: readonly string[];
}

export const label: Verb = {
	name: 'label',
	summary: 'Update the labels on a resource',
	group: 'Settings Commands:',
	usage: 'label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
	flags: flags('label'),
	hiddenFlags: recordFlag,
	run: call => mark(call, {field: 'labels', word: 'label', example: 'pod', check: checkLabels}),
};

export const annotate: Verb = {
	name: 'annotate',
	summary: 'Update the annotations on a resource',
	group: 'Settings Commands:',
	usage: 'annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
	flags: flags('annotate'),
	hiddenFlags: recordFlag,
	run: call => mark(call, {field: 'annotations', word: 'annotation', example: 'rsrc', check: checkAnnotations}),
};

function* mark(call: Call, marker: Marker): Run {
	const {session} = call;
	const {resources, pairs} = splitArguments(call, marker);
	const changes = changesOf(pairs, marker);
	const list = call.flags.bool('list');
	if (list && call.flags.string('output') !== '') throw failure('--list and --output may not be specified together');
	if (call.flags.bool('all') && call.flags.string('selector') !== '') throw failure('cannot set --all and --selector at the same time');
	if (call.flags.bool('all') && call.flags.string('field-selector') !== '')
		throw failure('cannot set --all and --field-selector at the same time');
	const hasFiles = call.flags.list('filename').length > 0 || call.flags.string('kustomize') !== '';
	if (resources.length < 1 && !hasFiles) throw failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
	if (pairs.length === 0 && !list) throw failure(`at least one ${marker.word} update is required`);
	marker.check(changes);
	const many = resources.length > 2 || call.flags.bool('all') || call.flags.string('selector') !== '';
	if (call.flags.string('resource-version') && many) throw failure('--resource-version may only be used with a single resource');
	const local = call.flags.bool('local');
	if (local && !hasFiles)
		throw failure(`can only use local files by -f ${marker.example}.yaml or --filename=${marker.example}.json when --local=true is set`);
	const dryRun = dryRunOf(call);
	const early = marker.word === 'label' ? undefined : printerFor(session, call.flags);
	const selection = yield* select(call, {args: resources, fetch: true, latest: !local, allowEmpty: call.flags.bool('all'), local});
	yield* visit(selection, function* (target) {
		const before = target.object!;
		const operation =
			call.flags.bool('list') && pairs.length === 0
				? ''
				: said(marker, before, changes, call.flags.bool('overwrite'), text => session.out(text));
		const after = recorded(call, changed(call, marker, before, changes));
		let object = after;
		if (!local && dryRun !== 'client' && !list && !equal(before, after))
			object = patchOf(call, marker, target, before, after, writeQuery(call.flags, dryRun));
		if (list) {
			const indent = selection.targets.length > 1 ? ' ' : '';
			if (indent) session.out(`Listing ${marker.field} for ${target.kind.kind}.${target.kind.group}/${target.name}:\n`);
			for (const key of Object.keys(after.metadata[marker.field] ?? {}))
				session.out(`${indent}${key}=${after.metadata[marker.field]![key]}\n`);
			return;
		}

		const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
		const printer = marker.word === 'label' ? printerFor(session, call.flags) : early;
		session.out(printer ? printer.print(object) : `${nameWithKind(target.kind, target.name)} ${operation}${suffix}\n`);
	});
	return 0;
}

/** Words up to the first `key=value` or `key-` name resources (cmdutil.GetResourcesAndPairs). */
function splitArguments(call: Call, marker: Marker): {resources: string[]; pairs: string[]} {
	const resources: string[] = [];
	const pairs: string[] = [];
	for (const arg of call.args) {
		const isPair = (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-');
		if (pairs.length === 0 && !isPair) resources.push(arg);
		else if (isPair) pairs.push(arg);
		else throw failure(`all resources must be specified before ${marker.word} changes: ${arg}`);
	}

	return {resources, pairs};
}

/** Without a prototype: a key may be `constructor`. */
const bare = (map?: Readonly<Record<string, string>>): Record<string, string> => Object.assign(Object.create(null), map);

function changesOf(pairs: readonly string[], marker: Marker): Changes {
	const set = bare();
	const remove: string[] = [];
	for (const pair of pairs) {
		const equals = pair.indexOf('=');
		if (marker.word === 'label' && pair.split('=').length > 2) throw failure(`invalid label spec: ${pair}`);
		if (equals !== -1) set[pair.slice(0, equals)] = pair.slice(equals + 1);
		else remove.push(pair.slice(0, -1));
	}

	const both = remove.filter(key => key in set);
	if (both.length > 0)
		throw failure(
			`can not both modify and remove ${marker.word === 'label' ? 'a label' : 'the following annotation(s)'} in the same command${marker.word === 'label' ? '' : `: ${both.join(', ')}`}`,
		);
	return {set, remove};
}

function checkLabels({set}: Changes): void {
	for (const [key, value] of Object.entries(set)) {
		const problems = isLabelValue(value);
		if (problems.length > 0) throw failure(`invalid label value: "${key}=${value}": ${problems.join(';')}`);
	}
}

function checkAnnotations({set}: Changes): void {
	if ('' in set) throw failure('invalid annotation format: ');
}

/** What is said of the object; refuses to change what is there without --overwrite. */
/** `"labels":` and its comma go with the last of them. */
const labelsKeyLength = 10;

function said(marker: Marker, {metadata}: KubeObject, {set, remove}: Changes, overwrite: boolean, out: (text: string) => void): string {
	const before = bare(metadata[marker.field]);
	if (marker.field === 'annotations') return 'annotated';
	for (const key of remove) if (!(key in before)) out(`label "${key}" not found.\n`);
	const after = bare(before);
	for (const [key, value] of Object.entries(set)) after[key] = value;
	for (const key of remove) delete after[key];
	if (equal(before, after)) return 'not labeled';
	// kubectl goes by which of the two is longer as JSON (label.go, updateDataChangeMsg).
	const length = (labels: object) => (Object.keys(labels).length > 0 ? JSON.stringify(labels).length : -labelsKeyLength);
	return !overwrite && length(after) < length(before) ? 'unlabeled' : 'labeled';
}

function changed({flags: values}: Call, marker: Marker, object: KubeObject, {set, remove}: Changes): KubeObject {
	const map = bare(object.metadata[marker.field]);
	if (!values.bool('overwrite')) {
		const taken = Object.keys(set).filter(key => map[key] !== undefined && map[key] !== set[key]);
		if (taken.length > 0 && marker.field === 'labels')
			throw failure(`'${taken[0]}' already has a value (${map[taken[0]!]}), and --overwrite is false`);
		const declared = Object.keys(set).filter(key => map[key] !== undefined);
		if (declared.length > 0 && marker.field === 'annotations' && taken.length > 0) {
			throw failure(
				`--overwrite is false but found the following declared annotation(s): ${taken.map(key => `'${key}' already has a value (${map[key]})`).join(' ,')}`,
			);
		}
	}

	for (const [key, value] of Object.entries(set)) map[key] = value;
	for (const key of remove) delete map[key];
	const after = copy(object);
	const version = values.string('resource-version');
	if (version) after.metadata.resourceVersion = version;
	if (Object.keys(map).length > 0 || object.metadata[marker.field]) after.metadata[marker.field] = {...map};
	if (Object.keys(map).length === 0) {
		if (values.bool('local')) after.metadata[marker.field] = {};
		else delete after.metadata[marker.field];
	}

	return after;
}

function patchOf(
	call: Call,
	{field}: Marker,
	target: Target,
	before: KubeObject,
	after: KubeObject,
	query: Readonly<Record<string, string>>,
): KubeObject {
	const [old, now] = [before.metadata[field] ?? {}, after.metadata[field]];
	const diff: Record<string, string | null> = {};
	for (const [key, value] of Object.entries(now ?? {})) if (old[key] !== value) diff[key] = value;
	for (const key of Object.keys(old)) if (!(key in (now ?? {}))) diff[key] = null;
	const version = call.flags.string('resource-version');
	const body = {metadata: {[field]: now === undefined ? null : diff, ...(version && {resourceVersion: version})}};
	return call.session.patch(target.kind, target.namespace, target.name, 'merge', body, query);
}
