import type {UnitFile} from '../../os/units.js';
import type {HostSpec} from '../host/host-spec.js';
import {classroomRegistries} from './authority.js';

/** Whether the names of the classroom's registry mean this machine. */
export const isRegistryHost = ({name, neighbours}: HostSpec): boolean =>
	neighbours.some(each => each.name === name && each.aliases?.some(alias => classroomRegistries.includes(alias)));

export const harborUnit: UnitFile = {
	name: 'harbor.service',
	description: 'Harbor',
	path: '/usr/lib/systemd/system/harbor.service',
	documentation: ['https://goharbor.io/docs/'],
	argv: ['/opt/harbor/harbor'],
	program: 'harbor',
	active: true,
	enabled: 'enabled',
	pid: 1101,
};
