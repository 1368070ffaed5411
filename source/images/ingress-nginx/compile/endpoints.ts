import type {KubeObject} from '../../../api/object.js';
import {notInStore} from '../annotations/resolver.js';
import {isOn} from '../arguments.js';
import type {Endpoint} from '../configuration.js';
import {keyOf, type View} from './view.js';

/** Where nginx itself answers 404. */
export const defaultEndpoint = (view: View): Endpoint => ({address: '127.0.0.1', port: Number(view.given['default-server-port'])});

/** A port of a Service as it is looked up: internal/ingress/controller/endpointslices.go. */
interface Port {
	readonly name?: string;
	readonly targetPort?: number | string;
}

const numberOf = (port: number | string | undefined): number =>
	typeof port === 'number' ? port : /^\d+$/.test(port ?? '') ? Number(port) : 0;

export function endpointsOf(view: View, service: KubeObject, port: Port, protocol = 'TCP'): readonly Endpoint[] {
	const {spec} = service as any;
	if (spec.type === 'ExternalName') return externalEndpoint(view, service, port);
	const found = new Map<string, Endpoint>();
	for (const slice of view.slices(keyOf(service)) as any[]) {
		const target = numberOf(typeof port.targetPort === 'number' ? port.targetPort : undefined);
		const ports = (slice.ports ?? []).length === 0 && target > 0 ? [target] : portsIn(slice, port, target, protocol);
		for (const {addresses = [], conditions, targetRef} of slice.endpoints ?? []) {
			if (conditions?.ready === false) continue;
			for (const number of ports)
				for (const address of addresses)
					found.set(`${address}:${number}`, {
						address,
						port: number,
						...(targetRef?.kind === 'Pod' && {target: {namespace: targetRef.namespace, name: targetRef.name}}),
					});
		}
	}

	return [...found.values()];
}

function portsIn(slice: any, port: Port, target: number, protocol: string): number[] {
	return (slice.ports ?? []).flatMap((each: any) => {
		if ((each.protocol ?? 'TCP') !== protocol) return [];
		const named = !port.name || port.name === each.name ? (each.port ?? 0) : 0;
		const number = named || target;
		return number === 0 ? [] : [number];
	});
}

function externalEndpoint({log}: View, service: KubeObject, port: Port): readonly Endpoint[] {
	const name: string = (service as any).spec.externalName ?? '';
	if (name === 'localhost' || /^127\./.test(name) || name === '::1') {
		log.plain('E', 'endpointslices.go:59', `Invalid attempt to use localhost name ${name} in ${JSON.stringify(keyOf(service))}`);
		return [];
	}

	const isName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.?$/.test(name);
	if (!isName) {
		log.plain(
			'E',
			'endpointslices.go:70',
			`Invalid DNS name ${name}: [a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]`,
		);
		return [];
	}

	return [{address: name, port: numberOf(port.targetPort)}];
}

/** The endpoints that a backend of an Ingress means; `error` when its Service is not there. */
export function serviceEndpoints(
	view: View,
	key: string,
	port: string,
): {readonly endpoints: readonly Endpoint[]; readonly error?: string} {
	const {log} = view;
	const service = view.service(key) as any;
	if (!service) return {endpoints: [], error: notInStore(key)};
	const none = () => log.plain('W', 'controller.go:1216', `Service ${JSON.stringify(key)} does not have any active Endpoint.`);
	if (service.spec.type === 'ExternalName') {
		if (isOn(view.given, 'disable-svc-external-name')) {
			log.plain('W', 'controller.go:1191', `Service ${JSON.stringify(key)} of type ExternalName not allowed due to Ingress configuration.`);
			return {endpoints: []};
		}

		const endpoints = endpointsOf(view, service, externalPort(service, port));
		if (endpoints.length === 0) none();
		return {endpoints};
	}

	const found = (service.spec.ports ?? []).find(
		(each: any) => String(each.port) === port || String(each.targetPort) === port || each.name === port,
	);
	if (!found) return {endpoints: []};
	const endpoints = endpointsOf(view, service, found);
	if (endpoints.length === 0) none();
	return {endpoints};
}

function externalPort({spec}: any, port: string): Port {
	const found = (spec.ports ?? []).find((each: any) => each.name === port || String(each.port) === port);
	if (!found) return {targetPort: numberOf(port)};
	return {targetPort: numberOf(found.targetPort) || found.port};
}

/** `service-upstream`: the Service's own address instead of its endpoints. */
export function clusterEndpoint(view: View, key: string, port: string): Endpoint | {readonly error: string} {
	const service = view.service(key) as any;
	if (!service) return {error: `service ${JSON.stringify(key)} does not exist`};
	const {clusterIP, ports = []} = service.spec;
	if (!clusterIP || clusterIP === 'None') return {error: `no ClusterIP found for Service ${JSON.stringify(key)}`};
	if (/^\d+$/.test(port)) return {address: clusterIP, port: Number(port)};
	const named = ports.find((each: any) => each.name === port);
	return named
		? {address: clusterIP, port: named.port}
		: {error: `service "${service.metadata.name}" does not have a port named "${port}"`};
}
