import type {AdmissionRequest} from '../../api/admission.js';
import {invalid} from '../../api/errors.js';
import type {FieldError} from '../../api/field-error.js';
import type {Random} from '../../sim/random.js';
import {goStrings, isIPv6} from '../../kinds/rules.js';

const attemptsMax = 200;

/** One family on this cluster, that of the service range. */
export function setFamilies({draft, old, flags, kind}: AdmissionRequest): void {
	const spec = draft!['spec'];
	if (spec.type === 'ExternalName') return;
	const range = rangeOf(flags);
	const cluster = range.v6 ? 'IPv6' : 'IPv4';
	const errors: FieldError[] = [];
	const headless = spec.clusterIPs?.[0] === 'None';
	if (headless && !Object.keys(spec.selector ?? {}).length) {
		spec.ipFamilyPolicy ??= old?.['spec'].ipFamilyPolicy ?? 'RequireDualStack';
		spec.ipFamilies ??= [cluster];
		if (spec.ipFamilies.length === 1 && spec.ipFamilyPolicy !== 'SingleStack')
			spec.ipFamilies = [spec.ipFamilies[0], spec.ipFamilies[0] === 'IPv4' ? 'IPv6' : 'IPv4'];
		return;
	}

	if (spec.ipFamilyPolicy === 'RequireDualStack')
		errors.push({
			type: 'Invalid',
			field: 'spec.ipFamilyPolicy',
			value: spec.ipFamilyPolicy,
			detail: 'this cluster is not configured for dual-stack services',
		});
	for (const [index, family] of (spec.ipFamilies ?? []).entries())
		if (family !== cluster && (family === 'IPv4' || family === 'IPv6'))
			errors.push({type: 'Invalid', field: `spec.ipFamilies[${index}]`, value: family, detail: 'not configured on this cluster'});
	if (errors.length > 0) throw invalid(kind, draft!.metadata.name, errors);
	spec.ipFamilyPolicy ??= 'SingleStack';
	if (!spec.ipFamilies?.length) spec.ipFamilies = [cluster];
}

export function setClusterIps(request: AdmissionRequest): void {
	const {draft, old, kind, name, flags, reader, sim} = request;
	const spec = draft!['spec'];
	if (spec.type === 'ExternalName') return;
	if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
	if (spec.clusterIPs?.[0] === 'None') return;
	const kept = old && old['spec'].type !== 'ExternalName' && old['spec'].clusterIPs?.[0] !== 'None' ? old['spec'].clusterIPs : undefined;
	if (kept?.length) return;
	const range = rangeOf(flags);
	const isTaken = (ip: string) => reader.indexed('services', 'clusterIP', ip).length > 0;
	const wanted: string | undefined = spec.clusterIPs?.[0];
	if (!wanted) {
		const ip = pickIp(range, isTaken, sim.random.fork('api/cluster-ip'));
		spec.clusterIP = ip;
		spec.clusterIPs = [ip];
		return;
	}

	const problem = !contains(range, wanted)
		? 'the provided network does not match the current range'
		: isTaken(wanted)
			? 'provided IP is already allocated'
			: undefined;
	// What is no address at all is left for validation to refuse.
	if (problem === undefined || toNumber(wanted) === undefined) return;
	const detail = `failed to allocate IP ${wanted}: ${problem}`;
	throw invalid(kind, name, [{type: 'Invalid', field: 'spec.clusterIPs', value: goStrings(spec.clusterIPs), detail}]);
}

interface Range {
	readonly first: number;
	readonly size: number;
	readonly v6: boolean;
}

const defaultRange = '10.96.0.0/12';

function rangeOf(flags: Readonly<Record<string, string>>): Range {
	const [network, bits] = (flags['service-cluster-ip-range'] || defaultRange).split(',')[0]!.split('/') as [string, string];
	const size = 2 ** (32 - Number(bits));
	const base = toNumber(network) ?? 0;
	return {first: base - (base % size), size, v6: isIPv6(network)};
}

function toNumber(ip: string): number | undefined {
	const parts = ip.split('.').map(Number);
	if (parts.length !== 4 || parts.some(part => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
	return parts.reduce((sum, part) => sum * 256 + part, 0);
}

const toText = (number: number): string => [24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join('.');

/** Neither the network's own address nor its broadcast address. */
function contains({first, size}: Range, ip: string): boolean {
	const number = toNumber(ip);
	return number !== undefined && number > first && number < first + size - 1;
}

/** The first part of the range is left to those who choose for themselves (KEP-3070), until the rest is full. */
function pickIp(range: Range, isTaken: (ip: string) => boolean, random: Random): string {
	const usable = range.size - 2;
	const reserved = usable <= 16 ? 0 : Math.min(Math.max(16, Math.floor(usable / 16)), 256);
	for (let attempt = 0; attempt < attemptsMax; attempt++) {
		const ip = toText(range.first + 1 + reserved + random.int(usable - reserved));
		if (!isTaken(ip)) return ip;
	}

	for (let offset = usable; offset >= 1; offset--) {
		const ip = toText(range.first + offset);
		if (!isTaken(ip)) return ip;
	}

	throw new Error('range is full');
}
