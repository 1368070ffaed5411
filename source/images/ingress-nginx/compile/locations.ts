import type {Annotations} from '../annotations/extract.js';
import {applyAnnotations, type BackendDraft, defaultUpstream, type LocationDraft, type ServerDraft} from './draft.js';
import {defaultServer, type ParsedIngress, type Path, rulesOf, upstreamName, type View} from './view.js';

/** Puts the paths of one Ingress into its servers (controller.go getBackendServers): the first Ingress that names a path has it. */
export function addLocations(
	view: View,
	ingress: ParsedIngress,
	servers: ReadonlyMap<string, ServerDraft>,
	backends: ReadonlyMap<string, BackendDraft>,
): void {
	const {object, annotations} = ingress;
	const namespace = object.metadata.namespace ?? 'default';
	for (const {host, paths} of rulesOf(object)) {
		const server = servers.get(host) ?? servers.get(defaultServer)!;
		if (!paths && host !== defaultServer) continue;
		takeServerSettings(server, annotations);
		for (const path of paths ?? []) {
			const backend = path.service && backends.get(upstreamName(namespace, path.service));
			if (!backend || backend.noServer) continue;
			addLocation(server, ingress, path, backend);
			takeAffinity(view, backend, annotations, server, host, path.path);
		}
	}
}

function takeServerSettings(server: ServerDraft, {certificateAuth, location}: Annotations): void {
	if (!server.certificateAuth?.caPem && certificateAuth) {
		const error = server.certificateAuth?.error ?? certificateAuth.error;
		server.certificateAuth = {...certificateAuth, ...(error !== undefined && {error})};
	}

	if (!server.proxySsl?.ca && location.proxySsl) server.proxySsl = location.proxySsl;
}

function addLocation(
	server: ServerDraft,
	{object, annotations}: ParsedIngress,
	{path, pathType, service}: Path,
	backend: BackendDraft,
): void {
	const standing = server.locations.find(location => location.path === path);
	// One path with two types is two locations.
	const same = standing?.pathType === pathType ? standing : undefined;
	if (same && !same.isDefaultBackend) return;
	const location: LocationDraft = same ?? {
		path,
		pathType,
		ingressPath: path,
		isDefaultBackend: false,
		backend: backend.name,
		settings: annotations.location,
		defaultBackendUpstream: defaultUpstream,
	};
	Object.assign(location, {backend: backend.name, isDefaultBackend: false, service, ingress: object});
	applyAnnotations(location, annotations);
	if (location.settings.redirect.fromToWww) server.redirectFromToWww = true;
	if (!same) server.locations.push(location);
}

function takeAffinity(
	{log}: View,
	{sessionAffinity}: BackendDraft,
	{affinity, location}: Annotations,
	server: ServerDraft,
	host: string,
	path: string,
): void {
	sessionAffinity.type ||= affinity.type;
	sessionAffinity.mode ||= affinity.mode;
	if (affinity.type !== 'cookie') return;
	if (location.rewrite.useRegex && affinity.cookie.path === '')
		log.plain('W', 'controller.go:777', 'session-cookie-path should be set when use-regex is true');
	const {locations} = sessionAffinity.cookie;
	for (const name of [host, ...server.aliases]) locations[name] = [...(locations[name] ?? []), path];
	sessionAffinity.cookie = {...affinity.cookie, locations};
}

const needsRewrite = ({path, settings: {rewrite}}: LocationDraft): boolean => rewrite.target !== '' && rewrite.target !== path;

/** location.go updateServerLocations: a Prefix becomes `/foo/` and `= /foo`, unless it is a pattern. */
export function withTwins(locations: readonly LocationDraft[]): LocationDraft[] {
	const exact = new Set(locations.filter(({pathType}) => pathType === 'Exact').map(({path}) => path));
	return locations.flatMap(location => {
		const plain = location.path === '/' || location.pathType !== 'Prefix' || needsRewrite(location) || location.settings.rewrite.useRegex;
		if (plain) return [location];
		const prefix: LocationDraft = {...location, path: location.path.endsWith('/') ? location.path : `${location.path}/`};
		return exact.has(location.path) ? [prefix] : [prefix, {...location, pathType: 'Exact'}];
	});
}

/** By length, the longest first; of one length, the last in the alphabet. */
export function sortLocations(locations: LocationDraft[]): void {
	locations.sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? 1 : a.path > b.path ? -1 : 0));
}
