import type {Reader} from '../../../api/client.js';
import type {KubeObject} from '../../../api/object.js';
import {fqdn, isV4, isV6, labelsBefore} from '../names.js';
import {clusterIps, endpointsAt, endpointsOfService, isHeadless, podsAt, serviceAt, serviceNamed} from './objects.js';
import type {KubernetesConfig} from './setup.js';

/** What a name stands for: an address (with a port for SRV) or, for an ExternalName, another name. */
export interface Found {
	readonly host: string;
	readonly port: number;
	/** Name of the service or endpoint itself: the target of an SRV record. */
	readonly target: string;
}

/** `nothing`: no such name (NXDOMAIN). An empty list: the name exists, without such records. */
export type Finding = readonly Found[] | 'nothing';

interface Wanted {
	readonly namespace: string;
	readonly service: string;
	readonly endpoint: string;
	readonly port: string;
	readonly protocol: string;
}

/** Records behind a name of `zone` (plugin/kubernetes/kubernetes.go, Records). Targets end in `shownZone`: the zone in the client's spelling. */
export function findRecords(reader: Reader, config: KubernetesConfig, name: string, zone: string, shownZone: string): Finding {
	const labels = labelsBefore(name, zone);
	const kind = labels.pop();
	if (kind === undefined) return [];
	if (kind !== 'svc' && kind !== 'pod') return 'nothing';
	const namespace = labels.pop();
	if (namespace === undefined) return [];
	if (!isExposed(reader, config, namespace)) return 'nothing';
	const service = labels.pop();
	if (service === undefined) return [];
	if (kind === 'pod') return labels.length > 0 ? 'nothing' : findPods(reader, config, namespace, service, shownZone);
	const wanted = endpointOrPort(labels);
	return wanted ? findService(reader, config, {namespace, service, ...wanted}, shownZone) : 'nothing';
}

/** What stands before the service: nothing, an endpoint's host name, or `_port._protocol`. */
function endpointOrPort(labels: readonly string[]): Omit<Wanted, 'namespace' | 'service'> | undefined {
	const bare = (label: string) => label.replace(/^_/, '');
	if (labels.length === 0) return {endpoint: '', port: '', protocol: ''};
	if (labels.length === 1) return {endpoint: labels[0]!, port: '', protocol: ''};
	return labels.length === 2 ? {endpoint: '', port: bare(labels[0]!), protocol: bare(labels[1]!)} : undefined;
}

function isExposed(reader: Reader, config: KubernetesConfig, namespace: string): boolean {
	if (config.namespaces.length > 0 && !config.namespaces.includes(namespace)) return false;
	if (!reader.find<KubeObject>('namespaces', undefined, namespace)) return false;
	if (!config.namespaceLabelSelector) return true;
	return reader
		.list<KubeObject>('namespaces', {labelSelector: config.namespaceLabelSelector})
		.some(each => each.metadata.name === namespace);
}

function findPods(reader: Reader, config: KubernetesConfig, namespace: string, name: string, zone: string): Finding {
	if (config.podMode === 'disabled') return 'nothing';
	const v4 = name.split('-').length === 4 && !name.includes('--');
	const address = name.replaceAll('-', v4 ? '.' : ':');
	if (!isV4(address) && !isV6(address)) return 'nothing';
	const found = [{host: address, port: 0, target: `${name}.${namespace}.pod.${zone}`}];
	if (config.podMode === 'insecure') return found;
	return podsAt(reader, address).some(pod => pod.metadata.namespace === namespace) ? found : 'nothing';
}

function findService(reader: Reader, config: KubernetesConfig, wanted: Wanted, zone: string): Finding {
	const {namespace, endpoint: host} = wanted;
	const service = serviceNamed(reader, config, namespace, wanted.service);
	if (!service) return 'nothing';
	const own = `${service.metadata.name}.${namespace}.svc.${zone}`;
	if (service['spec'].type === 'ExternalName') {
		const external = host === '' && wanted.port === '' && wanted.protocol === '';
		return external ? [{host: service['spec'].externalName, port: 0, target: own}] : 'nothing';
	}

	const endpoints =
		isHeadless(service) || host || config.ignoreEmptyService ? endpointsOfService(reader, config, namespace, wanted.service) : [];
	const found: Found[] = [];
	if (isHeadless(service) || host) {
		for (const endpoint of endpoints) {
			if (host && endpoint.hostname.toLowerCase() !== host) continue;
			for (const port of endpoint.ports.filter(each => fits(wanted, each)))
				found.push({host: endpoint.ip, port: port.port, target: `${endpoint.hostname}.${own}`});
		}
	} else {
		if (config.ignoreEmptyService && endpoints.length === 0) return 'nothing';
		for (const port of servicePorts(service).filter(each => fits(wanted, each))) {
			for (const ip of clusterIps(service)) found.push({host: ip, port: port.port, target: own});
		}
	}

	return found.length > 0 ? found : 'nothing';
}

function servicePorts(service: KubeObject): Array<{name: string; protocol: string; port: number}> {
	const ports = (service['spec'].ports ?? []).map((port: any) => ({
		name: port.name ?? '',
		protocol: (port.protocol ?? 'TCP').toLowerCase(),
		port: port.port,
	}));
	return ports.length > 0 ? ports : [{name: '', protocol: '', port: -1}];
}

const fits = (wanted: Wanted, port: {name: string; protocol: string}) =>
	(wanted.port === '' || wanted.port === port.name.toLowerCase()) && (wanted.protocol === '' || wanted.protocol === port.protocol);

/** Names of an address: the service that has it, else the endpoints. */
export function findNames(reader: Reader, config: KubernetesConfig, address: string): string[] {
	const exposed = (namespace: string) => config.namespaces.length === 0 || config.namespaces.includes(namespace);
	const service = serviceAt(reader, address);
	if (service && exposed(service.metadata.namespace!))
		return [fqdn(`${service.metadata.name}.${service.metadata.namespace}.svc.${config.primaryZone}`)];
	const names = endpointsAt(reader, config, address)
		.filter(endpoint => exposed(endpoint.namespace))
		.map(endpoint => fqdn(`${endpoint.hostname}.${endpoint.service}.${endpoint.namespace}.svc.${config.primaryZone}`));
	return [...new Set(names)];
}
