import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';
import {isLabelValue, isQualifiedName} from '../../../api/selector/label-syntax.js';
import {Failure, failure, usageFailure} from '../failure.js';
import {allFlag, dryRunFlag, managerFlag, printFlags, selectorFlag, validateFlag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {change} from '../resource/change.js';
import {dryRunOf, fieldValidationOf, writeQuery} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import type {Call, Verb} from '../verb.js';

interface Taint {
	readonly key: string;
	readonly value?: string;
	readonly effect: string;
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

const taint: Verb = {
	name: 'taint',
	summary: 'Update the taints on one or more nodes',
	group: 'Cluster Management Commands:',
	usage: 'taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
	flags: [
		...printFlags,
		...selectorFlag,
		...allFlag,
		...dryRunFlag,
		...managerFlag('kubectl-taint'),
		...validateFlag,
		['overwrite', 'bool', 'false'],
	],
	*run(call) {
		const {flags, session} = call;
		const {resources, add, remove} = readArguments(call);
		const dryRun = dryRunOf(call);
		fieldValidationOf(flags);
		// It tells of a dry run only in the object it prints.
		const report = reportFor(call, 'none', {late: true});
		// --all and --selector make nothing of names (taint.go).
		if (flags.bool('all') && flags.string('selector') !== '')
			throw failure("setting 'all' parameter with a non empty selector is prohibited");
		const many = flags.bool('all') || flags.string('selector') !== '';
		const selection = yield* select(call, {args: many ? resources.slice(0, 1) : resources, fetch: true, allowEmpty: flags.bool('all')});
		yield* visit(selection, function* (target) {
			const node = target.object!;
			if (node.kind !== 'Node') throw failure(`invalid resource type ${target.kind.plural}, only node types are supported`);
			const before: Taint[] = node['spec'].taints ?? [];
			const operation = operationFor(flags.bool('overwrite'), add, remove);
			if (!flags.bool('overwrite')) checkTaken(node, before, add);
			const missing = remove.filter(one => !before.some(other => matches(other, one)));
			if (missing.length > 0)
				throw failure(
					missing.map(one => (one.effect ? `taint "${one.key}:${one.effect}" not found` : `taint "${one.key}" not found`)).join(', '),
				);
			const after = [
				...add,
				...before.filter(
					one => !add.some(other => other.key === one.key && other.effect === one.effect) && !remove.some(other => matches(one, other)),
				),
			];
			const edit = (draft: KubeObject) => {
				if (after.length > 0) draft['spec'].taints = after;
				else delete draft['spec'].taints;
			};
			if (dryRun === 'client') {
				const draft = copy(node);
				edit(draft);
				report.done(target, operation, draft);
			} else report.done(target, operation, change(session, target, edit, writeQuery(flags, dryRun)) ?? node, {typed: true});
		});
		return 0;
	},
};

export default taint;

const matches = (present: Taint, asked: {key: string; effect: string}) =>
	present.key === asked.key && (asked.effect === '' || present.effect === asked.effect);

function readArguments(call: Call): {resources: string[]; add: Taint[]; remove: Taint[]} {
	const {args, flags, path, session} = call;
	const resources: string[] = [];
	const specs: string[] = [];
	for (const arg of args) {
		const isSpec = arg.includes('=') || arg.endsWith('-') || (arg.includes(':') && specs.length + resources.length > 1);
		if (isSpec) specs.push(arg);
		else if (specs.length === 0) resources.push(arg);
		else throw failure(`all resources must be specified before taint changes: ${arg}`);
	}

	if (resources.length < 1) throw failure('one or more resources must be specified as <resource> <name>');
	if (specs.length < 1) throw failure('at least one taint update is required');
	// The first word is the type, whatever is in it (taint.go).
	const type = resources[0]!;
	const kind = session.api.findKind(type);
	if (!kind) throw new Failure(`the server doesn't have a resource type "${resources[0]}"`, {raw: true});
	if (kind.kind !== 'Node') throw failure(`invalid resource type ${resources[0]}, only node types are supported`);
	if (resources.length < 2 && !flags.bool('all') && flags.string('selector') === '')
		throw failure("at least one resource name must be specified since 'all' parameter is not set");
	const add: Taint[] = [];
	const remove: Taint[] = [];
	for (const spec of specs) {
		const isRemoval = spec.endsWith('-');
		(isRemoval ? remove : add).push(parse(isRemoval ? spec.slice(0, -1) : spec, isRemoval, path));
	}

	check(add, remove, path);
	return {resources, add, remove};
}

/** No taint twice, none both set and removed (kubectl/pkg/cmd/taint/utils.go). */
function check(add: readonly Taint[], remove: readonly Taint[], path: string): void {
	const twice = add.find((one, index) => add.slice(0, index).some(other => other.key === one.key && other.effect === one.effect));
	if (twice)
		throw usageFailure(path, `duplicated taints with the same key and effect: {${twice.key} ${twice.value ?? ''} ${twice.effect} <nil>}`);
	const both = remove.filter(one => add.some(other => matches(other, one)));
	if (both.length > 0) {
		const shown = both.map(({key, effect}) => `${key}=${effect}`).join(', ');
		throw failure(`can not both modify and remove the following taint(s) in the same command: ${shown}`);
	}
}

function parse(spec: string, isRemoval: boolean, path: string): Taint {
	const parts = spec.split(':');
	const [pair = '', effect = ''] = parts;
	// Without an effect the whole text is the key.
	const pieces = parts.length === 1 ? [spec] : pair.split('=');
	const [key = '', value] = pieces;
	if (parts.length > 2 || pieces.length > 2) throw usageFailure(path, `invalid taint spec: ${spec}`);
	if (parts.length === 2 && !effects.includes(effect))
		throw usageFailure(path, `invalid taint effect: ${effect}, unsupported taint effect`);
	const problems = [...isQualifiedName(key), ...(value ? isLabelValue(value) : [])];
	if (problems.length > 0) throw usageFailure(path, `invalid taint spec: ${spec}, ${problems.join('; ')}`);
	if (!isRemoval && effect === '') throw usageFailure(path, `invalid taint spec: ${spec}`);
	return {key, ...(value !== undefined && value !== '' && !isRemoval && {value}), effect};
}

function operationFor(overwrite: boolean, add: readonly Taint[], remove: readonly Taint[]): string {
	if (overwrite || (add.length > 0 && remove.length > 0)) return 'modified';
	return add.length > 0 ? 'tainted' : 'untainted';
}

function checkTaken({metadata}: KubeObject, before: readonly Taint[], add: readonly Taint[]): void {
	const taken = add.filter(one => before.some(other => other.key === one.key && other.effect === one.effect)).map(one => one.key);
	if (taken.length > 0)
		throw failure(
			`node ${metadata.name} already has ${[...new Set(taken)].join(',')} taint(s) with same effect(s) and --overwrite is false`,
		);
}
