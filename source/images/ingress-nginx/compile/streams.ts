import {notInStore} from '../annotations/resolver.js';
import type {Stream} from '../configuration.js';
import {endpointsOf} from './endpoints.js';
import type {View} from './view.js';

/** Ports below the web: --tcp-services-configmap and --udp-services-configmap (controller.go getStreamServices). */
export const createStreams = (view: View): readonly Stream[] => [
	...streamsOf(view, view.given['tcp-services-configmap'], 'TCP'),
	...streamsOf(view, view.given['udp-services-configmap'], 'UDP'),
];

const ownPorts = [
	'http-port',
	'https-port',
	'ssl-passthrough-proxy-port',
	'healthz-port',
	'default-server-port',
	'profiler-port',
	'status-port',
	'stream-port',
] as const;

function streamsOf(view: View, reference: string, protocol: Stream['protocol']): readonly Stream[] {
	if (reference === '') return [];
	const found = view.configMap(reference);
	if (!found) {
		view.log.plain('W', 'controller.go:411', `Error getting ConfigMap ${JSON.stringify(reference)}: ${notInStore(reference)}`);
		return [];
	}

	return Object.entries<string>(found['data'] ?? {})
		.flatMap(([port, service]) => streamOf(view, port, service, protocol) ?? [])
		.sort((a, b) => a.port - b.port);
}

/** `namespace/service:port[:PROXY[:PROXY]]` */
function streamOf(view: View, external: string, text: string, protocol: Stream['protocol']): Stream | undefined {
	const warn = (why: string) => {
		view.log.plain('W', 'controller.go:450', why);
		return undefined;
	};
	const port = Number(external);
	if (!/^\d+$/.test(external)) return warn(`${JSON.stringify(external)} is not a valid ${protocol} port number`);
	if (ownPorts.some(name => view.given[name] === external))
		return warn(`Port ${external} cannot be used for ${protocol} stream services. It is reserved for the Ingress controller.`);
	const [key = '', servicePort, decode = '', encode = ''] = text.split(':');
	if (servicePort === undefined) return warn(`Invalid Service reference ${JSON.stringify(text)} for ${protocol} port ${external}`);
	const [namespace, name, ...rest] = key.split('/');
	if (!namespace || !name || rest.length > 0) return warn(`invalid format (namespace/name) found in ${JSON.stringify(key)}`);
	const service = view.service(key) as any;
	if (!service) return warn(`Error getting Service ${JSON.stringify(key)}: ${notInStore(key)}`);
	const found = (service.spec.ports ?? []).find(
		(each: any) =>
			(/^\d+$/.test(servicePort) ? String(each.port) === servicePort : each.name === servicePort) && (each.protocol ?? 'TCP') === protocol,
	);
	const endpoints = found ? endpointsOf(view, service, found, protocol) : [];
	if (endpoints.length === 0)
		return warn(`Service ${JSON.stringify(key)} does not have any active Endpoint for ${protocol} port ${servicePort}`);
	const speaks = (word: string) => protocol === 'TCP' && word.toUpperCase() === 'PROXY';
	return {
		protocol,
		port,
		service: {namespace, name, port: servicePort},
		proxyProtocol: {decode: speaks(decode), encode: speaks(encode)},
		endpoints,
	};
}
