import type {Admission} from '../../api/admission.js';
import {setFamilies, setClusterIps} from './cluster-ip.js';
import {setNodePorts} from './node-port.js';

/**
 * Gives Services their addresses and ports by looking at the Services that exist, so that no allocation table can drift.
 * Models pkg/registry/core/service/storage/alloc.go.
 */
export default {
	name: 'ServiceAddress',
	resources: ['services'],
	operations: ['create', 'update'],
	indexes: [
		{resource: 'services', index: 'clusterIP', keys: ({spec}) => (spec?.clusterIPs ?? []).filter((ip: string) => ip !== 'None')},
		{resource: 'services', index: 'nodePort', keys: nodePortsOf},
	],
	prepare(request) {
		if (request.subresource) return;
		setFamilies(request);
		setClusterIps(request);
		setNodePorts(request);
	},
} satisfies Admission;

/** Taken by number, whatever the protocol. */
function nodePortsOf({spec}: any): string[] {
	const ports = (spec?.ports ?? []).map((port: any) => port.nodePort);
	return [...new Set([...ports, spec?.healthCheckNodePort].filter(Boolean).map(String))];
}
