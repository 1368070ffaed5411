import {copy, equal} from '../../api/values/plain.js';
import {compareQuantities, parseQuantity} from '../../api/values/quantity.js';
import {type Errors, forbidden, invalid, items} from '../errors.js';
import {goDifference} from '../go-types/difference.js';
import {qosClass} from './qos.js';
import {validatePodAndMeta} from './validate.js';

/** Writes to the `resize` subresource of pods: what containers ask for and may use changes in place. */
const lists = ['containers', 'initContainers'] as const;

/** Only resources and the resize policy are taken from the request, by the container's name. Models pod/strategy.go dropNonResizeUpdates. */
export function keepAllButResources(draft: any, old: any): void {
	const wanted = draft.spec ?? {};
	draft.metadata = {...old.metadata};
	draft.spec = copy(old.spec);
	for (const list of lists) {
		for (const container of draft.spec[list] ?? []) {
			const given = wanted[list]?.find((each: any) => each.name === container.name);
			if (!given) continue;
			for (const field of ['resources', 'resizePolicy']) {
				if (given[field] === undefined) delete container[field];
				else container[field] = given[field];
			}
		}
	}
}

/** Models ValidatePodResize. */
export function validateResize(pod: any, old: any): Errors {
	if (old.metadata.annotations?.['kubernetes.io/config.mirror']) return [forbidden('', 'static pods cannot be resized')];
	const errors = validatePodAndMeta(pod);
	const {qosClass: before = qosClass(old)} = old.status ?? {};
	if (before !== qosClass(pod)) errors.push(invalid('spec', before, 'Pod QOS Class may not change as a result of resizing'));
	for (const list of lists)
		errors.push(...items(`spec.${list}`, pod.spec[list], (container: any, at, index) => resources(at, container, old.spec[list][index])));
	const rest = munged(pod.spec, old.spec);
	if (!equal(rest, old.spec))
		errors.push(forbidden('spec', `only cpu and memory resources are mutable\n${goDifference('core.PodSpec', old.spec, rest)}`));
	return errors;
}

/** What was asked for may not be withdrawn, and memory in use is only taken away by a restart. */
function resources(at: string, now: any, before: any): Errors {
	const errors: Errors = [];
	const gone = (kind: 'limits' | 'requests') =>
		['cpu', 'memory'].some(name => before.resources?.[kind]?.[name] !== undefined && now.resources?.[kind]?.[name] === undefined);
	if (gone('limits')) errors.push(forbidden(`${at}.resources.limits`, 'resource limits cannot be removed'));
	if (gone('requests')) errors.push(forbidden(`${at}.resources.requests`, 'resource requests cannot be removed'));
	const [limit, was] = [now, before].map(({resources}) => resources?.limits?.memory);
	const policy = before.resizePolicy?.find((each: any) => each.resourceName === 'memory')?.restartPolicy ?? 'NotRequired';
	if (
		limit !== undefined &&
		was !== undefined &&
		policy === 'NotRequired' &&
		compareQuantities(parseQuantity(limit), parseQuantity(was)) < 0
	)
		errors.push(forbidden(`${at}.resources.limits`, 'memory limits cannot be decreased unless resizePolicy is RestartContainer'));
	return errors;
}

/** The new spec with everything that may change set back. */
function munged(spec: any, old: any): any {
	const result = copy(spec);
	for (const list of lists) {
		for (const [index, container] of (result[list] ?? []).entries()) {
			const {resources = {}, ...rest} = container;
			const before = old[list][index].resources ?? {};
			const back: any = {...resources};
			for (const kind of ['limits', 'requests']) {
				const amounts = {...resources[kind]};
				for (const name of ['cpu', 'memory']) {
					if (before[kind]?.[name] === undefined) delete amounts[name];
					else amounts[name] = before[kind][name];
				}

				if (before[kind] || Object.keys(amounts).length > 0) back[kind] = amounts;
				else delete back[kind];
			}

			result[list][index] = old[list][index].resources || Object.keys(back).length > 0 ? {...rest, resources: back} : rest;
		}
	}

	return result;
}
