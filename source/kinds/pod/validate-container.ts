import {duplicate, each, type Errors, forbidden, invalid, items, notSupported, oneOf, required} from '../errors.js';
import {label1123, portName, portNumber, protocols} from '../rules.js';
import {env, envFrom} from './validate-env.js';
import {devices, mounts} from './validate-mounts.js';
import {validateProbes} from './validate-probes.js';
import {validateResources} from './validate-resources.js';
import {validateSecurityContext} from './validate-security.js';

/** Models validateContainerCommon, validateContainers and validateInitContainers in pkg/apis/core/validation. */
type Volumes = ReadonlyMap<string, any>;

/** What of the pod the rules of its containers ask. */
export interface PodRules {
	readonly volumes: Volumes;
	readonly restartPolicy: string;
	readonly gracePeriod: number | undefined;
	readonly hostUsers: boolean;
}

export const rulesOf = (spec: any, volumes: Volumes): PodRules => ({
	volumes,
	restartPolicy: spec.restartPolicy ?? '',
	gracePeriod: spec.terminationGracePeriodSeconds,
	hostUsers: spec.hostUsers !== false,
});

export function validateContainers(field: string, containers: readonly any[], pod: PodRules): Errors {
	if (!containers?.length) return [required(field)];
	const names = new Set<string>();
	const errors = items(field, containers, (container, path) => {
		const found = validateContainer(path, container, pod);
		if (names.has(container.name)) found.push(duplicate(`${path}.name`, container.name));
		names.add(container.name);
		found.push(...validateProbes(path, container, pod.gracePeriod));
		if (container.restartPolicy !== undefined) found.push(forbidden(`${path}.restartPolicy`, 'may not be set for non-init containers'));
		return found;
	});
	return [...errors, ...hostPortConflicts(field, containers)];
}

export function validateInitContainers(field: string, init: readonly any[] | undefined, regular: readonly any[], pod: PodRules): Errors {
	const names = new Set<string>(regular.map(({name}) => name));
	return items(field, init, (container, path) => {
		const found = validateContainer(path, container, pod);
		const sidecar = container.restartPolicy === 'Always';
		if (container.restartPolicy !== undefined && !sidecar)
			found.push(notSupported(`${path}.restartPolicy`, container.restartPolicy, ['Always']));
		if (container.name && names.has(container.name)) found.push(duplicate(`${path}.name`, container.name));
		names.add(container.name);
		// They run one by one: each by itself, and as if it were the first.
		found.push(...hostPortConflicts(field, [container]));
		if (sidecar) return [...found, ...validateProbes(path, container, pod.gracePeriod)];
		for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'])
			if (container[name]) found.push(forbidden(`${path}.${name}`, 'may not be set for init containers without restartPolicy=Always'));
		return found;
	});
}

export function validateContainer(path: string, container: any, pod: PodRules): Errors {
	const errors: Errors = container.name ? label1123(`${path}.name`, container.name) : [required(`${path}.name`)];
	if (!container.image) errors.push(required(`${path}.image`));
	errors.push(...oneOf(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, ['File', 'FallbackToLogsOnError']));
	errors.push(...ports(`${path}.ports`, container.ports));
	errors.push(...items(`${path}.env`, container.env, env));
	errors.push(...envFrom(`${path}.envFrom`, container.envFrom));
	errors.push(...mounts(`${path}.volumeMounts`, container, pod.volumes));
	errors.push(...devices(`${path}.volumeDevices`, container, pod.volumes));
	errors.push(...oneOf(`${path}.imagePullPolicy`, container.imagePullPolicy, ['Always', 'IfNotPresent', 'Never']));
	errors.push(...validateResources(`${path}.resources`, container.resources));
	errors.push(...resizePolicies(`${path}.resizePolicy`, container.resizePolicy, pod.restartPolicy));
	return [...errors, ...validateSecurityContext(`${path}.securityContext`, container.securityContext, pod.hostUsers)];
}

/** What only a pod's own containers must keep to; templates of old may hold it. */
export const imagePadding = (field: string, containers: readonly any[] | undefined): Errors =>
	items(field, containers, ({image = ''}, path) =>
		image.trim() === image ? [] : [invalid(`${path}.image`, image, 'must not have leading or trailing whitespace')],
	);

function resizePolicies(field: string, list: readonly any[] | undefined, podRestartPolicy: string): Errors {
	const seen = new Set<string>();
	return items(field, list, ({resourceName = '', restartPolicy = ''}, at) => {
		const errors: Errors = seen.has(resourceName) ? [duplicate(at, resourceName)] : [];
		seen.add(resourceName);
		errors.push(...oneOf(field, resourceName, ['cpu', 'memory']));
		errors.push(...oneOf(field, restartPolicy, ['NotRequired', 'RestartContainer']));
		if (podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired')
			errors.push(invalid(field, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'"));
		return errors;
	});
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
