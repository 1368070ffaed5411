import type {KubeObject} from '../../api/object.js';
import {referring} from './annotations/fields.js';
import {keyIn} from './annotations/resolver.js';
import {type Arguments, isOn} from './arguments.js';
import {inspectIngress} from './admission/inspect.js';
import {classOf, isOurClass} from './class.js';
import {readCertificateSecret} from './compile/certificate.js';
import type {Log} from './log.js';
import {type ControllerContext, note, resources, type Seen, split} from './memory.js';
import {record} from './record.js';

/** Looks at one Ingress again: whether it is ours, and new (store.go ingEventHandler). True when nginx may have to know. */
export function lookAtIngress(context: ControllerContext, log: Log, key: string): boolean {
	const {client, memory} = context;
	const [namespace, name] = split(key);
	const ingress = client!.find<KubeObject>(resources.ingresses, namespace, name);
	const before = memory.seen[key];
	if (!ingress) {
		const {[key]: _, ...seen} = memory.seen;
		note(context, {seen});
		return before?.taken !== undefined;
	}

	const version = ingress.metadata.resourceVersion ?? '';
	if (before?.version === version || !isWatched(context, ingress)) return false;
	const after = judge(context, log, ingress, before);
	note(context, {seen: {...memory.seen, [key]: {version, ...after}}});
	if (after.taken && after.taken !== before?.taken) takeSecrets(context, log, after.taken);
	return after.taken !== before?.taken;
}

function judge(context: ControllerContext, log: Log, ingress: KubeObject, before: Seen | undefined): Omit<Seen, 'version'> {
	const {given, classes} = context.memory;
	const {namespace, name} = ingress.metadata;
	const reference = `${namespace}/${name}`;
	const found = classOf(ingress, classes, given);
	if (typeof found !== 'string') {
		if (before?.taken) log.info('store.go:495', 'removing ingress because of unknown ingressclass', {ingress: reference});
		else if (!before)
			log.info('store.go:436', 'Ignoring ingress because of error while validating ingress class', {
				ingress: reference,
				error: found.error,
			});
		return {};
	}

	const keep = before?.taken ? {taken: before.taken, ...(before.read !== undefined && {read: before.read})} : {};
	const wrong = isOn(given, 'deep-inspect') ? inspectIngress(ingress) : undefined;
	if (wrong !== undefined) {
		log.error('store.go:449', wrong, 'received invalid ingress', {ingress: reference});
		return keep;
	}

	if (!before) log.info('store.go:440', 'Found valid IngressClass', {ingress: reference, ingressclass: found});
	else if (!before.taken) log.info('store.go:478', 'creating ingress', {ingress: reference, ingressclass: found});
	if (ingress['spec']?.defaultBackend && isOn(given, 'disable-catch-all')) {
		const what = before
			? 'ignoring update for catch-all ingress because of --disable-catch-all'
			: 'Ignoring add for catch-all ingress because of --disable-catch-all';
		log.info('store.go:443', what, {ingress: reference});
		return {};
	}

	if (!isOn(given, 'disable-sync-events')) record(context, log, ingress, 'Normal', 'Sync', 'Scheduled for sync');
	return {taken: ingress, ...(before?.absent !== undefined && {absent: before.absent})};
}

function isWatched({memory: {given}, client}: ControllerContext, {metadata}: KubeObject): boolean {
	const only = given['watch-namespace'];
	if (only !== '' && only !== metadata.namespace) return false;
	const selector = given['watch-namespace-selector'];
	return (
		selector === '' ||
		client!.list<KubeObject>('namespaces', {labelSelector: selector}).some(each => each.metadata.name === metadata.namespace)
	);
}

/** IngressClasses as they are now; an Ingress that came before its class is looked at again only when it changes, as in the real one. */
export function lookAtClasses(context: ControllerContext, log: Log): void {
	const {client, memory} = context;
	const all = client!.list<KubeObject>(resources.classes);
	const classes = all.filter(each => isOurClass(each, memory.given)).map(({metadata}) => metadata.name);
	for (const each of all) {
		const {name} = each.metadata;
		if (!classes.includes(name))
			log.info('store.go:519', 'ignoring ingressclass as the spec.controller is not the same of this ingress', {ingressclass: name});
	}

	note(context, {classes});
}

/** Secrets that an Ingress names, as `namespace/name`. */
function secretsOf(ingress: KubeObject, given: Arguments): readonly string[] {
	const {namespace = 'default', annotations = {}} = ingress.metadata;
	const tls: readonly any[] = ingress['spec']?.tls ?? [];
	return [
		...tls.flatMap(({secretName}) => (secretName ? [`${namespace}/${secretName}`] : [])),
		...referring.secrets.flatMap(name => keyIn(annotations[`${given['annotations-prefix']}/${name}`] ?? '', namespace) ?? []),
	];
}

const referenced = new WeakMap<object, ReadonlySet<string>>();

/** Every Secret that matters. */
export function watchedSecrets({memory: {seen, given}}: ControllerContext): ReadonlySet<string> {
	const known =
		referenced.get(seen) ??
		new Set([given['default-ssl-certificate'], ...Object.values(seen).flatMap(({taken}) => (taken ? secretsOf(taken, given) : []))]);
	referenced.set(seen, known);
	return known;
}

const takeSecrets = (context: ControllerContext, log: Log, ingress: KubeObject): void => {
	for (const key of secretsOf(ingress, context.memory.given)) takeSecret(context, log, key);
};

/** Reads one Secret as a certificate and says what came of it (store/backend_ssl.go syncSecret). */
export function takeSecret(context: ControllerContext, log: Log, key: string): void {
	const {client, memory} = context;
	const [namespace, name] = split(key);
	const secret = client!.find<KubeObject>('secrets', namespace, name);
	const {[key]: before, ...others} = memory.secrets;
	if (!secret) {
		if (before === undefined)
			log.plain(
				'W',
				'backend_ssl.go:47',
				`Error obtaining X.509 certificate: no object matching key ${JSON.stringify(key)} in local store`,
			);
		note(context, {secrets: others});
		return;
	}

	const read = readCertificateSecret(secret);
	if ('error' in read) {
		if (!read.forAuth) log.plain('W', 'backend_ssl.go:47', `Error obtaining X.509 certificate: ${read.error}`);
		return;
	}

	if (before === read.sha) return;
	log.info(
		before === undefined ? 'backend_ssl.go:67' : 'backend_ssl.go:59',
		before === undefined ? 'Adding secret to local store' : 'Updating secret in local store',
		{name: key},
	);
	note(context, {secrets: {...others, [key]: read.sha}});
}

/** A Secret that an Ingress uses has come, changed or gone. */
export function lookAtSecret(context: ControllerContext, log: Log, key: string): void {
	const {client, memory} = context;
	const [namespace, name] = split(key);
	const secret = client!.find('secrets', namespace, name);
	const known = memory.secrets[key] !== undefined;
	const what = !secret
		? 'secret was deleted and it is used in ingress annotations. Parsing'
		: known
			? 'secret was updated and it is used in ingress annotations. Parsing'
			: 'Secret was added and it is used in ingress annotations. Parsing';
	if (key !== memory.given['default-ssl-certificate']) log.info(known ? 'store.go:620' : 'store.go:589', what, {secret: key});
	if (secret) takeSecret(context, log, key);
	else {
		const {[key]: _, ...secrets} = memory.secrets;
		note(context, {secrets});
	}
}
