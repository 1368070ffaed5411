import type {Admission} from '../api/admission.js';
import {forbidden} from '../api/errors.js';
import {addQuantities, compareQuantities, milliValueOf, parseQuantity, printQuantity} from '../api/values/quantity.js';

/** Default requests and limits from LimitRanges, and their bounds. Models plugin/pkg/admission/limitranger. */
export default {
	name: 'LimitRanger',
	resources: ['pods', 'persistentvolumeclaims'],
	operations: ['create', 'update'],
	admit({draft, namespace, reader, operation, resource, subresource}) {
		if (operation !== 'create' || resource !== 'pods' || subresource) return;
		for (const range of reader.list('limitranges', {namespace: namespace!})) setDefaults(draft!, range);
	},
	validate({draft, namespace, name, kind, reader, resource, subresource, operation}) {
		if (subresource || (operation === 'update' && resource === 'pods')) return;
		for (const range of reader.list('limitranges', {namespace: namespace!})) {
			const errors = (range['spec'].limits ?? []).flatMap((item: any) => violations(item, draft!, resource));
			if (errors.length > 0) throw forbidden(kind, name, errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`);
		}
	},
} satisfies Admission;

function setDefaults(pod: any, range: any): void {
	const requests: Record<string, string> = {};
	const limits: Record<string, string> = {};
	for (const item of range.spec.limits ?? []) {
		if (item.type !== 'Container') continue;
		Object.assign(requests, item.defaultRequest);
		Object.assign(limits, item.default);
	}

	const notes: string[] = [];
	for (const [list, kind] of [
		[pod.spec.containers, 'container'],
		[pod.spec.initContainers, 'init container'],
	] as const) {
		for (const container of list ?? []) {
			const setRequests = fill((container.resources ??= {}), 'requests', requests);
			const setLimits = fill(container.resources, 'limits', limits);
			if (setRequests.length > 0) notes.push(`${setRequests.join(', ')} request for ${kind} ${container.name}`);
			if (setLimits.length > 0) notes.push(`${setLimits.join(', ')} limit for ${kind} ${container.name}`);
		}
	}

	if (notes.length > 0) (pod.metadata.annotations ??= {})['kubernetes.io/limit-ranger'] = `LimitRanger plugin set: ${notes.join('; ')}`;
}

function fill(resources: any, field: 'requests' | 'limits', defaults: Record<string, string>): string[] {
	const missing = Object.keys(defaults)
		.filter(name => resources[field]?.[name] === undefined)
		.sort();
	for (const name of missing) (resources[field] ??= {})[name] = defaults[name];
	return missing;
}

type Lists = {requests: Record<string, string>; limits: Record<string, string>};

function violations(item: any, object: any, resource: string): string[] {
	if (resource === 'persistentvolumeclaims') {
		if (item.type !== 'PersistentVolumeClaim') return [];
		return check(item, {requests: object.spec.resources?.requests ?? {}, limits: {}}, true);
	}

	if (item.type === 'Container')
		return [...(object.spec.containers ?? []), ...(object.spec.initContainers ?? [])].flatMap(({resources}: any) =>
			check(item, {requests: resources?.requests ?? {}, limits: resources?.limits ?? {}}, false),
		);
	return item.type === 'Pod' ? check(item, {requests: sum(object, 'requests'), limits: sum(object, 'limits')}, false) : [];
}

function sum(pod: any, field: 'requests' | 'limits'): Record<string, string> {
	const total: Record<string, string> = {};
	for (const {resources} of pod.spec.containers ?? [])
		for (const [name, text] of Object.entries<string>(resources?.[field] ?? {}))
			total[name] = total[name] === undefined ? text : printQuantity(addQuantities(parseQuantity(total[name]), parseQuantity(text)));
	return total;
}

const sorted = (list: Record<string, string> | undefined): Array<[string, string]> =>
	Object.entries(list ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
const less = (a: string, b: string): boolean => compareQuantities(parseQuantity(a), parseQuantity(b)) < 0;

/** In the order minimum, maximum, ratio. A claim has requests only. */
function check(item: any, {requests, limits}: Lists, claim: boolean): string[] {
	const errors: string[] = [];
	for (const [name, min] of sorted(item.min)) {
		const [request, limit] = [requests[name], limits[name]];
		const head = `minimum ${name} usage per ${item.type} is ${min}`;
		if (request === undefined) errors.push(`${head}.  No request is specified`);
		else if (less(request, min)) errors.push(`${head}, but request is ${request}`);
		else if (limit !== undefined && less(limit, min)) errors.push(`${head}, but limit is ${limit}`);
	}

	for (const [name, max] of sorted(item.max)) {
		const [request, limit] = [requests[name], limits[name]];
		const head = `maximum ${name} usage per ${item.type} is ${max}`;
		if (claim) {
			if (request === undefined) errors.push(`${head}.  No request is specified`);
			else if (less(max, request)) errors.push(`${head}, but request is ${request}`);
		} else if (limit === undefined) errors.push(`${head}.  No limit is specified`);
		else if (less(max, limit)) errors.push(`${head}, but limit is ${limit}`);
		else if (request !== undefined && less(max, request)) errors.push(`${head}, but request is ${request}`);
	}

	for (const [name, ratio] of sorted(item.maxLimitRequestRatio)) {
		const head = `${name} max limit to request ratio per ${item.type} is ${ratio}`;
		const request = requests[name] === undefined ? 0n : milliValueOf(parseQuantity(requests[name]));
		const limit = limits[name] === undefined ? 0n : milliValueOf(parseQuantity(limits[name]));
		if (request === 0n) errors.push(`${head}, but no request is specified or request is 0`);
		else if (limit === 0n) errors.push(`${head}, but no limit is specified or limit is 0`);
		else if (limit * 1000n > request * milliValueOf(parseQuantity(ratio)))
			errors.push(`${head}, but provided ratio is ${(Number(limit) / Number(request)).toFixed(6)}`);
	}

	return errors;
}
