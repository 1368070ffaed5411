import type {KubeObject} from '../../api/object.js';
import {isFinished, isReady} from '../pods/state.js';

/** One address of a service, as Endpoints and EndpointSlices both need it. */
export interface PodEndpoint {
	readonly pod: KubeObject;
	readonly ip: string;
	/** Resolved for this pod; a named port may differ from pod to pod. */
	readonly ports: readonly EndpointPort[];
}

export interface EndpointPort {
	readonly name?: string;
	readonly protocol: string;
	readonly port: number;
	readonly appProtocol?: string;
}

/** A pod that has ended or has no address yet is nobody's endpoint (pkg/controller/util/endpoint ShouldPodBeInEndpoints). */
export const isEndpoint = (pod: KubeObject, withTerminating: boolean): boolean =>
	Boolean(pod['status']?.podIP) && !isFinished(pod) && (withTerminating || !pod.metadata.deletionTimestamp);

/** The service's ports as this pod serves them; a named target port that the pod lacks is left out. */
export function portsFor(service: KubeObject, pod: KubeObject): EndpointPort[] {
	const ports: EndpointPort[] = [];
	for (const {name, protocol = 'TCP', port, targetPort, appProtocol} of service['spec'].ports ?? []) {
		const number = findPort(pod, targetPort ?? port, protocol);
		if (number !== undefined) ports.push({...(name && {name}), protocol, port: number, ...(appProtocol && {appProtocol})});
	}

	return ports;
}

function findPort(pod: KubeObject, target: number | string, protocol: string): number | undefined {
	if (typeof target === 'number') return target;
	for (const container of [...pod['spec'].containers, ...sidecars(pod)]) {
		for (const port of container.ports ?? []) {
			if (port.name === target && (port.protocol ?? 'TCP') === protocol) return port.containerPort;
		}
	}

	return undefined;
}

const sidecars = (pod: KubeObject): any[] =>
	(pod['spec'].initContainers ?? []).filter((container: {restartPolicy?: string}) => container.restartPolicy === 'Always');

export const isHeadless = (service: KubeObject): boolean => service['spec'].clusterIP === 'None';

/** `pod.subdomain.namespace.svc` names: only where the pod asks for this service. */
export const hostnameOf = (service: KubeObject, pod: KubeObject): string | undefined =>
	pod['spec'].hostname && pod['spec'].subdomain === service.metadata.name ? pod['spec'].hostname : undefined;

/** `ready` follows publishNotReadyAddresses; `serving` says what the probe says. */
export function conditionsOf(service: KubeObject, pod: KubeObject): {ready: boolean; serving: boolean; terminating: boolean} {
	const serving = isReady(pod);
	const terminating = Boolean(pod.metadata.deletionTimestamp);
	return {ready: Boolean(service['spec'].publishNotReadyAddresses) || (serving && !terminating), serving, terminating};
}

export const targetRef = ({metadata}: KubeObject) => ({kind: 'Pod', namespace: metadata.namespace, name: metadata.name, uid: metadata.uid});
