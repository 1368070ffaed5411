import {goQuote, goText} from '../../api/field-error.js';
import {isLabelValue} from '../../api/selector/label-syntax.js';
import {equal} from '../../api/values/plain.js';
import {duplicate, type Errors, forbidden, invalid, items} from '../errors.js';
import {resourceAmount} from '../pod/validate-resources.js';
import {cidr, goStrings, qualifiedName, taintEffect} from '../rules.js';

/** Models ValidateNode and ValidateNodeUpdate. The path of taints is `metadata.taints`, as there. */
export function validateNode({spec, status}: any, old?: any): Errors {
	const errors = [...taints(spec?.taints), ...amounts('capacity', status?.capacity), ...amounts('allocatable', status?.allocatable)];
	const ranges: readonly string[] = spec?.podCIDRs ?? [];
	if (!old) return [...errors, ...podRanges(ranges)];
	const kept: readonly string[] = old.spec?.podCIDRs ?? [];
	const why = 'node updates may not change podCIDR except from "" to valid';
	if (kept.length > 0 && kept.length !== ranges.length) errors.push(forbidden('spec.podCIDRs', why));
	else for (const [index, range] of kept.entries()) if (range !== ranges[index]) errors.push(forbidden('spec.podCIDRs', why));
	if (old.spec?.providerID && spec?.providerID !== old.spec.providerID)
		errors.push(forbidden('spec.providerID', 'node updates may not change providerID except from "" to valid'));
	if (!equal(fixedSpec(spec, old.spec), fixedSpec(old.spec, old.spec)))
		errors.push(forbidden('[]', 'node updates may only change labels, taints, or capacity'));
	return errors;
}

/** What stays as it is: not what may change, nor what may be set once. */
function fixedSpec({taints: _, unschedulable: __, ...rest}: any = {}, old: any = {}): object {
	if (!old.podCIDRs?.length) rest = {...rest, podCIDR: undefined, podCIDRs: undefined};
	if (!old.providerID) rest = {...rest, providerID: undefined};
	return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

function taints(list: readonly any[] | undefined): Errors {
	const seen = new Set<string>();
	return items('metadata.taints', list, (taint: any, path) => {
		const {key = '', value = '', effect} = taint;
		const problems = isLabelValue(value);
		const found = [
			...qualifiedName(`${path}.key`, key),
			...(problems.length > 0 ? [invalid(`${path}.value`, value, problems.join(';'))] : []),
			...taintEffect(`${path}.effect`, effect),
		];
		const id = `${key}:${effect}`;
		const shown = goText(`core.Taint{Key:${goQuote(key)}, Value:${goQuote(value)}, Effect:${goQuote(effect ?? '')}, TimeAdded:<nil>}`);
		if (seen.has(id)) found.push({...duplicate(path, shown), detail: 'taints must be unique by key and effect pair'});
		seen.add(id);
		return found;
	});
}

const amounts = (list: string, resources: Record<string, string> = {}): Errors =>
	Object.keys(resources)
		.sort()
		.flatMap(name => resourceAmount(`status.${list}.${name}`, name, resources[name]!));

/** One range for each family. */
function podRanges(ranges: readonly string[]): Errors {
	const field = 'spec.podCIDRs';
	const errors = items(field, ranges, (range, at) => cidr(at, range));
	if (ranges.length < 2) return errors;
	const isSix = ranges.map(range => range.includes(':'));
	if (ranges.length > 2 || isSix[0] === isSix[1])
		errors.push(invalid(field, goStrings(ranges), 'may specify no more than one CIDR for each IP family'));
	return [...errors, ...items(field, ranges, (range, at, index) => (ranges.indexOf(range) < index ? [duplicate(at, range)] : []))];
}
