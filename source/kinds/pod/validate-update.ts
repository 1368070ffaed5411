import {copy, equal} from '../../api/values/plain.js';
import {goDifference} from '../go-types/difference.js';
import {type Errors, forbidden, invalid, items, required} from '../errors.js';
import {validateTolerations} from './validate-affinity.js';
import {validatePodAndMeta} from './validate.js';

/** What of a pod may change. Models ValidatePodUpdate. */
const mayChange =
	'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export function validatePodUpdate(pod: any, old: any): Errors {
	const errors = validatePodAndMeta(pod);
	if (pod.spec.containers?.length !== old.spec.containers?.length)
		return [...errors, forbidden('spec.containers', 'pod updates may not add or remove containers')];
	if ((pod.spec.initContainers?.length ?? 0) !== (old.spec.initContainers?.length ?? 0))
		return [...errors, forbidden('spec.initContainers', 'pod updates may not add or remove containers')];
	errors.push(...images('spec.containers', pod.spec.containers), ...images('spec.initContainers', pod.spec.initContainers));
	errors.push(...deadline(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds));
	errors.push(...tolerations(pod.spec.tolerations ?? [], old.spec.tolerations ?? []));
	if (!equal(munged(pod.spec, old.spec), old.spec))
		errors.push(forbidden('spec', `${mayChange}\n${goDifference('core.PodSpec', old.spec, munged(pod.spec, old.spec))}`));
	return errors;
}

const images = (field: string, containers: readonly any[] | undefined): Errors =>
	items(field, containers, ({image = ''}: any, at) => {
		if (image === '') return [required(`${at}.image`)];
		return image.trim() === image ? [] : [invalid(`${at}.image`, image, 'must not have leading or trailing whitespace')];
	});

function deadline(now: number | undefined, before: number | undefined): Errors {
	const field = 'spec.activeDeadlineSeconds';
	if (before !== undefined && now === undefined) return [invalid(field, null, 'must not update from a positive integer to nil value')];
	if (before !== undefined && now !== undefined && now > before)
		return [invalid(field, now, `must be less than or equal to previous value`)];
	return [];
}

/** Those there were stay as they are, except that their seconds may change; more may follow. */
function tolerations(now: readonly any[], before: readonly any[]): Errors {
	const bare = ({tolerationSeconds: _, ...toleration}: any) => toleration;
	const kept = before.every(old => now.some(toleration => equal(bare(toleration), bare(old))));
	if (!kept) return [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
	return validateTolerations('spec.tolerations', now);
}

/** The new spec with everything that may change set back. */
function munged(spec: any, old: any): any {
	const result = copy(spec);
	for (const list of ['containers', 'initContainers'])
		for (const [index, container] of (result[list] ?? []).entries()) container.image = old[list][index].image;
	for (const field of ['activeDeadlineSeconds', 'tolerations']) {
		if (old[field] === undefined) delete result[field];
		else result[field] = old[field];
	}

	// Scheduling gates may only go, and with them present the node selector may only narrow; the server checks both elsewhere.
	if (
		old.schedulingGates &&
		(result.schedulingGates ?? []).every((gate: any) => old.schedulingGates.some((other: any) => other.name === gate.name))
	)
		result.schedulingGates = old.schedulingGates;
	if (old.terminationGracePeriodSeconds < 0 && result.terminationGracePeriodSeconds === 1)
		result.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds;
	return result;
}
