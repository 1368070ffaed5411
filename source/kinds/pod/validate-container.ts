import {duplicate, each, type Errors, forbidden, invalid, items, notFound, notSupported, oneOf, required} from '../errors.js';
import {configKey, descendingPath, label1123, portName, portNumber, protocols, subdomain1123} from '../rules.js';
import {validateProbes} from './validate-probes.js';
import {validateResources} from './validate-resources.js';
import {validateSecurityContext} from './validate-security.js';

/** Models validateContainerCommon, validateContainers and validateInitContainers in pkg/apis/core/validation. */
type Volumes = ReadonlyMap<string, any>;
const envFields = [
	'metadata.name',
	'metadata.namespace',
	'metadata.uid',
	'spec.nodeName',
	'spec.serviceAccountName',
	'status.hostIP',
	'status.hostIPs',
	'status.podIP',
	'status.podIPs',
];
const convertible = new Set([
	...envFields,
	'metadata.annotations',
	'metadata.labels',
	'spec.restartPolicy',
	'spec.schedulerName',
	'status.phase',
]);

export function validateContainers(field: string, containers: readonly any[], volumes: Volumes): Errors {
	if (!containers?.length) return [required(field)];
	const names = new Set<string>();
	const errors = items(field, containers, (container, path) => {
		const found = validateContainer(path, container, volumes);
		if (names.has(container.name)) found.push(duplicate(`${path}.name`, container.name));
		names.add(container.name);
		found.push(...validateProbes(path, container));
		if (container.restartPolicy !== undefined) found.push(forbidden(`${path}.restartPolicy`, 'may not be set for non-init containers'));
		return found;
	});
	return [...errors, ...hostPortConflicts(field, containers)];
}

export function validateInitContainers(field: string, init: readonly any[] | undefined, regular: readonly any[], volumes: Volumes): Errors {
	const names = new Set<string>(regular.map(({name}) => name));
	return items(field, init, (container, path) => {
		const found = validateContainer(path, container, volumes);
		if (container.name && names.has(container.name)) found.push(duplicate(`${path}.name`, container.name));
		names.add(container.name);
		const sidecar = container.restartPolicy === 'Always';
		if (container.restartPolicy !== undefined && !sidecar)
			found.push(notSupported(`${path}.restartPolicy`, container.restartPolicy, ['Always']));
		if (sidecar) return [...found, ...validateProbes(path, container), ...hostPortConflicts(field, [container])];
		for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'])
			if (container[name]) found.push(forbidden(`${path}.${name}`, 'may not be set for init containers without restartPolicy=Always'));
		return found;
	});
}

export function validateContainer(path: string, container: any, volumes: Volumes): Errors {
	const errors: Errors = container.name ? label1123(`${path}.name`, container.name) : [required(`${path}.name`)];
	const image: string = container.image ?? '';
	if (image.trim() !== image) errors.push(invalid(`${path}.image`, image, 'must not have leading or trailing whitespace'));
	if (image === '') errors.push(required(`${path}.image`));
	errors.push(...oneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, ['File', 'FallbackToLogsOnError']));
	errors.push(...ports(`${path}.ports`, container.ports));
	errors.push(...items(`${path}.env`, container.env, env));
	errors.push(...envFrom(`${path}.envFrom`, container.envFrom));
	errors.push(...mounts(`${path}.volumeMounts`, container, volumes));
	errors.push(...devices(`${path}.volumeDevices`, container, volumes));
	errors.push(...oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']));
	errors.push(...validateResources(`${path}.resources`, container.resources));
	return [...errors, ...validateSecurityContext(`${path}.securityContext`, container.securityContext)];
}

function ports(field: string, list: any[] | undefined): Errors {
	const names = new Set<string>();
	return items(field, list, ({name, containerPort = 0, hostPort = 0, protocol}, path) => {
		const errors: Errors = [];
		if (name) {
			const problems = portName(name);
			if (problems.length > 0) errors.push(...each(`${path}.name`, name, problems));
			else if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
			names.add(name);
		}

		if (containerPort === 0) errors.push(required(`${path}.containerPort`));
		else errors.push(...each(`${path}.containerPort`, containerPort, portNumber(containerPort)));
		if (hostPort !== 0) errors.push(...each(`${path}.hostPort`, hostPort, portNumber(hostPort)));
		return [...errors, ...oneOf(`${path}.protocol`, protocol, protocols)];
	});
}

function hostPortConflicts(field: string, containers: readonly any[]): Errors {
	const taken = new Set<string>();
	return items(field, containers, (container, path) =>
		items(`${path}.ports`, container.ports, ({hostPort, hostIP = '', protocol}: any, at) => {
			if (!hostPort) return [];
			const key = `${protocol}/${hostIP}/${hostPort}`;
			if (taken.has(key)) return [duplicate(`${at}.hostPort`, key)];
			taken.add(key);
			return [];
		}),
	);
}

