import {type LabelSelector, matchesLabels, parseLabelSelector} from '../../../api/selector/label-selector.js';
import type {KubeObject} from '../../../api/object.js';
import {failure, throwAll} from '../failure.js';
import type {Query, Session} from '../session.js';
import type {Call} from '../verb.js';
import {readArguments} from './arguments.js';
import {checkType} from './types-known.js';
import {type FileOptions, readTargets, type Steps} from './files.js';
import {checkPlaced, type Target} from './target.js';
import {unfindable} from './unfindable.js';

export interface SelectOptions {
	readonly args?: readonly string[];
	/** A type without a name means all of them. */
	readonly allowEmpty?: boolean;
	readonly validate?: FileOptions['validate'];
	/** Fetch what is only named, or was read from a file, from the server first. */
	readonly fetch?: boolean;
	/** Files are fetched too (builder.Latest). */
	readonly latest?: boolean;
	readonly selector?: string;
	readonly fieldSelector?: string;
	readonly all?: boolean;
	readonly allNamespaces?: boolean;
	readonly ignoreNotFound?: boolean;
	readonly local?: boolean;
	/** kubectl reads what it gets into its own types (builder.WithScheme): custom resources are refused. */
	readonly typed?: boolean;
}

export interface Selection {
	readonly targets: readonly Target[];
	/** What could not be found or read, in order; thrown after the rest was worked on. */
	readonly errors: Error[];
	/** Targets and failures in the order in which they were asked for. */
	readonly order?: ReadonlyArray<Target | Error>;
	/** Exactly one object was asked for by name. */
	readonly single: boolean;
	/** Whole lists were asked for. */
	readonly lists?: true;
}

/** What `-f`, types, names and selectors of a call add up to. Models cli-runtime's resource.Builder with ContinueOnError. */
export function* select(call: Call, options: SelectOptions = {}): Steps<Selection> {
	const {session, flags} = call;
	const filenames = flags.list('filename');
	const kustomize = flags.has('kustomize') ? flags.string('kustomize') : '';
	const hasFiles = filenames.length > 0 || kustomize !== '';
	const args = options.args ?? call.args;
	const selector = options.selector ?? (flags.has('selector') ? flags.string('selector').trim() : '');
	if (hasFiles) {
		const read = yield* readTargets(session, {
			filenames,
			kustomize,
			args,
			recursive: flags.bool('recursive'),
			validate: options.validate,
			local: options.local ?? false,
			typed: options.typed ?? false,
			allNamespaces: options.allNamespaces ?? flags.bool('all-namespaces'),
		});
		const parsed = parseSelector(selector);
		const chosen = selector ? read.targets.filter(target => matchesLabels(parsed, target.object?.metadata.labels ?? {})) : read.targets;
		const fetched = options.latest ? fetchAll(session, chosen, options) : {targets: chosen, errors: [], order: undefined};
		return {
			targets: fetched.targets,
			errors: [...read.errors, ...fetched.errors],
			order: [...read.errors, ...(fetched.order ?? fetched.targets)],
			single: chosen.length === 1,
		};
	}

	return selectNamed(session, args, {
		...options,
		selector,
		fieldSelector: options.fieldSelector ?? (flags.has('field-selector') ? flags.string('field-selector') : ''),
		allNamespaces: options.allNamespaces ?? flags.bool('all-namespaces'),
	});
}

export function parseSelector(text: string): LabelSelector {
	try {
		return parseLabelSelector(text);
	} catch (error) {
		throw failure(`the provided selector ${JSON.stringify(text)} is not valid: ${(error as Error).message}`);
	}
}

export function selectNamed(session: Session, args: readonly string[], options: SelectOptions): Selection {
	const {asked, named} = readArguments(session, args, {
		allowEmpty: options.allowEmpty ?? false,
		...(options.selector && {selector: options.selector}),
		...(options.fieldSelector && {fieldSelector: options.fieldSelector}),
		all: options.all ?? false,
		allNamespaces: options.allNamespaces ?? false,
	});
	if (named) {
		const targets = asked.map(({kind, name}) => ({kind, namespace: kind.namespaced ? session.namespace : undefined, name: name!}));
		const fetched = options.fetch ? fetchAll(session, targets, options) : {targets, errors: []};
		return {...fetched, single: asked.length === 1};
	}

	const targets: Target[] = [];
	const errors: Error[] = [];
	const query: Query = {
		...(options.selector && {labelSelector: options.selector}),
		...(options.fieldSelector && {fieldSelector: options.fieldSelector}),
	};
	for (const {kind} of asked) {
		try {
			const namespace = kind.namespaced && !options.allNamespaces ? session.namespace : undefined;
			const objects = session.list(kind, namespace, query);
			if (options.typed) checkType(kind, 'List');
			for (const object of objects) {
				targets.push({kind, namespace: object.metadata.namespace, name: object.metadata.name, object: withType(object, kind)});
			}
		} catch (error) {
			errors.push(unfindable(error as Error, kind, query));
		}
	}

	return {targets, errors, single: false, lists: true};
}

/** Items of a list carry no type of their own over the wire; printers need it. */
const withType = (object: KubeObject, kind: Target['kind']): KubeObject =>
	object.kind ? object : {...object, apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version, kind: kind.kind};

function fetchAll(
	session: Session,
	wanted: readonly Target[],
	{ignoreNotFound, typed}: SelectOptions,
): {targets: Target[]; errors: Error[]; order: Array<Target | Error>} {
	const targets: Target[] = [];
	const errors: Error[] = [];
	const order: Array<Target | Error> = [];
	for (const target of wanted) {
		try {
			if (target.name === '') throw failure('resource name may not be empty');
			checkPlaced(target);
			const found = {...target, object: session.getNamed<KubeObject>(target.kind, target.namespace, target.name)};
			if (typed) checkType(target.kind);
			targets.push(found);
			order.push(found);
		} catch (error) {
			if (!(ignoreNotFound && (error as {reason?: string}).reason === 'NotFound')) {
				errors.push(error as Error);
				order.push(error as Error);
			}
		}
	}

	return {targets, errors, order};
}

/** Does `work` for each target, goes on after a failure, and throws all failures at the end. */
export function* visit(selection: Selection, work: (target: Target) => Steps<void>): Steps<void> {
	const errors: Error[] = [];
	for (const entry of selection.order ?? [...selection.errors, ...selection.targets]) {
		try {
			if (entry instanceof Error) throw entry;
			yield* work(entry);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			errors.push(error);
		}
	}

	throwAll(errors);
}
