import {parseQuantity, compareQuantities, signOf} from '../../api/values/quantity.js';

/** Guaranteed, Burstable or BestEffort. Models pkg/apis/core/helper/qos/qos.go. */
export function qosClass(pod: any): 'Guaranteed' | 'Burstable' | 'BestEffort' {
	const containers: any[] = pod.spec?.resources
		? [{resources: pod.spec.resources}]
		: [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
	let guaranteed = containers.length > 0;
	let any = false;
	for (const {resources} of containers) {
		for (const name of ['cpu', 'memory']) {
			const request = quantity(resources?.requests?.[name]);
			const limit = quantity(resources?.limits?.[name]);
			if (request || limit) any = true;
			if (!limit || (request && compareQuantities(request, limit) !== 0)) guaranteed = false;
		}
	}

	if (!any) return 'BestEffort';
	return guaranteed ? 'Guaranteed' : 'Burstable';
}

function quantity(text: string | undefined) {
	if (text === undefined) return undefined;
	const value = parseQuantity(text);
	return signOf(value) > 0 ? value : undefined;
}
