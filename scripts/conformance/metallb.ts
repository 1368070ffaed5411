import type {KubeObject} from '../../source/api/object.js';
import {createAllocator, type Asker} from '../../source/images/metallb/allocator.js';
import {metallbIo} from '../../source/images/metallb/annotations.js';
import {announceService} from '../../source/images/metallb/announce.js';
import {configurationOf, poolsOf} from '../../source/images/metallb/configuration.js';
import {converge} from '../../source/images/metallb/converge.js';
import {familyOf, MetalLbError} from '../../source/images/metallb/family.js';
import {capacityOf, poolOf} from '../../source/images/metallb/pool.js';
import {judge} from '../../source/images/metallb/validation.js';
import {createSim} from '../../source/sim/sim.js';
import {type Line, type Result, tally} from './case.js';
import {written} from '../../source/images/metallb/status.js';
import {judgeSteps} from './metallb-steps.js';

/** MetalLB: addresses for services, the allocator alone, configurations, the admission webhook, texts of events. */
export function run(lines: readonly Line[]): Result {
	return tally(lines, line => judges[line['kind']]?.(line) ?? `unknown kind ${line['kind']}`);
}

const judges: Readonly<Record<string, (line: any) => true | string>> = {
	service: judgeService,
	steps: judgeSteps,
	allocator: judgeAllocator,
	reload: judgeReload,
	poolCount({given, expect}) {
		const {total, ipv4, ipv6} = capacityOf(poolOf({metadata: {name: 'pool'}, spec: given}, []));
		return same({total: String(total), ipv4: String(ipv4), ipv6: String(ipv6)}, expect);
	},
	config({given, expect}) {
		const message = refusal(() => configurationOf(resourcesOf(given.objects)));
		if ((message === undefined) !== expect.accepted) return message ?? 'accepted';
		return !expect.messageContains || message?.includes(expect.messageContains) || `${message}`;
	},
	admission: judgeAdmission,
	eventText: judgeText,
};

const same = (found: unknown, wanted: unknown): true | string =>
	JSON.stringify(found) === JSON.stringify(wanted) || `${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`;

function refusal(work: () => void): string | undefined {
	try {
		work();
		return undefined;
	} catch (error) {
		if (error instanceof MetalLbError) return error.message;
		throw error;
	}
}

const ofKind = (objects: readonly KubeObject[], kind: string) => objects.filter(object => object.kind === kind);

const resourcesOf = (objects: readonly KubeObject[]) => ({
	pools: ofKind(objects, 'IPAddressPool'),
	l2Advertisements: ofKind(objects, 'L2Advertisement'),
	bgpAdvertisements: ofKind(objects, 'BGPAdvertisement'),
	namespaces: ofKind(objects, 'Namespace'),
	nodes: [],
});

/** One pass of the controller over one service. */
function settle(service: any, pools: readonly any[]) {
	const events: any[] = [];
	const parsed = poolsOf(pools, []);
	const allocator = createAllocator(parsed, {});
	const converged = converge(service, {
		dialect: metallbIo,
		allocator,
		noPools: pools.length === 0,
		event: (type, reason, message) => events.push({type, reason, message}),
		log: () => {},
	});
	const after = converged.keep ? service : (written(service, converged.ips, converged.pool, metallbIo) ?? service);
	return {events, after, pool: converged.pool};
}

function judgeService({given, when, expect}: any): true | string {
	const {events, after, pool} = settle(when[0].apply, given.pools);
	const found = {
		ingress: after.status?.loadBalancer?.ingress ?? [],
		warning: events.some(({type}) => type === 'Warning'),
		events,
		...(expect.pool && {pool}),
		...(expect.annotations && {annotations: picked(after.metadata.annotations, expect.annotations)}),
	};
	return same(found, expect);
}

/** The table tells the controller's own annotations, not the user's. */
const picked = (annotations: any, shape: any) => Object.fromEntries(Object.keys(shape).map(key => [key, annotations?.[key]]));

const askerOf = ({svc, ports = [], sharingKey = '', backendKey = '', namespace = 'default', labels, ipFamilyPolicy}: any): Asker => ({
	key: svc,
	service: {apiVersion: 'v1', kind: 'Service', metadata: {name: svc, namespace, ...(labels && {labels})}, spec: {ipFamilyPolicy}},
	ports,
	sharingKey,
	backendKey,
});

