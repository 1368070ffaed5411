import type {KubeObject} from '../../api/object.js';
import {type Annotations, extractAnnotations} from './annotations/extract.js';
import {fields, referring} from './annotations/fields.js';
import {AnnotationError} from './annotations/reader.js';
import {keyIn} from './annotations/resolver.js';
import {isOn} from './arguments.js';
import {keyOf, type ParsedIngress, type View} from './compile/view.js';
import {type Log, silence} from './log.js';
import {type ControllerContext, note, type Seen} from './memory.js';

const cache = new WeakMap<KubeObject, {readonly depends: string; readonly annotations: Annotations}>();

/** What is read for an Ingress depends on its annotations, on the objects that they name, and on the ConfigMap. */
function dependsOn(object: KubeObject, view: View): string {
	const prefix = view.given['annotations-prefix'];
	const {namespace = 'default', annotations = {}, resourceVersion = ''} = object.metadata;
	const version = (find: (key: string) => KubeObject | undefined, name: string) => {
		const value = annotations[`${prefix}/${name}`];
		const key = value && keyIn(value, namespace);
		return key ? [`${key}@${find(key)?.metadata.resourceVersion ?? ''}`] : [];
	};
	const fallback = annotations[`${prefix}/default-backend`];
	return [
		resourceVersion,
		view.configMap(view.given.configmap)?.metadata.resourceVersion ?? '',
		...referring.secrets.flatMap(name => version(view.secret, name)),
		...referring.configMaps.flatMap(name => version(view.configMap, name)),
		...(fallback ? [view.service(`${namespace}/${fallback}`)?.metadata.resourceVersion ?? ''] : []),
	].join(' ');
}

/** Annotations of an Ingress, read anew only when something that they depend on has changed; throws an AnnotationError. */
export function annotationsOf(object: KubeObject, view: View, depends: string, log: Log): Annotations {
	const known = cache.get(object);
	if (known?.depends === depends) return known.annotations;
	const {given} = view;
	const setting = {prefix: given['annotations-prefix'], validates: isOn(given, 'enable-annotation-validation'), log};
	const annotations = extractAnnotations(object, {...view, options: view.options}, setting);
	cache.set(object, {depends, annotations});
	return annotations;
}

/** All Ingresses that are served. What is wrong with one is logged when it is new, and not at every sync. */
export function parseAll(context: ControllerContext, view: View): readonly ParsedIngress[] {
	const {seen} = context.memory;
	const changed: Record<string, Seen> = {};
	const parsed = Object.entries(seen).flatMap(([key, entry]) => {
		const {taken} = entry;
		if (!taken) return [];
		const depends = dependsOn(taken, view);
		const isNew = entry.read !== depends;
		if (isNew) {
			const absent = absentIn(taken, view);
			if (absent.join() !== (entry.absent ?? '')) noteAbsent(context, view, taken, absent);
			changed[key] = {...entry, read: depends, absent: absent.join()};
		}

		const blocked = blockedWord(taken, view);
		if (blocked !== undefined) {
			if (isNew) view.log.plain('W', 'store.go:930', `skipping ingress ${key}: ${blocked}`);
			return [];
		}

		try {
			return [{object: taken, annotations: annotationsOf(taken, view, depends, isNew ? view.log : silence)}];
		} catch (error) {
			if (!(error instanceof AnnotationError)) throw error;
			if (isNew) view.log.plain('E', 'store.go:957', error.message);
			return [];
		}
	});
	if (Object.keys(changed).length > 0) note(context, {seen: {...context.memory.seen, ...changed}});
	return parsed;
}

/** A word that the administrator forbids; unlike the webhook's, this list is not trimmed (store.go checkBadAnnotationValue). */
function blockedWord({metadata}: KubeObject, {options, given}: View): string | undefined {
	const list = options.annotationValueWordBlocklist.trim();
	if (list === '') return undefined;
	for (const [name, value] of Object.entries(metadata.annotations ?? {})) {
		const word = name.startsWith(`${given['annotations-prefix']}/`) ? list.split(',').find(each => value.includes(each)) : undefined;
		if (word !== undefined) return `${name} annotation contains invalid word ${word}`;
	}

	return undefined;
}

/** For a trial: nothing is remembered, nothing is said. */
export function parseQuietly(seen: Readonly<Record<string, Seen>>, view: View, except: string): readonly ParsedIngress[] {
	return Object.entries(seen).flatMap(([key, {taken}]) => {
		if (!taken || key === except || blockedWord(taken, view) !== undefined) return [];
		try {
			return [{object: taken, annotations: annotationsOf(taken, view, dependsOn(taken, view), silence)}];
		} catch (error) {
			if (!(error instanceof AnnotationError)) throw error;
			return [];
		}
	});
}

/** The one that is judged. */
export const parseOne = (object: KubeObject, view: View, log: Log): ParsedIngress => ({
	object,
	annotations: annotationsOf(object, view, `trial ${dependsOn(object, view)}`, log),
});

/** Names of annotations with which the real controller would do something, and this one cannot. */
function absentIn({metadata}: KubeObject, {given, options}: View): readonly string[] {
	const prefix = `${given['annotations-prefix']}/`;
	return Object.entries(metadata.annotations ?? {})
		.filter(
			([name, value]) =>
				name.startsWith(prefix) &&
				fields.get(name.slice(prefix.length))?.absent?.test(value) &&
				// What the administrator has not switched on does nothing in the real one either.
				(options.allowSnippetAnnotations || !name.endsWith('-snippet')) &&
				(isOn(given, 'enable-ssl-passthrough') || !name.endsWith('/ssl-passthrough')),
		)
		.map(([name]) => name);
}

function noteAbsent({machine}: ControllerContext, {log}: View, object: KubeObject, names: readonly string[]): void {
	for (const name of names) {
		log.plain('W', 'annotations.go:207', `kubelab: not simulated: annotation ${name} of Ingress ${keyOf(object)}`);
		machine.sim.notes.notSimulated(`ingress-nginx annotation ${name.slice(name.indexOf('/') + 1)}`);
	}
}
