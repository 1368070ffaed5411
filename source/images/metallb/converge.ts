import type {KubeObject} from '../../api/object.js';
import {parseIp, quoted} from './address.js';
import {type Allocator, type Asker, canonical} from './allocator.js';
import {annotation, annotationKey, type Dialect} from './annotations.js';
import {type Family, familyOf, familyOfAll, familyOfService, MetalLbError} from './family.js';
import type {LogFields} from './log.js';

export interface Convergence {
	readonly dialect: Dialect;
	readonly allocator: Allocator;
	/** True while no pool is configured. */
	readonly noPools: boolean;
	event(type: 'Normal' | 'Warning', reason: string, message: string): void;
	log(level: 'info' | 'error', fields: LogFields): void;
}

/** What the service's status should say. `ips` empty: no address. `keep`: leave it as it is. */
export interface Converged {
	readonly ips: readonly string[];
	readonly pool?: string;
	readonly keep?: boolean;
}

const none: Converged = {ips: []};

/** Brings one service and its addresses together. Models convergeBalancer in controller/service.go. */
export function converge(service: KubeObject, {allocator, dialect, noPools, event, log}: Convergence): Converged {
	const {spec} = service as any;
	const asker = askerOf(service, dialect);
	const clear = (fields?: LogFields, level: 'info' | 'error' = 'info'): Converged => {
		if (fields) log(level, {event: 'clearAssignment', ...fields});
		allocator.unassign(asker.key);
		return none;
	};
	if (spec.type !== 'LoadBalancer' || noPools) return clear();
	if (!spec.clusterIPs?.length && !spec.clusterIP) return clear({reason: 'noClusterIPs', msg: 'No ClusterIPs'});
	if (spec.ipFamilyPolicy === 'RequireDualStack' && (spec.clusterIPs ?? []).length < 2) {
		event(
			'Warning',
			'not enough clusterips',
			`Service requires dual stack but not enough clusterips [${(spec.clusterIPs ?? []).join(' ')}]`,
		);
		return clear({reason: 'requires dual stack but clusterips are not dual stack', clusterips: spec.clusterIPs}, 'error');
	}

	try {
		let ips = standing(service, asker, {allocator, dialect, noPools, event, log});
		if (ips.length === 1 && spec.ipFamilyPolicy === 'PreferDualStack') ips = addOther(asker, ips, {allocator, event, log});
		if (ips.length === 0) ips = allocateAnew(service, asker, {allocator, dialect, event, log});
		return ips.length > 0 ? {ips, pool: allocator.allocation(asker.key)!.pool} : none;
	} catch (error) {
		if (!(error instanceof Unusable)) throw error;
		return {ips: [], keep: true};
	}
}

/** A request that cannot be understood leaves what was assigned in place. */
class Unusable extends Error {}

export function askerOf(service: KubeObject, dialect: Dialect): Asker {
	const {metadata, spec} = service as any;
	return {
		key: `${metadata.namespace}/${metadata.name}`,
		service,
		ports: (spec.ports ?? []).map(({protocol = 'TCP', port}: any) => `${protocol.toLowerCase()}/${port}`),
		sharingKey: annotation(dialect, service, 'allow-shared-ip'),
		backendKey: spec.externalTrafficPolicy === 'Local' ? selectorText(spec.selector) : '',
	};
}

const selectorText = (selector: Record<string, string> = {}): string =>
	Object.keys(selector)
		.sort()
		.map(key => `${key}=${selector[key]}`)
		.join(',');

/** The addresses in the status, as far as configuration and wishes still allow them. */
function standing(service: any, asker: Asker, {allocator, dialect, event, log}: Convergence): readonly string[] {
	const ips: string[] = (service.status?.loadBalancer?.ingress ?? []).flatMap(({ip}: any) => (ip ? [canonical(ip) ?? ip] : []));
	const drop = (fields?: LogFields) => {
		if (fields) log('info', {event: 'clearAssignment', ...fields});
		allocator.unassign(asker.key);
		return [];
	};
	if (ips.length === 0 || familyChanged(service, ips, {event, log})) return drop();
	try {
		allocator.assign(asker, ips);
	} catch (error) {
		const {message} = asRefusal(error);
		event(
			'Normal',
			'ClearAssignment',
			`current IP for ${JSON.stringify(asker.key)} not allowed by config, will attempt for new IP assignment: ${message}`,
		);
		return drop({error: message, msg: 'current IP not allowed by config, clearing'});
	}

	const pool = annotation(dialect, service, 'address-pool');
	if (pool && allocator.allocation(asker.key)?.pool !== pool)
		return drop({reason: 'differentPoolRequested', msg: 'user requested a different pool than the one currently assigned'});
	let wished: readonly string[];
	try {
		wished = wishes(service, dialect).ips;
	} catch (error) {
		const {message} = asRefusal(error);
		log('error', {event: 'loadbalancerIP', error: message, msg: 'invalid requested loadbalancer IPs'});
		event('Warning', 'LoadBalancerFailed', `invalid requested loadbalancer IPs: ${message}`);
		throw new Unusable();
	}

	const [a, b] = [[...ips].sort(), [...wished].sort()];
	if (wished.length > 0 && a.join() !== b.join())
		return drop({reason: 'differentIPRequested', msg: 'user requested a different IP than the one currently assigned'});
	// Asked for by name they are compared sorted, and so they are written.
	return wished.length > 0 ? a : ips;
}

