import {addQuantities, compareQuantities, parseQuantity, type Quantity} from '../../api/values/quantity.js';

export type Amounts = Map<string, Quantity>;

/** What a pod is counted with: its containers and sidecars, or its greediest init container (component-helpers/resource). */
export const requestsOf = (spec: any): Amounts => amountsOf(spec, 'requests');
export const limitsOf = (spec: any): Amounts => amountsOf(spec, 'limits');

function amountsOf(spec: any, list: 'requests' | 'limits'): Amounts {
	const total: Amounts = sumOf((spec.containers ?? []).map((container: any) => read(container.resources?.[list])));
	const sidecars: Amounts = new Map();
	const peak: Amounts = new Map();
	for (const container of spec.initContainers ?? []) {
		const own = read(container.resources?.[list]);
		if (container.restartPolicy === 'Always') {
			add(total, own);
			add(sidecars, own);
			raise(peak, sidecars);
		} else raise(peak, sumOf([own, sidecars]));
	}

	raise(total, peak);
	for (const [name, value] of read(spec.resources?.[list]))
		if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) total.set(name, value);
	const overhead = read(spec.overhead);
	for (const [name, value] of overhead)
		if (list === 'requests' || total.has(name)) total.set(name, addQuantities(total.get(name) ?? zero, value));
	return total;
}

const zero = parseQuantity('0');
const read = (list: Record<string, unknown> | undefined): Amounts =>
	new Map(Object.entries(list ?? {}).map(([name, value]) => [name, parseQuantity(String(value))]));

export function sumOf(list: readonly Amounts[]): Amounts {
	const sum: Amounts = new Map();
	for (const amounts of list) add(sum, amounts);
	return sum;
}

function add(to: Amounts, more: Amounts): void {
	for (const [name, value] of more) to.set(name, to.has(name) ? addQuantities(to.get(name)!, value) : value);
}

function raise(to: Amounts, other: Amounts): void {
	for (const [name, value] of other) if (!to.has(name) || compareQuantities(to.get(name)!, value) < 0) to.set(name, value);
}
