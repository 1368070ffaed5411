import {type Errors, forbidden, invalid, items, notFound, notSupported, required} from '../errors.js';
import {descendingPath, noBacksteps} from '../rules.js';

/** Where a container has its volumes. Models ValidateVolumeMounts and ValidateVolumeDevices. */
type Volumes = ReadonlyMap<string, any>;
const modes = ['Bidirectional', 'HostToContainer', 'None'];
const recursions = ['Disabled', 'Enabled', 'IfPossible'];

export function mounts(field: string, container: any, volumes: Volumes): Errors {
	const paths = new Set<string>();
	const taken: any[] = container.volumeDevices ?? [];
	return items(field, container.volumeMounts, (mount: any, path) => {
		const {name = '', mountPath = ''} = mount;
		const errors: Errors = name ? [] : [required(`${path}.name`)];
		if (!volumes.has(name)) errors.push(notFound(`${path}.name`, name));
		if (!mountPath) errors.push(required(`${path}.mountPath`));
		if (paths.has(mountPath)) errors.push(invalid(`${path}.mountPath`, mountPath, 'must be unique'));
		paths.add(mountPath);
		if (taken.some(device => (device.name ?? '') === name))
			errors.push(invalid(`${path}.name`, name, 'must not already exist in volumeDevices'));
		if (taken.some(({devicePath = ''}) => devicePath === mountPath))
			errors.push(invalid(`${path}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
		return [...errors, ...within(field, path, mount), ...sharing(field, mount, Boolean(container.securityContext?.privileged))];
	});
}

/** The field in the message lacks the index, as it does in ValidateVolumeMounts. */
function within(field: string, path: string, {subPath, subPathExpr}: any): Errors {
	const errors: Errors = subPath ? descendingPath(`${field}.subPath`, subPath) : [];
	if (!subPathExpr) return errors;
	if (subPath) errors.push(invalid(`${path}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
	return [...errors, ...descendingPath(`${field}.subPathExpr`, subPathExpr)];
}

function sharing(field: string, {mountPropagation: mode, recursiveReadOnly: recursion, readOnly}: any, isPrivileged: boolean): Errors {
	const errors: Errors = [];
	if (mode !== undefined && !modes.includes(mode)) errors.push(notSupported(`${field}.mountPropagation`, mode, modes));
	if (mode === 'Bidirectional' && !isPrivileged)
		errors.push(forbidden(`${field}.mountPropagation`, 'Bidirectional mount propagation is available only to privileged containers'));
	if (recursion === undefined || recursion === 'Disabled') return errors;
	const at = `${field}.recursiveReadOnly`;
	if (!recursions.includes(recursion)) return [...errors, notSupported(at, recursion, recursions)];
	if (!readOnly) errors.push(forbidden(at, 'may only be specified when readOnly is true'));
	if (mode !== undefined && mode !== 'None')
		errors.push(forbidden(at, 'may only be specified when mountPropagation is None or not specified'));
	return errors;
}

export function devices(field: string, container: any, volumes: Volumes): Errors {
	const names = new Set<string>();
	const paths = new Set<string>();
	const mounted: any[] = container.volumeMounts ?? [];
	return items(field, container.volumeDevices, ({name = '', devicePath = ''}: any, path) => {
		const errors: Errors = name ? [] : [required(`${path}.name`)];
		if (names.has(name)) errors.push(invalid(`${path}.name`, name, 'must be unique'));
		const volume = volumes.get(name);
		if (volume && !volume.persistentVolumeClaim && !volume.ephemeral)
			errors.push(invalid(`${path}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'));
		if (!volume) errors.push(notFound(`${path}.name`, name));
		if (!devicePath) errors.push(required(`${path}.devicePath`));
		if (paths.has(devicePath)) errors.push(invalid(`${path}.devicePath`, devicePath, 'must be unique'));
		if (noBacksteps('', devicePath).length > 0) errors.push(invalid(`${path}.devicePath`, devicePath, "can not contain backsteps ('..')"));
		else paths.add(devicePath);
		if (mounted.some(mount => (mount.name ?? '') === name))
			errors.push(invalid(`${path}.name`, name, 'must not already exist in volumeMounts'));
		if (mounted.some(({mountPath = ''}) => mountPath === devicePath))
			errors.push(invalid(`${path}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
		if (name) names.add(name);
		return errors;
	});
}
