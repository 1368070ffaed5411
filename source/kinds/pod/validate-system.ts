import {type Errors, forbidden, items} from '../errors.js';

/** What a pod for one operating system may not ask of it. Models validateLinux and validateWindows. */
const lists = ['initContainers', 'containers', 'ephemeralContainers'];
const ofPods = ['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'fsGroup', 'fsGroupChangePolicy', 'sysctls', 'runAsUser'];
const more = ['runAsGroup', 'supplementalGroups', 'supplementalGroupsPolicy', 'seLinuxChangePolicy'];
const ofSpecs = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'];
const ofContainers = ['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities', 'readOnlyRootFilesystem', 'privileged'];
const andAlso = ['allowPrivilegeEscalation', 'procMount', 'runAsUser', 'runAsGroup'];

export function validateSystem(path: string, spec: any): Errors {
	const isLinux = spec.os.name === 'linux';
	const text = isLinux ? 'windows options cannot be set for a linux pod' : 'cannot be set for a windows pod';
	const refuse = (at: string, value: any, names: readonly string[]): Errors =>
		names.filter(name => value?.[name] !== undefined).map(name => forbidden(`${at}.${name}`, text));
	return [
		...refuse(`${path}.securityContext`, spec.securityContext, isLinux ? ['windowsOptions'] : [...ofPods, ...more]),
		...(isLinux ? [] : refuse(path, spec, ofSpecs)),
		...lists.flatMap(list =>
			items(`${path}.${list}`, spec[list], ({securityContext}: any, at) =>
				refuse(`${at}.securityContext`, securityContext, isLinux ? ['windowsOptions'] : [...ofContainers, ...andAlso]),
			),
		),
	];
}
