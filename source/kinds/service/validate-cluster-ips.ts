import {duplicate, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {goStrings, ip, isIP, isIPv6} from '../rules.js';

const families = ['IPv4', 'IPv6'];
const familyPolicies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy must agree. Models ValidateServiceClusterIPsRelatedFields. */
export function clusterIps(spec: any): Errors {
	if (spec.type === 'ExternalName') return [];
	const list: string[] = spec.clusterIPs ?? [];
	const field = 'spec.clusterIPs';
	const errors: Errors = [];
	if (spec.clusterIP) {
		if (list.length === 0) errors.push(required(field));
		else if (list[0] !== spec.clusterIP) errors.push(invalid(field, goStrings(list), 'first value must match `clusterIP`'));
	} else if (list.length > 0) errors.push(invalid(field, goStrings(list), 'must be empty when `clusterIP` is not specified'));

	const seen = new Set<string>();
	errors.push(
		...items('spec.ipFamilies', spec.ipFamilies, (family: string, at) => {
			const found: Errors = families.includes(family) ? [] : [notSupported(at, family, families)];
			if (seen.has(family)) found.push(duplicate(at, family));
			seen.add(family);
			return found;
		}),
	);
	if (spec.ipFamilyPolicy !== undefined && !familyPolicies.includes(spec.ipFamilyPolicy))
		errors.push(notSupported('spec.ipFamilyPolicy', spec.ipFamilyPolicy, familyPolicies));
	const bad = items(field, list, (value, at, index) => {
		if (index === 0 && value === 'None')
			return list.length > 1 ? [invalid(field, goStrings(list), "'None' must be the first and only value")] : [];
		return ip(at, value);
	});
	errors.push(...bad);
	if (list.length > 2) errors.push(invalid(field, goStrings(list), 'may only hold up to 2 values'));
	return bad.length > 0 ? errors : [...errors, ...familyMatches(spec, list)];
}

function familyMatches(spec: any, list: readonly string[]): Errors {
	const errors: Errors = [];
	if (list.length === 2 && isIPv6(list[0]!) === isIPv6(list[1]!))
		errors.push(invalid('spec.clusterIPs', goStrings(list), 'may specify no more than one IP for each IP family'));
	for (const [index, value] of list.entries()) {
		const family = spec.ipFamilies?.[index];
		if (!family || !isIP(value)) continue;
		if ((family === 'IPv4' && isIPv6(value)) || (family === 'IPv6' && !isIPv6(value)))
			errors.push(invalid(`spec.clusterIPs[${index}]`, value, `expected an ${family} value as indicated by \`ipFamilies[${index}]\``));
	}

	return errors;
}

/** The first address and family of a service stay while it has any. Models validateUpgradeDowngradeClusterIPs and ...IPFamilies. */
export function addressChanges({spec}: any, {spec: before}: any): Errors {
	if (spec.type === 'ExternalName' || before.type === 'ExternalName') return [];
	const headless = (list: string[] | undefined) => list?.length === 1 && list[0] === 'None';
	const errors: Errors = [];
	if (!(headless(spec.clusterIPs) && headless(before.clusterIPs)))
		errors.push(...listChanges('clusterIPs', spec, before, '[]string', 'clusterIP'));
	errors.push(...listChanges('ipFamilies', spec, before, '[]core.IPFamily', 'ipFamily'));
	if (before.type === 'LoadBalancer' && spec.type === 'LoadBalancer' && spec.loadBalancerClass !== before.loadBalancerClass)
		errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
	return errors;
}

function listChanges(name: 'clusterIPs' | 'ipFamilies', spec: any, before: any, type: string, one: string): Errors {
	const field = `spec.${name}`;
	const [now, then]: [string[], string[]] = [spec[name] ?? [], before[name] ?? []];
	const shown = goStrings(spec[name], type);
	const errors: Errors = [];
	if (now.length < then.length) {
		if (now.length === 0) errors.push(invalid(`${field}[0]`, shown, `primary ${one} can not be unset`));
		else if (now[0] !== then[0]) errors.push(invalid(`${field}[0]`, shown, 'may not change once set'));
		if (now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
			errors.push(
				invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? null, `must be set to 'SingleStack' when releasing the secondary ${one}`),
			);
		return errors;
	}

	for (const [index, value] of then.entries()) {
		if (now[index] !== value) errors.push(invalid(`${field}[${index}]`, shown, 'may not change once set'));
	}

	return errors;
}
