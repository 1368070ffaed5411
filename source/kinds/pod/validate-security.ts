import {goText} from '../../api/field-error.js';
import {goSyntax} from '../go-types/print.js';
import {goValueOf} from '../go-types/value.js';
import {duplicate, type Errors, forbidden, invalid, items, notSupported, required, tooLong} from '../errors.js';
import {descendingPath} from '../rules.js';

const idMax = 2 ** 31 - 1;
const idRange = `must be between 0 and ${idMax}, inclusive`;
const id = (field: string, value: number | undefined): Errors =>
	value !== undefined && (value < 0 || value > idMax) ? [invalid(field, value, idRange)] : [];

/** A container's security context. Models ValidateSecurityContext. */
export function validateSecurityContext(field: string, context: any, hostUsers: boolean): Errors {
	if (!context) return [];
	const errors = [...id(`${field}.runAsUser`, context.runAsUser), ...id(`${field}.runAsGroup`, context.runAsGroup)];
	const mount = context.procMount;
	if (mount !== undefined && !['Default', 'Unmasked'].includes(mount))
		errors.push(notSupported(`${field}.procMount`, mount, ['Default', 'Unmasked']));
	if (mount === 'Unmasked' && hostUsers) errors.push(invalid(`${field}.procMount`, mount, '`hostUsers` must be false to use `Unmasked`'));
	errors.push(...seccomp(`${field}.seccompProfile`, context.seccompProfile));
	if (context.allowPrivilegeEscalation === false) {
		const value = goText(goSyntax(goValueOf('core.SecurityContext', context)));
		if (context.privileged) errors.push(invalid(field, value, 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'));
		if (context.capabilities?.add?.includes('CAP_SYS_ADMIN'))
			errors.push(invalid(field, value, 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'));
	}

	return [...errors, ...appArmor(`${field}.appArmorProfile`, context.appArmorProfile)];
}

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function seccomp(field: string, profile: any): Errors {
	if (!profile) return [];
	const {type, localhostProfile: file} = profile;
	const errors: Errors = [];
	if (!type) errors.push(required(`${field}.type`, 'type is required when seccompProfile is set'));
	else if (!profileTypes.includes(type)) errors.push(notSupported(`${field}.type`, type, profileTypes));
	if (type !== 'Localhost') {
		const value = goText(goSyntax(goValueOf('core.SeccompProfile', profile)));
		return file === undefined
			? errors
			: [...errors, invalid(`${field}.localhostProfile`, value, 'can only be set when seccomp type is Localhost')];
	}

	return file === undefined
		? [required(`${field}.localhostProfile`, 'must be set when seccomp type is Localhost')]
		: descendingPath(`${field}.localhostProfile`, file);
}

function appArmor(field: string, profile: any): Errors {
	if (!profile) return [];
	const {type, localhostProfile: file} = profile;
	const at = `${field}.localhostProfile`;
	if (!type) return [required(`${field}.type`, 'type is required when appArmorProfile is set')];
	if (!profileTypes.includes(type)) return [notSupported(`${field}.type`, type, profileTypes)];
	if (type !== 'Localhost') return file === undefined ? [] : [invalid(at, file, 'can only be set when AppArmor type is Localhost')];
	const errors: Errors = [];
	if (file === undefined || file === '') errors.push(required(at, 'must be set when AppArmor type is Localhost'));
	else if (file.trim() !== file) errors.push(invalid(at, file, 'must not be padded with whitespace'));
	if (file?.length > 4095) errors.push(tooLong(at, 4095));
	return errors;
}

/** The pod's. Models validatePodSpecSecurityContext. */
export function validatePodSecurityContext(path: string, spec: any): Errors {
	const field = `${path}.securityContext`;
	const context = spec.securityContext ?? {};
	const errors: Errors = [];
	for (const name of ['fsGroup', 'runAsUser', 'runAsGroup']) errors.push(...id(`${field}.${name}`, context[name]));
	errors.push(...items(`${field}.supplementalGroups`, context.supplementalGroups, (group: number, at) => id(at, group)));
	if (spec.shareProcessNamespace && spec.hostPID)
		errors.push(invalid(`${field}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'));
	errors.push(...sysctls(`${field}.sysctls`, spec));
	errors.push(...choice(field, context, 'fsGroupChangePolicy', ['Always', 'OnRootMismatch']));
	errors.push(...seccomp(`${field}.seccompProfile`, context.seccompProfile));
	errors.push(...appArmor(`${field}.appArmorProfile`, context.appArmorProfile));
	errors.push(...choice(field, context, 'supplementalGroupsPolicy', ['Merge', 'Strict']));
	return [...errors, ...choice(field, context, 'seLinuxChangePolicy', ['Recursive'])];
}

const choice = (path: string, context: any, name: string, known: readonly string[]): Errors =>
	context[name] === undefined || known.includes(context[name]) ? [] : [notSupported(`${path}.${name}`, context[name], known)];

const sysctl = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const sysctlText =
	'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';
/** Models component-helpers/node/util/sysctl/namespace.go. */
const ipcNames = ['kernel.sem', 'kernel.shm_rmid_forced'];

function sysctls(field: string, {securityContext, hostNetwork, hostIPC}: any): Errors {
	const seen = new Set<string>();
	return items(field, securityContext?.sysctls, ({name = ''}: any, at) => {
		const found: Errors = [];
		if (name === '') found.push(required(`${at}.name`));
		else if (name.length > 253 || !sysctl.test(name)) found.push(invalid(`${at}.name`, name, sysctlText));
		else if (seen.has(name)) found.push(duplicate(`${at}.name`, name));
		seen.add(name);
		const dotted = name.replaceAll('/', '.');
		const isIpc = ipcNames.includes(dotted) || /^(kernel\.(shm|msg)|fs\.mqueue\.)/.test(dotted);
		if (hostNetwork && dotted.startsWith('net.'))
			found.push(invalid(`${at}.name`, name, "may not be specified when 'hostNetwork' is true"));
		else if (hostIPC && isIpc) found.push(invalid(`${at}.name`, name, "may not be specified when 'hostIPC' is true"));
		return found;
	});
}

/** A pod with users of its own shares nothing else with the host. Models validateHostUsers. */
export const validateHostUsers = (path: string, spec: any): Errors =>
	spec.hostUsers === false
		? ['hostNetwork', 'HostPID', 'HostIPC']
				.filter(name => spec[name.replace('Host', 'host')])
				.map(name => forbidden(`${path}.${name}`, 'when `pod.Spec.HostUsers` is false'))
		: [];
