import {base64Text} from '../../../api/values/base64.js';
import {type FieldError, goText, messageOf} from '../../../api/field-error.js';
import {forbidden, invalid, notSupported, required, tooMany} from '../../../kinds/errors.js';
import {loadX509KeyPair} from '../../../tls/key-pair.js';
import {type Condition, listenerConditions as say} from '../conditions.js';
import type {Custom, Objects} from '../resources.js';
import {isGranted} from './grants.js';

/** A listener of the winning Gateway. */
export interface Listener {
	readonly name: string;
	readonly port: number;
	readonly secure: boolean;
	readonly hostname: string;
	readonly source: any;
	/** The Secret with its certificate. */
	readonly secret?: Custom;
	readonly kinds: ReadonlyArray<{readonly group: string; readonly kind: string}>;
	readonly conditions: readonly Condition[];
	/** Routes may attach to it, even if it is not valid. */
	readonly attachable: boolean;
}

export const isValid = ({conditions}: Listener): boolean => conditions.length === 0;

const group = 'gateway.networking.k8s.io';
const protocols = ['HTTP', 'HTTPS', 'TLS'];

/** Kinds of routes that a listener of a protocol takes. */
const kindsFor = (protocol: string): readonly string[] => (protocol === 'TLS' ? ['TLSRoute'] : ['HTTPRoute', 'GRPCRoute']);

/** Ports of the control plane itself, which shares the pod with nginx. */
type Protected = ReadonlyMap<number, string>;

export function buildListeners(gateway: Custom, objects: Objects, ports: Protected): readonly Listener[] {
	const all = (gateway.spec.listeners as any[]).map(source => buildListener(gateway, source, objects, ports));
	return all.map(listener => conflicting(listener, all));
}

function buildListener(gateway: Custom, source: any, objects: Objects, ports: Protected): Listener {
	const {name, port, protocol, hostname = '', allowedRoutes} = source;
	const base = {name, port, hostname, source, secure: protocol === 'HTTPS'};
	if (!protocols.includes(protocol)) {
		const message = messageOf(notSupported('protocol', protocol, protocols));
		return {...base, kinds: [], conditions: say.unsupportedProtocol(message), attachable: false};
	}

	const routeKinds = kindsFor(protocol);
	const wrongKinds = (allowedRoutes?.kinds ?? []).filter((each: any) => !routeKinds.includes(each.kind) || each.group !== group);
	const kinds = (allowedRoutes?.kinds ?? routeKinds.map(kind => ({group, kind}))).filter((each: any) => !wrongKinds.includes(each));
	const {from, selector} = allowedRoutes?.namespaces ?? {};
	const lacksSelector = from === 'Selector' && !selector;
	const conditions = [
		...wrongKinds.flatMap((each: any) => say.invalidKinds(`Unsupported route kind for protocol ${protocol} "${each.group}/${each.kind}"`)),
		...(lacksSelector ? say.unsupported("Listener's AllowedRoutes Selector must be set when From is set to type Selector") : []),
		...portConditions(port, ports),
		...conditionsFor[protocol]!(source),
	];
	const attachable = wrongKinds.length === 0 && !lacksSelector && (protocol !== 'TLS' || passthroughConditions(source).length === 0);
	if (conditions.length > 0 || protocol !== 'HTTPS') return {...base, kinds, conditions, attachable};
	const found = resolveSecret(gateway, source.tls.certificateRefs[0], objects);
	return Array.isArray(found)
		? {...base, kinds, conditions: found, attachable}
		: {...base, kinds, conditions: [], attachable, secret: found as Custom};
}

const unsupported = (error: FieldError) => say.unsupported(messageOf(error));

function portConditions(port: number, ports: Protected): readonly Condition[] {
	const owner = ports.get(port);
	return owner === undefined ? [] : unsupported(invalid('port', port, `port is already in use as ${owner}`));
}

const plainConditions = ({tls}: any): readonly Condition[] =>
	tls ? unsupported(forbidden('tls', 'tls is not supported for HTTP listener')) : [];

/** validateTLSFieldOnTLSListener */
function passthroughConditions({tls}: any): readonly Condition[] {
	if (!tls) return unsupported(required('TLS', 'tls must be defined for TLS listener'));
	return tls.mode === 'Passthrough' ? [] : unsupported(required('TLS.Mode', 'Mode must be passthrough for TLS listener'));
}

const conditionsFor: Readonly<Record<string, (source: any) => readonly Condition[]>> = {
	HTTP: plainConditions,
	HTTPS: certificateConditions,
	TLS: passthroughConditions,
};

function certificateConditions({tls}: any): readonly Condition[] {
	if (!tls) return unsupported(required('TLS', 'tls must be defined for HTTPS listener'));
	const {mode, options = {}, certificateRefs = []} = tls;
	const wrong: Condition[] = [];
	if (mode !== 'Terminate') wrong.push(...unsupported(notSupported('tls.mode', mode, ['Terminate'])));
	if (Object.keys(options).length > 0) wrong.push(...unsupported(forbidden('tls.options', 'options are not supported')));
	const [first] = certificateRefs;
	if (!first) {
		const message = 'certificateRefs must be defined for TLS mode terminate';
		return [...wrong, ...say.invalidCertificate(messageOf(required('tls.certificateRefs', message)))];
	}

	const at = 'tls.certificateRefs[0]';
	if (first.kind !== 'Secret') wrong.push(...say.invalidCertificate(messageOf(notSupported(`${at}.kind`, first.kind, ['Secret']))));
	if (first.group) wrong.push(...say.invalidCertificate(messageOf(notSupported(`${at}.group`, first.group, ['']))));
	if (certificateRefs.length > 1) wrong.push(...unsupported(tooMany('tls.certificateRefs', certificateRefs.length, 1)));
	return wrong;
}

function resolveSecret(gateway: Custom, reference: any, objects: Objects): Custom | readonly Condition[] {
	const own = gateway.metadata.namespace!;
	const namespace = reference.namespace ?? own;
	const key = `${namespace}/${reference.name}`;
	const to = {kind: 'Secret', namespace, name: reference.name} as const;
	if (namespace !== own && !isGranted(objects.grants, {from: {kind: 'Gateway', namespace: own}, to}))
		return say.notPermitted(`Certificate ref to secret ${key} not permitted by any ReferenceGrant`);
	const secret = objects.find('secrets', namespace, reference.name);
	const wrong = wrongSecret(secret);
	return wrong === undefined ? secret! : say.invalidCertificate(messageOf(invalid('tls.certificateRefs[0]', goText(key), wrong)));
}

function wrongSecret(secret: any): string | undefined {
	if (!secret) return 'secret does not exist';
	if (secret.type !== 'kubernetes.io/tls') return `secret type must be "kubernetes.io/tls" not ${JSON.stringify(secret.type)}`;
	const text = (key: string) => base64Text(secret.data?.[key] ?? '');
	const {error} = loadX509KeyPair(text('tls.crt'), text('tls.key'));
	return error && `TLS secret is invalid: ${error}`;
}

/** Two protocols on one port: neither gets it. */
function conflicting(listener: Listener, all: readonly Listener[]): Listener {
	const clash = all.some(other => other.port === listener.port && other.source.protocol !== listener.source.protocol && isValid(other));
	if (!clash || !isValid(listener)) return listener;
	const message = `Multiple listeners for the same port ${listener.port} specify incompatible protocols; ensure only one protocol per port`;
	return {...listener, conditions: say.protocolConflict(message)};
}
