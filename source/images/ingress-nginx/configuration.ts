import type {LocationSettings, ProxySsl} from './location-settings.js';
import type {Options} from './options.js';

/**
 * What the controller has made of all Ingresses, and all that nginx and its lua know: ingress-nginx pkg/apis/ingress/types.go as plain
 * data. The compiler writes it, `nginx/` answers requests by it.
 */
export interface Configuration {
	/** The ConfigMap over the built-in defaults. */
	readonly options: Options;
	/** `_` is the default server. Sorted by host name. */
	readonly servers: readonly Server[];
	/** Sorted by name; `upstream-default-backend` is one of them. */
	readonly backends: readonly Backend[];
	/** Served where no certificate fits the name: the fake one, or that of --default-ssl-certificate. */
	readonly defaultCertificate: Certificate;
	/** TCP and UDP services of --tcp-services-configmap and --udp-services-configmap. */
	readonly streams: readonly Stream[];
	/** Names of server names that are redirected to the other spelling (from-to-www-redirect). */
	readonly redirects: ReadonlyArray<{readonly from: string; readonly to: string; readonly certificate?: Certificate}>;
	/** ConfigMaps named by `proxy-set-headers` and `add-headers`. */
	readonly proxySetHeaders: Readonly<Record<string, string>>;
	readonly addHeaders: Readonly<Record<string, string>>;
	/** As a reload prints it and nginx.conf carries it. */
	readonly checksum: string;
}

export interface Server {
	/** `_`, `foo.com`, or `*.foo.com`. */
	readonly hostname: string;
	readonly aliases: readonly string[];
	/** In the order in which nginx.conf has them (by path, longest first); Prefix is already two: `/foo/` and `= /foo`. */
	readonly locations: readonly Location[];
	/** Absent: a TLS client gets the default certificate. */
	readonly certificate?: Certificate;
	readonly sslPassthrough: boolean;
	readonly sslCiphers: string;
	readonly sslPreferServerCiphers: string;
	/** Client certificates (auth-tls-*); `error` denies all. */
	readonly certificateAuth?: CertificateAuth;
	readonly proxySsl?: ProxySsl;
	readonly serverSnippet: string;
}

export interface CertificateAuth {
	readonly caPem: string;
	readonly secret: string;
	readonly verifyClient: 'on' | 'off' | 'optional' | 'optional_no_ca';
	readonly validationDepth: number;
	readonly errorPage: string;
	readonly passCertToUpstream: boolean;
	readonly matchCommonName: string;
	readonly error?: string;
}

/** One path of one host: where it leads, and all that the Ingress's annotations say about it. */
export interface Location extends LocationSettings {
	/** As nginx.conf's location has it: `/foo/` for the Prefix `/foo`, whose twin is Exact. */
	readonly path: string;
	readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
	/** As the Ingress rule has it; `/foo` of both twins. */
	readonly ingressPath: string;
	/** Absent: made by the controller (default server, missing `/`). */
	readonly ingress?: {readonly namespace: string; readonly name: string; readonly uid: string};
	/** No rule of the user leads here. */
	readonly isDefaultBackend: boolean;
	/** Name of a `Backend`. */
	readonly backend: string;
	/** For logs and headers; empty strings when there is none. */
	readonly service: {readonly namespace: string; readonly name: string; readonly port: string; readonly headless?: boolean};
	/** Why nothing is let in: nginx answers 503. */
	readonly denied?: string;
	/** Name of the backend that `default-backend` or --default-backend-service names: gets intercepted errors. */
	readonly defaultBackendUpstream: string;
}

/** One service port with its ready endpoints. */
export interface Backend {
	/** `<namespace>-<service>-<port>` or `upstream-default-backend`. */
	readonly name: string;
	readonly service?: {readonly namespace: string; readonly name: string; readonly externalName?: string};
	readonly port: string;
	readonly endpoints: readonly Endpoint[];
	readonly sslPassthrough: boolean;
	/** `round_robin` or `ewma`; empty: the ConfigMap's, which is round_robin. */
	readonly loadBalance: string;
	readonly sessionAffinity: SessionAffinity;
	readonly upstreamHash: UpstreamHash;
	/** A canary: has no location of its own. */
	readonly noServer: boolean;
	readonly trafficShaping: TrafficShaping;
	/** Canaries of this backend; lua looks at the first. */
	readonly alternatives: readonly string[];
}

export interface Endpoint {
	readonly address: string;
	readonly port: number;
	/** For `nginx-ingress-controller`'s dumps: the pod. */
	readonly target?: {readonly namespace: string; readonly name: string};
}

export interface TrafficShaping {
	readonly weight: number;
	/** 100 unless more. */
	readonly weightTotal: number;
	readonly header: string;
	readonly headerValue: string;
	readonly headerPattern: string;
	readonly cookie: string;
}

export interface SessionAffinity {
	readonly type: '' | 'cookie';
	readonly mode: '' | 'balanced' | 'persistent';
	readonly cookie: {
		readonly name: string;
		/** Seconds, as text. */
		readonly expires: string;
		readonly maxAge: string;
		/** Host name to the paths on which the cookie is set. */
		readonly locations: Readonly<Record<string, readonly string[]>>;
		readonly secure?: boolean;
		readonly path: string;
		readonly domain: string;
		readonly sameSite: string;
		readonly conditionalSameSiteNone: boolean;
		readonly changeOnFailure: boolean;
	};
}

export interface UpstreamHash {
	/** Text with nginx variables: `$request_uri`. */
	readonly by: string;
	readonly subset: boolean;
	readonly subsetSize: number;
}

export interface Certificate {
	/** `<namespace>-<secret>`, `default-fake-certificate`. */
	readonly name: string;
	readonly namespace: string;
	/** Chain and key, PEM. */
	readonly certificate: string;
	readonly key: string;
	/** Subject alternative names and common name. */
	readonly names: readonly string[];
	readonly uid: string;
	/** RFC 3339. */
	readonly expires: string;
	/** Of the `ca.crt`, where there is one. */
	readonly ca?: string;
	readonly sha: string;
}

export interface Stream {
	readonly protocol: 'TCP' | 'UDP';
	readonly port: number;
	readonly service: {readonly namespace: string; readonly name: string; readonly port: string};
	readonly proxyProtocol: {readonly decode: boolean; readonly encode: boolean};
	readonly endpoints: readonly Endpoint[];
}
