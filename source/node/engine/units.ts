import type {UnitFile} from '../../os/units.js';
import type {HostSpec} from '../host/host-spec.js';

/**
 * How the classroom's machines were left: outside the cluster dockerd runs, on the nodes that have it only its socket listens, and
 * the first command wakes it.
 */
export function bornDockerUnits(spec: HostSpec, unit: UnitFile): UnitFile {
	if (unit.name === 'docker.service' && !spec.cluster) return {...unit, active: true, enabled: 'enabled', pid: 1023};
	if (unit.name === 'docker.socket' && spec.role === 'control-plane') return {...unit, active: true, enabled: 'enabled'};
	return unit;
}
