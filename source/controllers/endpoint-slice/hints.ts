import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import type {Endpoint, Group} from './slices.js';

const topologyMode = 'service.kubernetes.io/topology-mode';
const oldTopologyMode = 'service.kubernetes.io/topology-aware-hints';

/**
 * `trafficDistribution: PreferClose` gives every ready endpoint a hint for its own zone, if all of them have one. Models
 * k8s.io/endpointslice/trafficdist.
 */
export function zoneHints({sim}: ControllerContext, service: KubeObject, groups: Group[]): Group[] {
	const mode = service.metadata.annotations?.[topologyMode] ?? service.metadata.annotations?.[oldTopologyMode];
	if (mode === 'Auto' || mode === 'auto') {
		// Needs zones; in a cluster without them the real controller sets no hints either.
		if (groups.some(({endpoints}) => endpoints.some(endpoint => endpoint['zone']))) {
			sim.notes.notSimulated(`Service annotation ${topologyMode}: ${mode}`);
		}

		return groups;
	}

	if (service['spec'].trafficDistribution !== 'PreferClose') return groups;
	return groups.map(group => {
		const ready = group.endpoints.filter(isReady);
		if (ready.length === 0 || ready.some(endpoint => !endpoint['zone'])) return group;
		const hinted = group.endpoints.map(endpoint =>
			isReady(endpoint) ? {...endpoint, hints: {forZones: [{name: endpoint['zone']}]}} : endpoint,
		);
		return {...group, endpoints: hinted};
	});
}

const isReady = (endpoint: Endpoint): boolean => (endpoint['conditions'] as {ready?: boolean}).ready === true;
