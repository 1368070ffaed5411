import type {Reader} from '../client.js';
import {badRequest} from '../errors.js';
import {ApiError} from '../status.js';
import type {KubeObject} from '../object.js';

/** Where a request for the `proxy` subresource goes. */
export interface ProxyTarget {
	readonly scheme: 'http' | 'https';
	readonly host: string;
	readonly port: number;
}

type Target = KubeObject & {spec: any; status?: any; subsets?: any[]};

/** `[scheme:]name[:port]`; undefined where the text is none. Models apimachinery/pkg/util/net/port_split.go. */
export function splitProxyName(text: string): {scheme: string; name: string; port: string} | undefined {
	const parts = text.split(':');
	const [scheme = '', name = '', port = ''] = parts.length === 1 ? ['', parts[0]] : parts.length === 2 ? ['', ...parts] : parts;
	const isValid = parts.length <= 3 && ['', 'http', 'https'].includes(scheme) && name !== '' && !(parts.length === 2 && port === '');
	return isValid ? {scheme, name, port} : undefined;
}

const unavailable = (message: string) => new ApiError(503, 'ServiceUnavailable', message);

/** Throws where nothing can be reached. `pick` chooses among so many. */
export function proxyTarget(reader: Reader, resource: string, namespace: string, id: string, pick: (count: number) => number): ProxyTarget {
	const asked = splitProxyName(id);
	if (!asked) throw badRequest(`invalid ${resource.slice(0, -1)} request ${JSON.stringify(id)}`);
	const {scheme, name, port} = asked;
	const at = resource === 'pods' ? podTarget(reader, namespace, name, port) : serviceTarget(reader, namespace, {id, name, port}, pick);
	return {scheme: scheme === 'https' ? 'https' : 'http', ...at};
}

/** Models pkg/registry/core/pod/strategy.go ResourceLocation. */
function podTarget(reader: Reader, namespace: string, name: string, port: string) {
	const {spec, status} = reader.get<Target>('pods', namespace, name);
	if (!status?.podIP) throw badRequest('address not allowed');
	const first = spec.containers.flatMap((container: any) => container.ports ?? [])[0]?.containerPort;
	return {host: status.podIP as string, port: Number(port || (first ?? 80))};
}

/** Models pkg/registry/core/service/storage ResourceLocation: a port of the Service, by name or number, or the one without a name. */
function serviceTarget(
	reader: Reader,
	namespace: string,
	{id, name, port}: {id: string; name: string; port: string},
	pick: (count: number) => number,
) {
	const {spec} = reader.get<Target>('services', namespace, name);
	let portName = port;
	if (/^\d+$/.test(port)) {
		const found = spec.ports?.find((each: any) => each.port === Number(port));
		if (!found) throw unavailable(`no service port ${port} found for service ${JSON.stringify(name)}`);
		portName = found.name ?? '';
	}

	const {subsets = []} = reader.get<Target>('endpoints', namespace, name);
	if (subsets.length === 0) throw unavailable(`no endpoints available for service ${JSON.stringify(name)}`);
	for (const {addresses = [], ports = []} of subsets) {
		const open = ports.find((each: any) => (each.name ?? '') === portName);
		if (open && addresses.length > 0) return {host: addresses[pick(addresses.length)].ip as string, port: open.port as number};
	}

	throw unavailable(`no endpoints available for service ${JSON.stringify(id)}`);
}
