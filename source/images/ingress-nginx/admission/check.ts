import type {KubeObject} from '../../../api/object.js';
import {AnnotationError} from '../annotations/reader.js';
import {isOn, parseBool} from '../arguments.js';
import {classOf} from '../class.js';
import {compile} from '../compile/compile.js';
import {keyOf, type ParsedIngress, rulesOf, type View} from '../compile/view.js';
import {testConfiguration} from '../conf/test.js';
import type {Configuration} from '../configuration.js';
import type {Log} from '../log.js';
import {checkPaths, inspectIngress} from './inspect.js';

export interface Judging {
	readonly view: View;
	readonly log: Log;
	readonly classes: readonly string[];
	/** All other Ingresses that are served. */
	others(): readonly ParsedIngress[];
	parse(ingress: KubeObject): ParsedIngress;
	/** nginx.conf */
	text(configuration: Configuration): string;
}

/** The reason against an Ingress (controller.go CheckIngress); undefined when it may be. */
export function checkIngress(ingress: KubeObject, judging: Judging): string | undefined {
	const {view, classes, log} = judging;
	const {given, options} = view;
	if (ingress.metadata.deletionTimestamp) return undefined;
	const wrong = isOn(given, 'deep-inspect') ? inspectIngress(ingress) : undefined;
	if (wrong !== undefined) return `invalid object: ${wrong}`;
	const {namespace, name} = ingress.metadata;
	const found = classOf(ingress, classes, given);
	if (typeof found !== 'string') {
		log.plain('W', 'controller.go:324', `ignoring ingress ${name} in ${namespace} based on annotation : ${found.error}`);
		return undefined;
	}

	const watched = given['watch-namespace'];
	if (watched !== '' && watched !== namespace) {
		log.plain(
			'W',
			'controller.go:329',
			`ignoring ingress ${name} in namespace ${namespace} different from the namespace watched ${watched}`,
		);
		return undefined;
	}

	if (isOn(given, 'disable-catch-all') && ingress['spec']?.defaultBackend)
		return "this deployment is trying to create a catch-all ingress while DisableCatchAll flag is set to true. Remove '.spec.defaultBackend' or set DisableCatchAll flag to false";
	const paths = options.strictValidatePathType ? checkPaths(ingress) : [];
	if (paths.length > 0) return `ingress contains invalid paths: ${paths.join('\n')}`;
	return checkAnnotations(ingress, view) ?? tryOut(ingress, judging);
}

const defaultPrefix = 'nginx.ingress.kubernetes.io';

/** Words that the administrator forbids, and snippets. */
export function checkAnnotations(ingress: KubeObject, {given, options}: Pick<View, 'given' | 'options'>): string | undefined {
	const prefix = given['annotations-prefix'];
	const blocklist = options.annotationValueWordBlocklist.trim();
	const words = blocklist === '' ? [] : blocklist.split(',');
	for (const [key, value] of Object.entries<string>(ingress.metadata.annotations ?? {})) {
		if (prefix !== defaultPrefix && key.startsWith(`${defaultPrefix}/`))
			return `this deployment has a custom annotation prefix defined. Use '${prefix}' instead of '${defaultPrefix}'`;
		const word = key.startsWith(`${prefix}/`) ? words.find(each => value.includes(each.trim())) : undefined;
		if (word !== undefined) return `${key} annotation contains invalid word ${word}`;
		if (!options.allowSnippetAnnotations && key.endsWith('-snippet'))
			return `${key} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`;
		// Needs memcached, of which there is none: the ConfigMap's host for it changes nothing here.
		if (key.startsWith(`${prefix}/global-rate-limit`))
			return "'global-rate-limit*' annotations require 'global-rate-limit-memcached-host' settings configured in the global configmap";
	}

	return undefined;
}

/** Compiles everything as if the Ingress were there, and lets nginx judge the result. */
function tryOut(ingress: KubeObject, {view, others, parse, text}: Judging): string | undefined {
	let configuration: Configuration;
	try {
		configuration = compile(view, [...others(), parse(ingress)]);
	} catch (error) {
		if (!(error instanceof AnnotationError)) throw error;
		return error.message;
	}

	const overlap = checkOverlap(ingress, configuration, others(), view.given['annotations-prefix']);
	if (overlap !== undefined) return overlap;
	const error = testConfiguration(configuration, () => text(configuration), view.nowMs);
	if (error === undefined)
		view.log.plain('I', 'admission.go:149', `processed ingress via admission controller {${figures(others().length + 1)}}`);
	return error;
}

/** What the controller measures of a check; times are those of a small cluster. */
function figures(ingresses: number): string {
	const size = (21.4 + 4.4 * ingresses).toFixed(1);
	return `testedIngressLength:${ingresses} testedIngressTime:0.03s renderingIngressLength:${ingresses} renderingIngressTime:0.001s admissionTime:0.031s testedConfigurationSize:${size}kB`;
}

/** One host and path belongs to one Ingress, unless one of two is a canary (controller.go checkOverlap). */
function checkOverlap(ingress: KubeObject, {servers}: Configuration, others: readonly ParsedIngress[], prefix: string): string | undefined {
	const own = keyOf(ingress);
	const all = new Map(others.map(({object}) => [keyOf(object), object]));
	for (const {host, paths = []} of rulesOf(ingress)) {
		for (const {path, service} of paths) {
			if (!service) continue;
			const locations = servers.find(({hostname}) => hostname === host)?.locations ?? [];
			const keys = locations
				.filter(each => (each.path === path || each.ingressPath === path) && !each.isDefaultBackend && each.ingress)
				.map(each => `${each.ingress!.namespace}/${each.ingress!.name}`);
			if (keys.length === 0 || keys.includes(own)) continue;
			const overlap = overlapWith(
				ingress,
				keys.flatMap(key => all.get(key) ?? []),
				host,
				path,
				prefix,
			);
			if (overlap !== undefined) return overlap;
		}
	}

	return undefined;
}

function overlapWith(ingress: KubeObject, existing: readonly KubeObject[], host: string, path: string, prefix: string): string | undefined {
	const canary = (each: KubeObject): boolean | 'missing' => {
		const value = each.metadata.annotations?.[`${prefix}/canary`];
		return value === undefined ? 'missing' : (parseBool(value) ?? false);
	};
	const own = canary(ingress);
	const other = existing.find(each => own !== false && canary(each) === own);
	return other && `host "${host}" and path "${path}" is already defined in ingress ${keyOf(other)}`;
}
