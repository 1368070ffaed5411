import {type Errors, invalid} from '../errors.js';
import {descendingPath} from '../rules.js';

/** Annotations that mean something to pods. Models ValidatePodSpecificAnnotations. */
const mirror = 'kubernetes.io/config.mirror';
const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const appArmor = 'container.apparmor.security.beta.kubernetes.io/';

export function validatePodAnnotations(field: string, annotations: Record<string, string> = {}, spec: any): Errors {
	const errors: Errors = [];
	if (annotations[mirror] !== undefined && !spec.nodeName)
		errors.push(invalid(`${field}[${mirror}]`, annotations[mirror], 'must set spec.nodeName if mirror pod annotation is set'));
	if (annotations[deletionCost] !== undefined && !isCost(annotations[deletionCost]))
		errors.push(invalid(`${field}[${deletionCost}]`, annotations[deletionCost], 'must be a 32bit integer'));
	for (const [key, value] of Object.entries(annotations)) {
		if (key === seccompPod || key.startsWith(seccompContainer)) errors.push(...seccompProfile(`${field}.${key}`, value));
		if (!key.startsWith(appArmor)) continue;
		const name = key.slice(appArmor.length);
		const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap(list => spec[list] ?? []);
		if (!containers.some(container => container.name === name)) errors.push(invalid(`${field}[${key}]`, name, 'container not found'));
		if (!/^(|runtime\/default|unconfined|localhost\/.*)$/s.test(value))
			errors.push(invalid(`${field}[${key}]`, value, `invalid AppArmor profile name: ${JSON.stringify(value)}`));
	}

	return errors;
}

/** Without a plus or a leading zero, as one number has one way to be written. */
const isCost = (text: string): boolean => /^(0|-?[1-9][0-9]{0,9})$/.test(text) && (Number(text) | 0) === Number(text);

function seccompProfile(field: string, profile: string): Errors {
	if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
	if (profile.startsWith('localhost/')) return descendingPath(field, profile.slice('localhost/'.length));
	return [invalid(field, profile, 'must be a valid seccomp profile')];
}
