import type {KubeObject} from '../../source/api/object.js';
import {metallbIo} from '../../source/images/metallb/annotations.js';
import {controllerSpeaking} from '../../source/images/metallb/controller.js';
import {createSim} from '../../source/sim/sim.js';

const controller = controllerSpeaking(metallbIo);
const resources: Readonly<Record<string, string>> = {
	Service: 'services',
	IPAddressPool: 'ipaddresspools.metallb.io',
	Namespace: 'namespaces',
};
const keyOf = ({metadata}: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** As much of an API, of a cluster with both families, as the controller asks for. */
class Store {
	readonly objects = new Map<string, Map<string, any>>();
	readonly events: any[] = [];
	of(resource: string): Map<string, any> {
		if (!this.objects.has(resource)) this.objects.set(resource, new Map());
		return this.objects.get(resource)!;
	}

	put(object: any): void {
		const table = this.of(resources[object.kind]!);
		const old = table.get(keyOf(object));
		const status = object.status ?? old?.status;
		const spec = object.kind === 'Service' ? {...clusterAddresses(object.spec), ...object.spec} : object.spec;
		const kept =
			object.kind === 'Service' && old ? {...old.metadata.annotations, ...object.metadata.annotations} : object.metadata.annotations;
		table.set(keyOf(object), {...object, metadata: {...object.metadata, ...(kept && {annotations: kept})}, spec, ...(status && {status})});
	}

	readonly client: any = {
		find: (resource: string, namespace = '', name: string) => this.of(resource).get(`${namespace}/${name}`),
		list: (resource: string, {namespace}: {namespace?: string} = {}) =>
			[...this.of(resource).entries()]
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([, object]) => object)
				.filter(({metadata}) => namespace === undefined || metadata.namespace === namespace),
		updateStatus: (object: any) => this.of('services').set(keyOf(object), object),
		create: (object: any) => void (object.kind === 'Event' && this.events.push(object)),
		patch: () => {},
	};
}

function clusterAddresses({type, ipFamilyPolicy, ipFamilies}: any) {
	if (type === 'ExternalName') return {};
	const addresses: Record<string, string> = {IPv4: '10.96.7.7', IPv6: 'fd00:10:96::7'};
	const families: string[] = ipFamilies ?? (!ipFamilyPolicy || ipFamilyPolicy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6']);
	return {clusterIP: addresses[families[0]!], clusterIPs: families.map(family => addresses[family]), ipFamilies: families};
}

/** Runs the controller's program until it asks for nothing more. */
function contextFor(store: Store): {context: any; run(): void} {
	const due: string[] = [];
	const context: any = {
		argv: [],
		env: {},
		memory: {namespace: 'metallb-system', loadBalancerClass: '', allocations: {}},
		client: store.client,
		machine: {sim: createSim('metallb')},
		wake: (_: number, key: string) => void (due.includes(key) || due.push(key)),
		log() {},
	};
	return {
		context,
		run() {
			for (let key = due.shift(); key !== undefined; key = due.shift()) controller.wake!(context, key);
		},
	};
}

export function judgeSteps({given, steps}: any): true | string {
	const store = new Store();
	const {context, run} = contextFor(store);
	for (const object of [...(given.objects ?? []), ...given.pools]) store.put(object);
	controller.wake!(context, 'config');
	for (const [i, step] of steps.entries()) {
		const seen = store.events.length;
		const changed = step.apply ?? {kind: step.delete.kind, metadata: step.delete};
		if (step.apply) store.put(step.apply);
		else store.of(resources[step.delete.kind]!).delete(keyOf(changed));
		controller.changed!(context, {type: step.apply ? 'ADDED' : 'DELETED', object: changed});
		run();
		for (const [name, expect] of Object.entries<any>(step.expect)) {
			const wrong = compare(store, store.events.slice(seen), name, expect);
			if (wrong) return `step ${i}: ${name} ${wrong}`;
		}
	}

	return true;
}

function compare(store: Store, events: readonly any[], name: string, expect: any): string | undefined {
	const service = store.client.list('services').find(({metadata}: any) => metadata.name === name);
	const found: Record<string, unknown> = {
		ingress: service.status?.loadBalancer?.ingress ?? [],
		pool: service.metadata.annotations?.['metallb.io/ip-allocated-from-pool'],
		events: events.filter(event => event.involvedObject.name === name).map(({type, reason, message}) => ({type, reason, message})),
	};
	const wrong = Object.keys(expect).find(key => JSON.stringify(found[key]) !== JSON.stringify(expect[key]));
	return wrong && `${wrong}: ${JSON.stringify(found[wrong])}, not ${JSON.stringify(expect[wrong])}`;
}
