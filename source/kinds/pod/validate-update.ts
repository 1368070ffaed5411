import {copy, equal} from '../../api/values/plain.js';
import {goText} from '../../api/field-error.js';
import {goDifference} from '../go-types/difference.js';
import {goSyntax} from '../go-types/print.js';
import {goValueOf} from '../go-types/value.js';
import {goStringMap} from '../rules.js';
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
	const late = deadline(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds);
	errors.push(...late);
	if (late.length > 0 && pod.spec.activeDeadlineSeconds !== undefined) return errors;
	errors.push(...tolerations(pod.spec.tolerations ?? [], old.spec.tolerations ?? []));
	errors.push(...newGates(pod.spec.schedulingGates ?? [], old.spec.schedulingGates ?? []));
	if (old.spec.schedulingGates?.length) errors.push(...narrowed(pod.spec, old.spec));
	if (!equal(munged(pod.spec, old.spec), old.spec))
		errors.push(forbidden('spec', `${mayChange}\n${goDifference('core.PodSpec', old.spec, munged(pod.spec, old.spec))}`));
	return errors;
}

const maxInt32 = 2 ** 31 - 1;

const images = (field: string, containers: readonly any[] | undefined): Errors =>
	items(field, containers, ({image = ''}: any, at) => {
		if (image === '') return [required(`${at}.image`)];
		return image.trim() === image ? [] : [invalid(`${at}.image`, image, 'must not have leading or trailing whitespace')];
	});

function deadline(now: number | undefined, before: number | undefined): Errors {
	const field = 'spec.activeDeadlineSeconds';
	if (before !== undefined && now === undefined) return [invalid(field, null, 'must not update from a positive integer to nil value')];
	if (now !== undefined && (now < 0 || now > maxInt32)) return [invalid(field, now, `must be between 0 and ${maxInt32}, inclusive`)];
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

	// What has rules of its own: gates, and with them where the pod may run.
	for (const field of old.schedulingGates?.length ? ['schedulingGates', 'nodeSelector'] : ['schedulingGates']) {
		if (old[field] === undefined) delete result[field];
		else result[field] = old[field];
	}

	if (old.schedulingGates?.length) keepNodeAffinity(result, old);
	if (old.terminationGracePeriodSeconds < 0 && result.terminationGracePeriodSeconds === 1)
		result.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds;
	return result;
}

function keepNodeAffinity(result: any, old: any): void {
	const before = old.affinity?.nodeAffinity;
	if (equal(result.affinity?.nodeAffinity, before)) return;
	if (!result.affinity && before) result.affinity = {nodeAffinity: before};
	else if (!old.affinity && !result.affinity.podAffinity && !result.affinity.podAntiAffinity) delete result.affinity;
	else if (before) result.affinity.nodeAffinity = before;
	else delete result.affinity.nodeAffinity;
}

/** Gates may only go. */
const newGates = (now: readonly any[], before: readonly any[]): Errors =>
	items('spec.schedulingGates', now, ({name}: any, at) =>
		before.some(gate => gate.name === name)
			? []
			: [forbidden(`${at}.name`, `only deletion is allowed, but found new scheduling gate '${name}'`)],
	);

/** While a pod is held back by gates, the nodes it may run on may become fewer. Models validateNodeSelectorMutation and ...AffinityMutation. */
function narrowed(spec: any, old: any): Errors {
	const errors: Errors = [];
	const now = spec.nodeSelector ?? {};
	if (Object.entries(old.nodeSelector ?? {}).some(([key, value]) => now[key] !== value))
		errors.push(
			invalid(
				'spec.nodeSelector',
				goStringMap(spec.nodeSelector),
				'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
			),
		);
	const required = 'requiredDuringSchedulingIgnoredDuringExecution';
	const field = `spec.affinity.nodeAffinity.${required}.nodeSelectorTerms`;
	const termsOf = (of: any): any[] | undefined => of.affinity?.nodeAffinity?.[required]?.nodeSelectorTerms;
	const [terms, before] = [termsOf(spec) ?? [], termsOf(old) ?? []];
	const shown = (type: string, value: unknown) => goText(goSyntax(goValueOf(type, value)));
	if (before.length === 0) return errors;
	if (terms.length !== before.length)
		return [
			...errors,
			invalid(
				field,
				shown('[]core.NodeSelectorTerm', termsOf(spec)),
				'no additions/deletions to non-empty NodeSelectorTerms list are allowed',
			),
		];
	const text = 'only additions are allowed (no mutations or deletions)';
	return [
		...errors,
		...items(field, terms, (term, at, index) =>
			onlyAdds(term, before[index]) ? [] : [invalid(at, shown('core.NodeSelectorTerm', term), text)],
		),
	];
}

function onlyAdds(term: any, before: any): boolean {
	const lists = ['matchExpressions', 'matchFields'];
	if (lists.every(list => !before[list]?.length)) return lists.every(list => !term[list]?.length);
	return lists.every(list => equal((term[list] ?? []).slice(0, before[list]?.length ?? 0), before[list] ?? []));
}