const envName = (name: string): string[] =>
	/^[ -<>-~]+$/.test(name) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];

function env({name, value, valueFrom}: any, path: string): Errors {
	const errors: Errors = name ? each(`${path}.name`, name, envName(name)) : [required(`${path}.name`)];
	return valueFrom ? [...errors, ...envSource(`${path}.valueFrom`, value, valueFrom)] : errors;
}

function envSource(path: string, value: string | undefined, from: any): Errors {
	const errors: Errors = [];
	const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'].filter(source => from[source]);
	if (from.fieldRef) errors.push(...fieldRef(`${path}.fieldRef`, from.fieldRef, envFields));
	if (from.resourceFieldRef && !from.resourceFieldRef.resource) errors.push(required(`${path}.resourceFieldRef.resource`));
	for (const source of ['configMapKeyRef', 'secretKeyRef']) {
		const reference = from[source];
		if (!reference) continue;
		if (!reference.name) errors.push(required(`${path}.${source}.name`));
		errors.push(
			...(reference.key ? each(`${path}.${source}.key`, reference.key, configKey(reference.key)) : [required(`${path}.${source}.key`)]),
		);
	}

	if (sources.length === 0)
		errors.push(invalid(path, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'));
	else if (value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
	else if (sources.length > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
	return errors;
}

/** A reference to one of the pod's own fields. */
export function fieldRef(path: string, {apiVersion, fieldPath}: any, allowed: readonly string[]): Errors {
	if (!apiVersion) return [required(`${path}.apiVersion`)];
	if (!fieldPath) return [required(`${path}.fieldPath`)];
	const subscript = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/.exec(fieldPath);
	if (subscript) return [];
	if (!convertible.has(fieldPath))
		return [invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)];
	return allowed.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, [...allowed].sort())];
}

function envFrom(field: string, list: any[] | undefined): Errors {
	return items(field, list, ({prefix, configMapRef, secretRef}, path) => {
		const errors: Errors = prefix ? each(`${path}.prefix`, prefix, envName(prefix)) : [];
		if (configMapRef)
			errors.push(
				...(configMapRef.name ? subdomain1123(`${path}.configMapRef.name`, configMapRef.name) : [required(`${path}.configMapRef.name`)]),
			);
		if (secretRef)
			errors.push(...(secretRef.name ? subdomain1123(`${path}.secretRef.name`, secretRef.name) : [required(`${path}.secretRef.name`)]));
		if (!configMapRef && !secretRef) errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
		else if (configMapRef && secretRef) errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
		return errors;
	});
}

function mounts(field: string, container: any, volumes: Volumes): Errors {
	const paths = new Set<string>();
	const taken: any[] = container.volumeDevices ?? [];
	return items(field, container.volumeMounts, (mount: any, path) => {
		const errors: Errors = mount.name ? [] : [required(`${path}.name`)];
		if (!volumes.has(mount.name)) errors.push(notFound(`${path}.name`, mount.name ?? ''));
		if (!mount.mountPath) errors.push(required(`${path}.mountPath`));
		if (paths.has(mount.mountPath)) errors.push(invalid(`${path}.mountPath`, mount.mountPath, 'must be unique'));
		paths.add(mount.mountPath);
		if (taken.some(({name}) => name === mount.name))
			errors.push(invalid(`${path}.name`, mount.name, 'must not already exist in volumeDevices'));
		if (taken.some(({devicePath}) => devicePath === mount.mountPath))
			errors.push(invalid(`${path}.mountPath`, mount.mountPath, 'must not already exist as a path in volumeDevices'));
		// The path in the message lacks the index, as it does in ValidateVolumeMounts.
		if (mount.subPath) errors.push(...descendingPath(`${field}.subPath`, mount.subPath));
		if (mount.subPathExpr) {
			if (mount.subPath) errors.push(invalid(`${path}.subPathExpr`, mount.subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
			errors.push(...descendingPath(`${field}.subPathExpr`, mount.subPathExpr));
		}

		const modes = ['Bidirectional', 'HostToContainer', 'None'];
		if (mount.mountPropagation && !modes.includes(mount.mountPropagation))
			errors.push(notSupported(`${path}.mountPropagation`, mount.mountPropagation, modes));
		return errors;
	});
}

function devices(field: string, container: any, volumes: Volumes): Errors {
	return items(field, container.volumeDevices, ({name, devicePath}: any, path) => {
		const errors: Errors = name ? [] : [required(`${path}.name`)];
		if (name && !volumes.has(name)) errors.push(notFound(`${path}.name`, name));
		else if (name && !volumes.get(name).persistentVolumeClaim && !volumes.get(name).ephemeral)
			errors.push(invalid(`${path}.name`, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'));
		if (!devicePath) errors.push(required(`${path}.devicePath`));
		return errors;
	});
}
