import type {KubeObject} from '../../../api/object.js';
import type {Annotations} from '../annotations/extract.js';
import {notInStore} from '../annotations/resolver.js';
import {type BackendDraft, defaultUpstream, newBackend} from './draft.js';
import {clusterEndpoint, defaultEndpoint, endpointsOf, serviceEndpoints} from './endpoints.js';
import {type ParsedIngress, rulesOf, type ServiceBackend, serviceOf, upstreamName, type View} from './view.js';

/** Every Service port that an Ingress names (controller.go createUpstreams), by name. */
export function createBackends(view: View, ingresses: readonly ParsedIngress[]): Map<string, BackendDraft> {
	const backends = new Map([[defaultUpstream, defaultBackend(view)]]);
	for (const {object, annotations} of ingresses) {
		const namespace = object.metadata.namespace ?? 'default';
		const own = serviceOf(object['spec']?.defaultBackend);
		if (own) backends.set(upstreamName(namespace, own), backendOf(view, namespace, own, annotations, 'default'));
		for (const {paths = []} of rulesOf(object)) {
			for (const {service} of paths) {
				const name = service && upstreamName(namespace, service);
				if (!service || !name || backends.has(name)) continue;
				backends.set(name, backendOf(view, namespace, service, annotations, 'rule'));
			}
		}
	}

	return backends;
}

/** --default-backend-service, or the page of nginx itself. */
function defaultBackend(view: View): BackendDraft {
	const {log, given} = view;
	const backend = newBackend(defaultUpstream, '0');
	const key = given['default-backend-service'];
	const own = {...backend, endpoints: [defaultEndpoint(view)]};
	if (key === '') return own;
	const service = view.service(key);
	if (!service) {
		log.plain('W', 'controller.go:535', `Error getting default backend ${JSON.stringify(key)}: ${notInStore(key)}`);
		return own;
	}

	const endpoints = endpointsOf(view, service, (service as any).spec.ports?.[0] ?? {});
	if (endpoints.length === 0) log.plain('W', 'controller.go:547', `Service ${JSON.stringify(key)} does not have any active Endpoint`);
	return {...own, service: described(service), ...(endpoints.length > 0 && {endpoints})};
}

export const described = ({metadata, ...rest}: KubeObject) => ({
	namespace: metadata.namespace ?? 'default',
	name: metadata.name,
	...(rest['spec']?.type === 'ExternalName' && {externalName: rest['spec'].externalName as string}),
});

function backendOf(
	view: View,
	namespace: string,
	{name, port}: ServiceBackend,
	{canary, upstreamHash, loadBalance, serviceUpstream}: Annotations,
	place: 'default' | 'rule',
): BackendDraft {
	const {log} = view;
	const key = `${namespace}/${name}`;
	const backend = newBackend(upstreamName(namespace, {name, port}), port);
	backend.upstreamHash = upstreamHash;
	backend.loadBalance = loadBalance || view.options.loadBalance;
	if (serviceUpstream) {
		const endpoint = clusterEndpoint(view, key, port);
		if ('error' in endpoint)
			log.plain(
				'E',
				'controller.go:1016',
				`Failed to determine a suitable ClusterIP Endpoint for Service ${JSON.stringify(key)}: ${endpoint.error}`,
			);
		else backend.endpoints = [endpoint];
	}

	if (canary.enabled) {
		backend.noServer = true;
		backend.trafficShaping = canary.shaping;
	}

	if (backend.endpoints.length === 0) {
		const {endpoints, error} = serviceEndpoints(view, key, port);
		backend.endpoints = endpoints;
		if (error !== undefined) {
			log.plain(
				'W',
				place === 'default' ? 'controller.go:982' : 'controller.go:1108',
				place === 'default'
					? `Error creating upstream ${JSON.stringify(backend.name)}: ${error}`
					: `Error obtaining Endpoints for Service ${JSON.stringify(key)}: ${error}`,
			);
			return backend;
		}
	}

	const service = view.service(key);
	if (service) backend.service = described(service);
	else log.plain('W', 'controller.go:988', `Error obtaining Service ${JSON.stringify(key)}: ${notInStore(key)}`);
	return backend;
}

/** `default-backend`: where a backend without endpoints, or an intercepted error, goes instead. Adds the backends that this needs. */
export function fallBack(
	view: View,
	backend: BackendDraft,
	location: {
		backend: string;
		defaultBackendUpstream: string;
		fallback?: KubeObject;
		settings: {readonly customHttpErrors: readonly number[]};
	},
	made: Map<string, BackendDraft>,
): void {
	const {fallback} = location;
	const asked = backend.name === location.backend && (backend.endpoints.length === 0 || location.settings.customHttpErrors.length > 0);
	if (!fallback || !asked) return;
	const ports = (fallback as any).spec.ports ?? [];
	const {namespace, name} = fallback.metadata;
	if (ports.length === 0) {
		view.log.plain('E', 'controller.go:852', `Custom default backend service ${namespace}/${name} has no ports. Ignoring`);
		return;
	}

	const endpoints = endpointsOf(view, fallback, ports[0]);
	if (endpoints.length === 0) return;
	const upstream = `custom-default-backend-${namespace}-${name}`;
	made.set(upstream, {...backend, name: upstream, endpoints});
	location.defaultBackendUpstream = upstream;
	if (backend.endpoints.length === 0) location.backend = upstream;
}