/** Pools may overlap here: each is understood by itself. */
function judgeAllocator({given, steps}: any): true | string {
	const allocator = createAllocator(
		given.pools.map((pool: any) => poolOf(pool, [])),
		{},
	);
	for (const [i, step] of steps.entries()) {
		const {op, svc, expect} = step;
		if (op === 'unassign') {
			allocator.unassign(svc);
			continue;
		}

		const asker = askerOf(step);
		let ips: readonly string[] = [];
		const text = refusal(() => {
			if (op === 'assign') allocator.assign(asker, step.ips);
			else ips = step.pool ? allocator.allocateFromPool(asker, step.ipFamily, step.pool) : allocator.allocate(asker, step.ipFamily);
		});
		if ((text !== undefined) !== expect.error) return `step ${i}: ${text ?? 'no error'}`;
		if (expect.text && text !== expect.text) return `step ${i}: ${text}, not ${expect.text}`;
		if (expect.families && ips.map(familyOf).join() !== expect.families.join()) return `step ${i}: ${ips}, not ${expect.families}`;
		const held = allocator.allocation(svc)?.ips ?? [];
		if (expect.assignedAfter && held.join() !== expect.assignedAfter.join()) return `step ${i}: has ${held}, not ${expect.assignedAfter}`;
	}

	return true;
}

function judgeReload({given, when, expect}: any): true | string {
	const first = createAllocator(poolsOf(given.pools, []), {});
	for (const [svc, ip] of Object.entries<string>(given.assigned)) first.assign(askerOf({svc}), [ip]);
	const {all} = createAllocator(poolsOf(when.replacePools, []), first.all);
	return same(Object.fromEntries(Object.keys(expect.pool).map(svc => [svc, all[svc]?.pool ?? null])), expect.pool);
}

/** The webhook's own verdict, in the words the API server puts around it. */
function judgeAdmission({given, when, expect}: any): true | string {
	const reader: any = {list: (resource: string) => (resource.startsWith('ipaddresspools') ? ofKind(given.objects, 'IPAddressPool') : [])};
	const object = when.apply;
	const message = judge({kind: {kind: object.kind}, operation: 'CREATE', object, name: object.metadata.name}, reader, 'metallb-system');
	const text = message && `admission webhook "${object.kind.toLowerCase()}validationwebhook.metallb.io" denied the request: ${message}`;
	return same({accepted: message === undefined, ...(text && {message: text})}, expect);
}

/** Templates: situations that bring the event about, and what is to stand between the fixed words. */
function judgeText({expect}: any): true | string {
	const events = [...situations.flatMap(({service, pools}) => settle(service, pools).events), ...announcement()];
	const fixed = expect.message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const pattern = new RegExp(`^${fixed.replace(/<[^>]+>/g, '.+')}$`);
	const found = events.some(({type, reason, message}) => type === expect.type && reason === expect.reason && pattern.test(message));
	return found || `none of ${JSON.stringify(events)}`;
}

/** The only speaker of a world announces a service. */
function announcement(): any[] {
	const events: any[] = [];
	const node = {apiVersion: 'v1', kind: 'Node', metadata: {name: 'node1'}};
	const advertisement = {apiVersion: 'metallb.io/v1beta1', kind: 'L2Advertisement', metadata: {name: 'a'}};
	const nothing = {find: () => undefined, list: () => [], updateStatus: () => {}};
	const context: any = {
		client: {...nothing, create: (object: any) => (object.kind === 'Event' ? events.push(object) : object)},
		machine: {sim: createSim('metallb'), host: 'node1', files: {exists: () => false}, stack: {links: {list: () => []}}},
		memory: {
			node: 'node1',
			announced: {},
			excluded: [],
			applied: {...resourcesOf([...pool('1.2.3.0/24'), advertisement]), nodes: [node]},
		},
		pid: 1,
		log() {},
	};
	const slices: any[] = [{endpoints: [{nodeName: 'node1', conditions: {ready: true}}]}];
	announceService(context, 'ns/b', balancer({}, ['1.2.3.0']), {slices, nodes: [node], speakers: ['node1'], ignoreExclusion: false});
	return events;
}

const pool = (...addresses: string[]) => [
	{apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata: {name: 'p', namespace: 'metallb-system'}, spec: {addresses}},
];
const balancer = (spec: object, ingress: readonly string[] = [], annotations: Record<string, string> = {}) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'b', namespace: 'ns', annotations},
	spec: {type: 'LoadBalancer', clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9'], ports: [{port: 80}], ...spec},
	status: {loadBalancer: {ingress: ingress.map(ip => ({ip}))}},
});

const both = {clusterIPs: ['10.96.0.9', 'fd00::9'], ipFamilyPolicy: 'PreferDualStack'};
const situations: ReadonlyArray<{service: any; pools: any[]}> = [
	{service: balancer({}), pools: pool('1.2.3.0/24')},
	{service: balancer({}, ['9.9.9.9']), pools: pool('1.2.3.0/24')},
	{service: balancer({}, [], {'metallb.io/address-pool': 'q'}), pools: pool('1.2.3.0/24')},
	{service: balancer({ipFamilyPolicy: 'RequireDualStack'}), pools: pool('1.2.3.0/24')},
	{service: balancer(both, ['1.2.3.0']), pools: pool('1.2.3.0/24', '1000::/124')},
	{service: balancer(both, ['1.2.3.0']), pools: pool('1.2.3.0/24')},
	{service: balancer({}, ['1.2.3.0'], {'metallb.io/loadBalancerIPs': 'x'}), pools: pool('1.2.3.0/24')},
];
