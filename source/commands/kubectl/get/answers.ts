import {apiVersionOf, type Kind} from '../../../api/kind.js';
import type {KubeObject} from '../../../api/object.js';
import {ApiError} from '../../../api/status.js';
import {ageOf} from '../../../kinds/age.js';
import {matchesLabels} from '../../../api/selector/label-selector.js';
import {failure} from '../failure.js';
import {parseSelector} from '../resource/select.js';
import type {Table} from '../output/table.js';
import {readArguments} from '../resource/arguments.js';
import {readTargets, type Steps} from '../resource/files.js';
import {checkPlaced} from '../resource/target.js';
import {unfindable} from '../resource/unfindable.js';
import type {Query} from '../session.js';
import type {Call} from '../verb.js';

/** What the server said to one request: a table, or an object or list. */
export interface Answer {
	readonly kind: Kind;
	readonly table?: Table;
	readonly objects?: readonly KubeObject[];
	/** Of a list. */
	readonly resourceVersion?: string;
}

export interface Found {
	readonly answers: readonly Answer[];
	readonly errors: Error[];
	/** Exactly one object was asked for by name. */
	readonly single: boolean;
	/** Whole lists were asked for. */
	readonly lists: boolean;
	/** Objects were named by their files. */
	readonly files: boolean;
}

interface Wanted {
	readonly kind: Kind;
	readonly namespace: string | undefined;
	readonly name?: string;
}

/** Sends the requests that a `get` stands for; one refusal does not keep the others from being shown. */
export function* findAnswers(call: Call, args: readonly string[], asTable: boolean): Steps<Found> {
	const {flags} = call;
	const files = flags.list('filename').length > 0 || flags.string('kustomize') !== '';
	const {wanted, errors, single} = yield* wantedOf(call, args);
	const subresource = flags.string('subresource');
	if (subresource && wanted.some(one => one.name === undefined))
		throw failure('subresource cannot be used when bulk resources are specified');
	const query: Query = {
		...(flags.string('selector').trim() && {labelSelector: flags.string('selector').trim()}),
		...(flags.string('field-selector').trim() && {fieldSelector: flags.string('field-selector').trim()}),
		...(asTable && flags.string('sort-by') && {includeObject: 'Object'}),
	};
	const answers: Answer[] = [];
	const selector = files ? parseSelector(query['labelSelector'] ?? '') : [];
	for (const one of wanted) {
		try {
			const answer = ask(call, one, asTable, query, subresource);
			if (one.name === undefined || matchesLabels(selector, labelsOf(answer))) answers.push(answer);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			const ignored = flags.bool('ignore-not-found') && error instanceof ApiError && error.reason === 'NotFound';
			if (!ignored) errors.push(one.name === undefined ? unfindable(error, one.kind, query) : error);
		}
	}

	return {
		answers,
		errors,
		single,
		lists: wanted.some(one => one.name === undefined),
		files,
	};
}

const labelsOf = ({objects, table}: Answer) => (objects?.[0] ?? table?.rows[0]?.object)?.metadata?.labels;

function* wantedOf(call: Call, args: readonly string[]): Steps<{wanted: Wanted[]; errors: Error[]; single: boolean}> {
	const {session, flags} = call;
	const filenames = flags.list('filename');
	if (filenames.length > 0 || flags.string('kustomize')) {
		const [kustomize, recursive] = [flags.string('kustomize'), flags.bool('recursive')];
		const read = yield* readTargets(session, {
			filenames,
			kustomize,
			args,
			recursive,
			anyNamespace: true,
			allNamespaces: flags.bool('all-namespaces'),
		});
		return {
			wanted: read.targets.map(({kind, namespace, name}) => ({kind, namespace, name})),
			errors: read.errors,
			single: read.single,
		};
	}

	const allNamespaces = flags.bool('all-namespaces');
	const {asked, named} = readArguments(session, args, {
		allowEmpty: true,
		selector: flags.string('selector').trim(),
		fieldSelector: flags.string('field-selector').trim(),
		allNamespaces,
	});
	const wanted = asked.map(({kind, name}) => ({
		kind,
		namespace: kind.namespaced && !allNamespaces ? session.namespace : undefined,
		...(name !== undefined && {name}),
	}));
	return {wanted, errors: [], single: named && asked.length === 1};
}

function ask(call: Call, {kind, namespace, name}: Wanted, asTable: boolean, query: Query, subresource: string): Answer {
	const target = {group: kind.group, version: kind.version, resource: kind.plural, ...(namespace !== undefined && {namespace})};
	if (name === '') throw failure('resource name may not be empty');
	if (name !== undefined) {
		checkPlaced({kind, namespace, name});
		const request = {
			...target,
			verb: 'get' as const,
			name,
			query: (query['includeObject'] ? {includeObject: 'Object'} : {}) as Query,
			...(subresource && {subresource}),
			...(asTable && {as: 'Table' as const}),
		};
		try {
			const body = call.session.request(request);
			return asTable ? {kind, table: body as Table} : {kind, objects: [body as KubeObject]};
		} catch (error) {
			if (error instanceof ApiError && error.reason === 'NotFound') call.session.checkNamespace(kind, namespace);
			throw error;
		}
	}

	// A table shows nothing of who owns which field, and these formats leave it out: then nobody need work it out.
	const {flags} = call;
	const unowned = asTable || (['json', 'yaml', 'name'].includes(flags.string('output')) && !flags.bool('show-managed-fields'));
	const asked = unowned ? {...query, managedFields: 'false'} : query;
	const body = call.session.request({...target, verb: 'list', query: asked, ...(asTable && {as: 'Table' as const})});
	if (asTable) return {kind, table: body as Table};
	const type = {apiVersion: apiVersionOf(kind), kind: kind.kind};
	return {
		kind,
		objects: (body.items as KubeObject[]).map(item => (item.kind ? item : {...type, ...item})),
		resourceVersion: body.metadata?.resourceVersion ?? '',
	};
}

/** What kubectl makes of objects by itself, where it may not have a table from the server. */
export function namesAndAges({session}: Call, answer: Answer): Answer {
	const rows = (answer.objects ?? []).map(object => ({
		cells: [object.metadata.name, ageOf(object.metadata.creationTimestamp, session.nowMs)],
		object,
	}));
	return {...answer, table: {columnDefinitions: [{name: 'Name', format: 'name'}, {name: 'Age'}], rows}};
}