function familyChanged(service: any, ips: readonly string[], {event, log}: Pick<Convergence, 'event' | 'log'>): boolean {
	let family: Family;
	try {
		family = familyOfAll(ips);
	} catch (error) {
		log('error', {event: 'clearAssignment', reason: 'nolbIPsIPFamily', msg: 'Failed to retrieve lbIPs family'});
		event('Warning', 'nolbIPsIPFamily', `Failed to retrieve LBIPs IPFamily for ${quoted(ips)}: ${asRefusal(error).message}`);
		return true;
	}

	const wanted = familyOfService(service);
	return family !== wanted && !(wanted === 'dual' && service.spec.ipFamilyPolicy === 'PreferDualStack');
}

function addOther(
	asker: Asker,
	ips: readonly string[],
	{allocator, event, log}: Pick<Convergence, 'allocator' | 'event' | 'log'>,
): readonly string[] {
	if (familyOfService(asker.service) !== 'dual') return ips;
	log('info', {event: 'tryAssignAdditionalIP', msg: 'familyPolicy is PreferDualStack, trying to assign additional ip'});
	try {
		const other = allocator.allocateOtherFamily(asker, ips[0]!, allocator.allocation(asker.key)!.pool);
		log('info', {event: 'ipAllocated', ip: other, msg: 'Additional IP address assigned by controller'});
		event('Normal', 'IPAllocated', `Assigned additional IP ${JSON.stringify(other)}`);
		return [...ips, other];
	} catch (error) {
		event('Normal', 'AdditionalAssignFailed', `cannot assign additional IP in PreferDualStack: ${asRefusal(error).message}`);
		return ips;
	}
}

function allocateAnew(
	service: KubeObject,
	asker: Asker,
	{allocator, dialect, event, log}: Omit<Convergence, 'noPools'>,
): readonly string[] {
	try {
		const ips = requested(service, asker, allocator, dialect);
		log('info', {event: 'ipAllocated', ip: ips, msg: 'IP address assigned by controller'});
		event('Normal', 'IPAllocated', `Assigned IP ${quoted(ips)}`);
		return ips;
	} catch (error) {
		const {message} = asRefusal(error);
		log('error', {op: 'allocateIPs', error: message, msg: 'IP allocation failed'});
		event('Warning', 'AllocationFailed', `Failed to allocate IP for ${JSON.stringify(asker.key)}: ${message}`);
		return [];
	}
}

function requested(service: KubeObject, asker: Asker, allocator: Allocator, dialect: Dialect): readonly string[] {
	const family = familyOfService(service);
	const wish = wishes(service, dialect);
	const pool = annotation(dialect, service, 'address-pool');
	if (wish.ips.length > 0) {
		if (wish.family !== family)
			throw new MetalLbError(`requested loadBalancer IP(s) ${quoted(wish.ips)} does not match the ipFamily of the service`);
		allocator.assign(asker, wish.ips);
		if (pool && allocator.allocation(asker.key)!.pool !== pool) {
			allocator.unassign(asker.key);
			throw new MetalLbError(`requested loadBalancer IP(s) ${quoted(wish.ips)} is not compatible with requested address pool ${pool}`);
		}

		return wish.ips;
	}

	return pool ? allocator.allocateFromPool(asker, family, pool) : allocator.allocate(asker, family);
}

/** Addresses the user asks for by annotation or `spec.loadBalancerIP`. */
function wishes(service: any, dialect: Dialect): {ips: readonly string[]; family?: Family} {
	const text = annotation(dialect, service, 'loadBalancerIPs');
	const single = service.spec.loadBalancerIP ?? '';
	const key = annotationKey(dialect, 'loadBalancerIPs');
	if (text && single) throw new MetalLbError(`service can not have both ${key} and svc.Spec.LoadBalancerIP`);
	if (text) {
		const ips = text.split(',').map(each => canonical(each.trim()));
		if (ips.includes(undefined)) throw new MetalLbError(`invalid ${key}: ${JSON.stringify(text)}`);
		return {ips: ips as string[], family: familyOfAll(ips as string[])};
	}

	if (!single) return {ips: []};
	if (!parseIp(single)) throw new MetalLbError(`invalid spec.loadBalancerIP ${JSON.stringify(single)}`);
	return {ips: [canonical(single)!], family: familyOf(single)};
}

function asRefusal(error: unknown): MetalLbError {
	if (error instanceof MetalLbError) return error;
	throw error;
}
