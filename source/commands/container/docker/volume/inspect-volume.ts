import {volumePath} from '../../../../node/engine/volume-data.js';
import {goTime} from '../text.js';
import type {VolumeRecord} from '../../../../node/engine/model.js';

export const inspectVolume = ({name, labels, anonymous, createdMs}: VolumeRecord): Record<string, unknown> => ({
	CreatedAt: goTime(createdMs),
	Driver: 'local',
	Labels: anonymous ? {'com.docker.volume.anonymous': ''} : Object.keys(labels).length > 0 ? labels : null,
	Mountpoint: volumePath(name),
	Name: name,
	Options: null,
	Scope: 'local',
});
