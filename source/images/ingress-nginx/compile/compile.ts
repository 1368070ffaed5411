import {digest} from '../../../node/image/digest.js';
import type {Backend, Certificate, Configuration, Server} from '../configuration.js';
import {createBackends, fallBack} from './backends.js';
import {mergeCanary} from './canaries.js';
import {judgeHost} from './certificate.js';
import {type BackendDraft, defaultUpstream, finished, type ServerDraft} from './draft.js';
import {addLocations, sortLocations, withTwins} from './locations.js';
import {createServers} from './servers.js';
import {createStreams} from './streams.js';
import {defaultCertificate} from './tls.js';
import {inOrder, type ParsedIngress, type View} from './view.js';

/** What nginx is to know (controller.go getConfiguration): all Ingresses, in the order in which they came. */
export function compile(view: View, all: readonly ParsedIngress[]): Configuration {
	const ingresses = inOrder(all);
	const backends = createBackends(view, ingresses);
	const servers = createServers(view, ingresses, backends);
	for (const ingress of ingresses) addLocations(view, ingress, servers, backends);
	const canaries = ingresses.filter(({annotations}) => annotations.canary.enabled);
	if (canaries.length < ingresses.length) for (const ingress of canaries) mergeCanary({view, ingress, backends}, servers);
	const made = new Map(backends);
	for (const backend of backends.values()) {
		if (backend.name === defaultUpstream) continue;
		for (const {locations} of servers.values()) for (const location of locations) fallBack(view, backend, location, made);
	}

	const finishedServers = [...servers.values()].map(finishServer).sort(by(({hostname}) => hostname));
	const configuration = {
		options: view.options,
		servers: finishedServers,
		backends: [...made.values()].sort(by(({name}) => name)) as readonly BackendDraft[] as readonly Backend[],
		defaultCertificate: defaultCertificate(view),
		streams: createStreams(view),
		redirects: createRedirects(view, [...servers.values()]),
		proxySetHeaders: headersIn(view, 'proxy-set-headers'),
		addHeaders: headersIn(view, 'add-headers'),
	};
	return {...configuration, checksum: checksumOf(configuration)};
}

const by =
	<T>(name: (item: T) => string) =>
	(a: T, b: T): number =>
		name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0;

function finishServer({locations, redirectFromToWww: _, ...server}: ServerDraft): Server {
	sortLocations(locations);
	return {...server, locations: withTwins(locations).map(finished)};
}

/** Of a ConfigMap that the controller's own ConfigMap names. */
function headersIn(view: View, key: 'proxy-set-headers' | 'add-headers'): Readonly<Record<string, string>> {
	const name = view.configMap(view.given.configmap)?.['data']?.[key];
	if (!name) return {};
	const found = view.configMap(name);
	if (!found)
		view.log.plain(
			'W',
			'nginx.go:585',
			`Error reading ConfigMap ${JSON.stringify(name)} from local store: no object matching key ${JSON.stringify(name)} in local store`,
		);
	return found?.['data'] ?? {};
}

/** template/buildRedirects: `www.foo.com` to `foo.com`, or the other way. */
function createRedirects({log}: View, servers: readonly ServerDraft[]): Configuration['redirects'] {
	const names = new Set(servers.map(({hostname}) => hostname));
	return servers
		.filter(({redirectFromToWww}) => redirectFromToWww)
		.flatMap(({hostname: to, certificate}) => {
			const from = to.startsWith('www.') ? to.slice(4) : `www.${to}`;
			if (names.has(from)) {
				const text = `Already exists an Ingress with ${JSON.stringify(from)} hostname. Skipping creation of redirection from ${JSON.stringify(from)} to ${JSON.stringify(to)}.`;
				log.plain('W', 'nginx.go:1123', text);
				return [];
			}

			return [{from, to, ...certificateFor(log, from, to, certificate)}];
		});
}

function certificateFor(log: View['log'], from: string, to: string, certificate: Certificate | undefined): {certificate?: Certificate} {
	if (!certificate) return {};
	const {error, byCommonName} = judgeHost(certificate, from);
	if (error === undefined || byCommonName) return {certificate};
	const text = `the server ${to} has SSL configured but the SSL certificate does not contains a CN for ${from}. Redirects will not work for HTTPS to HTTPS`;
	log.plain('W', 'nginx.go:1138', text);
	return {};
}

/**
 * What nginx.conf is made of: endpoints, canaries and certificates are lua's, which learns them without a reload
 * (util/ingress IsDynamicConfigurationEnough).
 */
const inFile = ({options, servers, redirects, streams, proxySetHeaders, addHeaders}: Omit<Configuration, 'checksum'>) => ({
	options,
	proxySetHeaders,
	addHeaders,
	streams: streams.map(({endpoints: _, ...stream}) => stream),
	redirects: redirects.map(({from, to}) => ({from, to})),
	servers: servers.map(({certificate: _, locations, ...server}) => ({
		...server,
		locations: locations.map(({ingress, ...location}) => ({
			...location,
			ingress: ingress && {namespace: ingress.namespace, name: ingress.name},
		})),
	})),
});

const checksumOf = (configuration: Omit<Configuration, 'checksum'>): string =>
	BigInt(`0x${digest(JSON.stringify(inFile(configuration))).slice(0, 16)}`).toString();
