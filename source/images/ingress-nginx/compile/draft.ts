import type {KubeObject} from '../../../api/object.js';
import type {Annotations} from '../annotations/extract.js';
import type {Backend, Certificate, CertificateAuth, Location, SessionAffinity} from '../configuration.js';
import type {LocationSettings, ProxySsl} from '../location-settings.js';
import type {ServiceBackend} from './view.js';

type Writable<T> = {-readonly [K in keyof T]: T[K]};

/** A backend while Ingresses still add to it. */
export type BackendDraft = Writable<Backend> & {endpoints: Backend['endpoints']; alternatives: string[]; sessionAffinity: AffinityDraft};
export type AffinityDraft = {
	type: SessionAffinity['type'];
	mode: SessionAffinity['mode'];
	cookie: Writable<Omit<SessionAffinity['cookie'], 'locations'>> & {locations: Record<string, string[]>};
};

export interface LocationDraft {
	path: string;
	pathType: 'Exact' | 'Prefix';
	ingressPath: string;
	ingress?: KubeObject;
	isDefaultBackend: boolean;
	backend: string;
	service?: ServiceBackend;
	settings: LocationSettings;
	denied?: string;
	/** The Service of `default-backend`. */
	fallback?: KubeObject;
	defaultBackendUpstream: string;
}

export interface ServerDraft {
	readonly hostname: string;
	aliases: readonly string[];
	locations: LocationDraft[];
	certificate?: Certificate;
	sslPassthrough: boolean;
	sslCiphers: string;
	sslPreferServerCiphers: string;
	certificateAuth?: CertificateAuth;
	proxySsl?: ProxySsl;
	serverSnippet: string;
	redirectFromToWww: boolean;
}

export const defaultUpstream = 'upstream-default-backend';

export const newBackend = (name: string, port: string): BackendDraft => ({
	name,
	port,
	endpoints: [],
	sslPassthrough: false,
	loadBalance: '',
	sessionAffinity: {type: '', mode: '', cookie: noCookie()},
	upstreamHash: {by: '', subset: false, subsetSize: 0},
	noServer: false,
	trafficShaping: {weight: 0, weightTotal: 0, header: '', headerValue: '', headerPattern: '', cookie: ''},
	alternatives: [],
});

const noCookie = (): AffinityDraft['cookie'] => ({
	name: '',
	expires: '',
	maxAge: '',
	locations: {},
	path: '',
	domain: '',
	sameSite: '',
	conditionalSameSiteNone: false,
	changeOnFailure: false,
});

/** controller.go locationApplyAnnotations */
export function applyAnnotations(location: LocationDraft, {location: settings, denied, defaultBackend}: Annotations): void {
	location.settings = settings;
	if (denied === undefined) delete location.denied;
	else location.denied = denied;
	if (defaultBackend) location.fallback = defaultBackend;
	else delete location.fallback;
	location.defaultBackendUpstream = defaultUpstream;
}

/** As the engine reads it. */
export function finished({ingress, settings, service, fallback: _, ...rest}: LocationDraft): Location {
	const namespace = ingress?.metadata.namespace ?? '';
	return {
		...settings,
		...rest,
		...(ingress && {ingress: {namespace, name: ingress.metadata.name, uid: ingress.metadata.uid ?? ''}}),
		service: {namespace: service ? namespace : '', name: service?.name ?? '', port: service?.port ?? ''},
	};
}
