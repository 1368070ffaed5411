import {type Annotations, extractAnnotations} from '../annotations/extract.js';
import {silence} from '../log.js';
import {applyAnnotations, type BackendDraft, defaultUpstream, type LocationDraft, type ServerDraft} from './draft.js';
import {chooseCertificate, defaultCertificate} from './tls.js';
import {defaultServer, keyOf, type ParsedIngress, rulesOf, serviceOf, upstreamName, type View} from './view.js';

/** One server for each host, each with a `/` (controller.go createServers). */
export function createServers(
	view: View,
	ingresses: readonly ParsedIngress[],
	backends: ReadonlyMap<string, BackendDraft>,
): Map<string, ServerDraft> {
	const catchAll = newServer(defaultServer, plainRoot(view));
	catchAll.certificate = defaultCertificate(view);
	const servers = new Map([[defaultServer, catchAll]]);
	const main = ingresses.filter(({annotations}) => !annotations.canary.enabled);
	for (const ingress of main) addServers(ingress, servers, backends);
	const aliases = new Map<string, readonly string[]>();
	for (const ingress of main) configureServers(view, ingress, servers, aliases);
	for (const [host, names] of aliases) {
		const server = servers.get(host)!;
		server.aliases = [...new Set(names)].filter(alias => alias !== host && !servers.has(alias)).sort();
	}

	return servers;
}

const newServer = (hostname: string, root: LocationDraft): ServerDraft => ({
	hostname,
	aliases: [],
	locations: [root],
	sslPassthrough: false,
	sslCiphers: '',
	sslPreferServerCiphers: '',
	serverSnippet: '',
	redirectFromToWww: false,
});

const root = (backend: string, annotations: Annotations): LocationDraft => ({
	path: '/',
	pathType: 'Prefix',
	ingressPath: '/',
	isDefaultBackend: true,
	backend,
	settings: annotations.location,
	defaultBackendUpstream: defaultUpstream,
});

/** The catch-all server's `/`: what no Ingress has said anything about, so neither TLS redirects nor lists of addresses. */
function plainRoot(view: View): LocationDraft {
	const {'annotations-prefix': prefix} = view.given;
	const nobody = {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: ''}};
	const plain = extractAnnotations(nobody, view, {prefix, validates: false, log: silence});
	const draft = root(defaultUpstream, plain);
	const {location} = plain;
	return {
		...draft,
		settings: {
			...location,
			allowlist: [],
			denylist: [],
			enableGlobalAuth: false,
			customHttpErrors: [],
			usePortInRedirects: false,
			rewrite: {...location.rewrite, sslRedirect: false, forceSslRedirect: false, preserveTrailingSlash: false},
			logs: {access: view.options.enableAccessLogForDefaultBackend, rewrite: false},
		},
	};
}

function addServers(
	{object, annotations}: ParsedIngress,
	servers: Map<string, ServerDraft>,
	backends: ReadonlyMap<string, BackendDraft>,
): void {
	const namespace = object.metadata.namespace ?? 'default';
	const own = serviceOf(object['spec']?.defaultBackend);
	const ownName = own && upstreamName(namespace, own);
	const upstream = ownName && backends.has(ownName) ? ownName : defaultUpstream;
	const first = servers.get(defaultServer)!.locations[0]!;
	if (own && upstream !== defaultUpstream && first.isDefaultBackend && rulesOf(object).length === 0) {
		// An Ingress with a backend and no rule: redirects and rewrites do not reach the catch-all.
		const {redirect, rewrite} = first.settings;
		Object.assign(first, {isDefaultBackend: false, backend: upstream, service: own, ingress: object});
		applyAnnotations(first, annotations);
		first.settings = {...first.settings, redirect, rewrite};
	}

	for (const {host} of rulesOf(object)) {
		if (servers.has(host)) continue;
		const location: LocationDraft = {...root(upstream, annotations), ingress: object};
		applyAnnotations(location, annotations);
		const server = newServer(host, location);
		server.sslPassthrough = annotations.sslPassthrough;
		server.sslCiphers = annotations.sslCiphers;
		server.sslPreferServerCiphers = annotations.sslPreferServerCiphers;
		servers.set(host, server);
	}
}

/** Names, snippets, ciphers and certificate: the first Ingress that has one gives it. */
function configureServers(
	view: View,
	{object, annotations}: ParsedIngress,
	servers: ReadonlyMap<string, ServerDraft>,
	aliases: Map<string, readonly string[]>,
): void {
	const {log} = view;
	const key = JSON.stringify(keyOf(object));
	for (const {host} of rulesOf(object)) {
		const server = servers.get(host)!;
		if (server.aliases.length === 0) {
			server.aliases = annotations.aliases;
			if (!aliases.get(host)?.length) aliases.set(host, annotations.aliases);
		} else log.plain('W', 'controller.go:1353', `Aliases already configured for server ${JSON.stringify(host)}, skipping (Ingress ${key})`);

		if (annotations.serverSnippet !== '') {
			if (server.serverSnippet === '') server.serverSnippet = annotations.serverSnippet;
			else
				log.plain(
					'W',
					'controller.go:1361',
					`Server snippet already configured for server ${JSON.stringify(host)}, skipping (Ingress ${key})`,
				);
		}

		server.sslCiphers ||= annotations.sslCiphers;
		server.sslPreferServerCiphers ||= annotations.sslPreferServerCiphers;
		if (!server.certificate) {
			const certificate = chooseCertificate(view, object, host);
			if (certificate) server.certificate = certificate;
		}
	}
}
