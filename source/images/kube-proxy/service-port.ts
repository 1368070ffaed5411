import type {KubeObject} from '../../api/object.js';
import {keyOf} from '../../api/object.js';

/** One port of one Service, as the proxiers see it. Plain data. Models pkg/proxy/serviceport.go. */
export interface ServicePort {
	/** `namespace/name:port`, or `namespace/name` when the port has no name. */
	readonly name: string;
	readonly service: string;
	readonly portName: string;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly clusterIp: string;
	readonly port: number;
	readonly nodePort: number;
	readonly externalIps: readonly string[];
	readonly loadBalancerIps: readonly string[];
	readonly sourceRanges: readonly string[];
	/** Seconds of ClientIP affinity; 0: none. */
	readonly affinitySeconds: number;
	readonly internalLocal: boolean;
	readonly externalLocal: boolean;
	readonly healthCheckNodePort: number;
}

/** Labels that make kube-proxy look away, whatever their value. */
const ignoringLabels = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

export const isIgnored = (object: KubeObject): boolean => ignoringLabels.some(label => object.metadata.labels?.[label] !== undefined);

/** The ports of a Service that get rules: none for headless and ExternalName ones. */
export function servicePorts(service: KubeObject): ServicePort[] {
	const {spec, status} = service;
	if (isIgnored(service) || spec.type === 'ExternalName' || !spec.clusterIP || spec.clusterIP === 'None') return [];
	const isV4 = (address: string) => !address.includes(':');
	const clusterIp = [spec.clusterIP, ...(spec.clusterIPs ?? [])].find(isV4);
	if (!clusterIp) return [];
	const key = keyOf(service);
	const loadBalancer = spec.type === 'LoadBalancer';
	const shared = {
		service: key,
		clusterIp,
		externalIps: (spec.externalIPs ?? []).filter(isV4),
		loadBalancerIps: loadBalancerIps(status).filter(isV4),
		sourceRanges: loadBalancer ? (spec.loadBalancerSourceRanges ?? []).map((range: string) => range.trim()).filter(isV4) : [],
		affinitySeconds: spec.sessionAffinity === 'ClientIP' ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) : 0,
		internalLocal: spec.internalTrafficPolicy === 'Local',
		externalLocal: spec.externalTrafficPolicy === 'Local',
		healthCheckNodePort: loadBalancer && spec.externalTrafficPolicy === 'Local' ? (spec.healthCheckNodePort ?? 0) : 0,
	};
	return (spec.ports ?? []).map((port: any) => ({
		...shared,
		name: port.name ? `${key}:${port.name}` : key,
		portName: port.name ?? '',
		protocol: String(port.protocol ?? 'TCP').toLowerCase(),
		port: port.port,
		nodePort: port.nodePort ?? 0,
	}));
}

/** Only entries that are virtual addresses count; `ipMode: Proxy` ones lead to the load balancer itself. */
const loadBalancerIps = (status: any): string[] =>
	(status?.loadBalancer?.ingress ?? []).filter((entry: any) => entry.ip && (entry.ipMode ?? 'VIP') === 'VIP').map((entry: any) => entry.ip);

export const externallyAccessible = (port: ServicePort): boolean =>
	port.nodePort !== 0 || port.loadBalancerIps.length > 0 || port.externalIps.length > 0;

export const usesCluster = (port: ServicePort): boolean => !port.internalLocal || externallyAccessible(port);

export const usesLocal = (port: ServicePort): boolean => port.internalLocal || (port.externalLocal && externallyAccessible(port));
