import {goText} from '../../api/field-error.js';
import {goPointer} from '../rules.js';
import {type Errors, forbidden, invalid, items, notSupported, required} from '../errors.js';

const idMax = 2 ** 31 - 1;
const idRange = `must be between 0 and ${idMax}, inclusive`;
const id = (field: string, value: number | undefined): Errors =>
	value !== undefined && (value < 0 || value > idMax) ? [invalid(field, value, idRange)] : [];

/** A container's security context. Models ValidateSecurityContext. */
export function validateSecurityContext(field: string, context: any): Errors {
	if (!context) return [];
	const errors = [
		...id(`${field}.runAsUser`, context.runAsUser),
		...id(`${field}.runAsGroup`, context.runAsGroup),
		...seccomp(`${field}.seccompProfile`, context.seccompProfile),
	];
	if (context.procMount && !['Default', 'Unmasked'].includes(context.procMount))
		errors.push(notSupported(`${field}.procMount`, context.procMount, ['Default', 'Unmasked']));
	if (context.allowPrivilegeEscalation === false) {
		if (context.privileged)
			errors.push(invalid(field, goText(goPointer), 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'));
		if (context.capabilities?.add?.includes('CAP_SYS_ADMIN'))
			errors.push(invalid(field, goText(goPointer), 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'));
	}

	return errors;
}

function seccomp(field: string, profile: any): Errors {
	if (!profile) return [];
	const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
	if (!profile.type) return [required(`${field}.type`, 'type is required when seccompProfile is set')];
	if (!types.includes(profile.type)) return [notSupported(`${field}.type`, profile.type, types)];
	if (profile.type === 'Localhost')
		return profile.localhostProfile ? [] : [required(`${field}.localhostProfile`, 'must be set when seccomp type is Localhost')];
	return profile.localhostProfile === undefined
		? []
		: [invalid(`${field}.localhostProfile`, profile.localhostProfile, 'can only be set when seccomp type is Localhost')];
}

const sysctl = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

/** The pod's. Models validatePodSpecSecurityContext. */
export function validatePodSecurityContext(path: string, spec: any): Errors {
	const field = `${path}.securityContext`;
	const context = spec.securityContext ?? {};
	const errors: Errors = [];
	if (spec.hostNetwork)
		for (const list of ['containers', 'initContainers'])
			errors.push(
				...items(`${path}.${list}`, spec[list], (container: any, at) =>
					items(`${at}.ports`, container.ports, ({hostPort, containerPort}: any, port) =>
						hostPort !== containerPort
							? [invalid(`${port}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true')]
							: [],
					),
				),
			);
	for (const name of ['fsGroup', 'runAsUser', 'runAsGroup']) errors.push(...id(`${field}.${name}`, context[name]));
	errors.push(...items(`${field}.supplementalGroups`, context.supplementalGroups, (group: number, at) => id(at, group)));
	if (spec.shareProcessNamespace && spec.hostPID)
		errors.push(invalid(`${path}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'));
	const seen = new Set<string>();
	errors.push(
		...items(`${field}.sysctls`, context.sysctls, ({name = ''}: any, at) => {
			const found: Errors = [];
			if (name === '') found.push(required(`${at}.name`));
			else if (name.length > 253 || !sysctl.test(name))
				found.push(
					invalid(
						`${at}.name`,
						name,
						`must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`,
					),
				);
			else if (seen.has(name)) found.push({type: 'Duplicate', field: `${at}.name`, value: name, detail: ''});
			seen.add(name);
			return found;
		}),
	);
	const policies = ['Always', 'OnRootMismatch'];
	if (context.fsGroupChangePolicy && !policies.includes(context.fsGroupChangePolicy))
		errors.push(notSupported(`${field}.fsGroupChangePolicy`, context.fsGroupChangePolicy, policies));
	if (context.windowsOptions)
		errors.push(
			...(spec.os?.name === 'linux' ? [forbidden(`${field}.windowsOptions`, 'windows options cannot be set for a linux pod')] : []),
		);
	return [...errors, ...seccomp(`${field}.seccompProfile`, context.seccompProfile)];
}
