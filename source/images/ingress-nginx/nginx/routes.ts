import {findLocation, type LocationPattern, safePattern} from '../../nginx/config/find-location.js';
import type {Backend, Certificate, Configuration, Location, Server} from '../configuration.js';

/** A location as nginx.conf has it. */
export interface Route extends LocationPattern {
	readonly location?: Location;
	/** Of the default server, made by the template. */
	readonly builtin?: 'health' | 'status';
	/** `rewrite "(?i)<path>" <target> break` */
	readonly rewrite?: RegExp;
}

export interface Host {
	readonly server: Server;
	readonly routes: readonly Route[];
	/** from-to-www-redirect: answers with a redirect to this name, whatever is asked. */
	readonly redirectTo?: string;
}

/** nginx.conf in the form in which it is searched. */
export interface Routes {
	readonly configuration: Configuration;
	findHost(name: string): Host;
	findBackend(name: string): Backend | undefined;
	/** certificate.lua: by the exact name, then by `*.` and the rest. */
	findCertificate(name: string): Certificate | undefined;
}

/** Configurations are immutable: this is only a cache. */
const known = new WeakMap<Configuration, Routes>();

export function routesOf(configuration: Configuration): Routes {
	let routes = known.get(configuration);
	if (!routes) known.set(configuration, (routes = compile(configuration)));
	return routes;
}

export const findRoute = ({routes}: Host, uri: string): Route | undefined => findLocation(routes, uri);

const emptyServer: Server = {
	hostname: '_',
	aliases: [],
	locations: [],
	sslPassthrough: false,
	sslCiphers: '',
	sslPreferServerCiphers: '',
	serverSnippet: '',
};

function compile(configuration: Configuration): Routes {
	const exact = new Map<string, Host>();
	const wild: Array<{readonly pattern: RegExp; readonly host: Host}> = [];
	const certificates = new Map<string, Certificate>();
	const put = (name: string, host: Host, certificate: Certificate | undefined) => {
		if (certificate) certificates.set(name, certificate);
		if (name.startsWith('*')) wild.push({pattern: wildcard(name), host});
		else if (!exact.has(name)) exact.set(name, host);
	};
	for (const {from, to, certificate} of configuration.redirects)
		put(from, {server: {...emptyServer, hostname: from}, routes: [], redirectTo: to}, certificate);
	for (const server of configuration.servers) {
		const host = {server, routes: routesOfServer(server)};
		for (const name of [server.hostname, ...server.aliases]) put(name, host, server.certificate);
	}

	const backends = new Map(configuration.backends.map(each => [each.name, each]));
	const fallback = exact.get('_') ?? {server: emptyServer, routes: []};
	return {
		configuration,
		findHost: name => exact.get(name) ?? wild.find(({pattern}) => pattern.test(name))?.host ?? fallback,
		findBackend: name => backends.get(name),
		findCertificate: name => certificates.get(name) ?? certificates.get(name.replace(/^[^.]+\./, '*.')),
	};
}

/** buildServerName: one label, so that `*.foo.com` is not a name of a.b.foo.com. */
const wildcard = (name: string): RegExp => new RegExp(`^[\\w-]+${name.slice(1).replaceAll('.', '\\.')}$`);

function routesOfServer(server: Server): Route[] {
	const {locations} = server;
	// enforceRegexModifier: one location with use-regex or a rewrite makes all of the host regular expressions.
	const regex = locations.some(({rewrite, path}) => rewrite.useRegex || (rewrite.target !== '' && rewrite.target !== path));
	const routes = locations.map((location): Route => {
		const {path, pathType, rewrite} = location;
		const rewriting = rewrite.target !== '' && rewrite.target !== path && {rewrite: safePattern(unquoted(path), true)};
		if (regex) return {modifier: '~*', path, pattern: safePattern(`^${unquoted(path)}`, true), location, ...rewriting};
		return {modifier: pathType === 'Exact' ? '=' : '', path, location, ...rewriting};
	});
	if (server.hostname !== '_') return routes;
	return [...routes, {modifier: '', path: '/healthz', builtin: 'health'}, {modifier: '', path: '/nginx_status', builtin: 'status'}];
}

/** As nginx reads what stands between double quotes. */
const unquoted = (text: string): string => text.replace(/\\(["'\\])/g, '$1');
