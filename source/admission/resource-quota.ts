import type {Admission, AdmissionRequest} from '../api/admission.js';
import {forbidden} from '../api/errors.js';
import type {KubeObject} from '../api/object.js';
import {
	addQuantities,
	compareQuantities,
	parseQuantity,
	printQuantity,
	type Quantity,
	signOf,
	subtractQuantities,
} from '../api/values/quantity.js';
import {quotaCovers, quotaStatus, type Usage, usageOf} from '../kinds/resource-quota/usage.js';

/** Refuses what would use more than a namespace may. Models apiserver/pkg/admission/plugin/resourcequota. */
export default {
	name: 'ResourceQuota',
	operations: ['create', 'update'],
	validate(request) {
		const {draft, old, kind, namespace, name, resource, reader, subresource} = request;
		if (!namespace || subresource || kind.plural === 'events') return;
		const quotas = reader.list('resourcequotas', {namespace});
		if (quotas.length === 0) return;
		const usage = usageOf(resource, draft!);
		const delta = old ? subtract(usage, usageOf(resource, old)) : usage;
		for (const quota of quotas) {
			if (!quotaCovers(quota, resource, draft!)) continue;
			const hard: Record<string, string> = quota['spec'].hard ?? {};
			const about = Object.keys(delta)
				.filter(each => Object.hasOwn(hard, each))
				.sort();
			if (resource === 'pods' && !old) mustSpecify(request, quota, hard);
			const grows = about.filter(each => signOf(delta[each]!) > 0);
			if (grows.length === 0) continue;
			const used = quotaStatus(quota, objectsOf(request)).used;
			const over = grows.filter(
				each => compareQuantities(addQuantities(parseQuantity(used[each] ?? '0'), delta[each]!), parseQuantity(hard[each]!)) > 0,
			);
			if (over.length === 0) continue;
			const list = (text: (each: string) => string) => over.map(each => `${each}=${text(each)}`).join(',');
			throw forbidden(
				kind,
				name,
				`exceeded quota: ${quota.metadata.name}, requested: ${list(each => printQuantity(delta[each]!))}, used: ${list(each => used[each] ?? '0')}, limited: ${list(each => hard[each]!)}`,
			);
		}
	},
} satisfies Admission;

function subtract(usage: Usage, before: Usage): Usage {
	const names = new Set([...Object.keys(usage), ...Object.keys(before)]);
	const zero: Quantity = parseQuantity('0');
	return Object.fromEntries([...names].map(name => [name, subtractQuantities(usage[name] ?? zero, before[name] ?? zero)]));
}

const objectsOf = ({reader, resource, namespace}: AdmissionRequest): Array<[string, KubeObject]> =>
	reader.list(resource, {namespace: namespace!}).map(object => [resource, object]);

/** A quota on CPU or memory makes every container say how much it needs. */
function mustSpecify({draft, kind, name}: AdmissionRequest, quota: KubeObject, hard: Record<string, string>): void {
	const missing: string[] = [];
	for (const limited of Object.keys(hard).sort()) {
		const [, prefix, resource] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(limited) ?? [];
		if (!resource) continue;
		const field = prefix === 'limits' ? 'limits' : 'requests';
		const lacking = [...(draft!['spec'].containers ?? []), ...(draft!['spec'].initContainers ?? [])]
			.filter((container: any) => container.resources?.[field]?.[resource] === undefined)
			.map((container: any) => container.name);
		if (lacking.length > 0) missing.push(`${limited} for: ${lacking.sort().join(',')}`);
	}

	if (missing.length > 0) throw forbidden(kind, name, `failed quota: ${quota.metadata.name}: must specify ${missing.join('; ')}`);
}
