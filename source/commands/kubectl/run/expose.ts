import {recorded, recordFlag} from '../record.js';
import type {KubeObject} from '../../../api/object.js';
import type {Kind} from '../../../api/kind.js';
import {failure} from '../failure.js';
import {createFlags, fileFlags, managerFlag} from '../flags/flag.js';
import {reportFor} from '../output/report.js';
import {withSavedConfig} from '../apply/last-applied.js';
import {dryRunOf, writeQuery} from '../resource/dry-run.js';
import {select, visit} from '../resource/select.js';
import type {Target} from '../resource/target.js';
import type {Call, Verb} from '../verb.js';
import {meta} from '../create/generator.js';
import {overridden} from './overrides.js';

const expose: Verb = {
	name: 'expose',
	summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
	group: 'Basic Commands (Beginner):',
	usage:
		'expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
	flags: [
		...createFlags.filter(flag => flag[0] !== 'validate' && flag[0] !== 'field-manager'),
		...managerFlag('kubectl-expose'),
		...fileFlags,
		['cluster-ip', 'string', ''],
		['external-ip', 'string', ''],
		['labels', 'string', '', 'l'],
		['load-balancer-ip', 'string', ''],
		['name', 'string', ''],
		['override-type', 'string', 'merge'],
		['overrides', 'string', ''],
		['port', 'string', ''],
		['protocol', 'string', ''],
		['selector', 'string', ''],
		['session-affinity', 'string', ''],
		['target-port', 'string', ''],
		['type', 'string', ''],
	],
	hiddenFlags: recordFlag,
	*run(call) {
		const {flags, session} = call;
		const dryRun = dryRunOf(call);
		const report = reportFor(call, dryRun);
		const selection = yield* select(call, {fetch: true, selector: '', typed: true});
		const settled: Settled = {};
		yield* visit(selection, function* (target: Target) {
			checkExposable(target);
			let service = recorded(call, overridden(call, serviceFor(call, target, settled)));
			if (session.namespaceForced || target.namespace !== 'default')
				service = {...service, metadata: {...service.metadata, namespace: target.namespace!}};
			if (flags.bool('save-config')) service = withSavedConfig(service);
			const kind = session.kindNamed('services');
			const {name} = service.metadata;
			if (dryRun === 'client') report.done({kind, name}, 'exposed', service, {typed: true});
			else report.done({kind, name}, 'exposed', session.create(kind, target.namespace, service, writeQuery(flags, dryRun)), {typed: true});
		});
		return 0;
	},
};

export default expose;

const exposable = new Set(['replicationcontrollers', 'services', 'pods', 'deployments.apps', 'replicasets.apps']);

function checkExposable({kind}: Target): void {
	const resource = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
	if (!exposable.has(resource)) throw failure(`cannot expose a ${kind.kind}.${kind.group}`.replace(/\.$/, ''));
}

/** What was found out of one object counts for those after it, too: kubectl keeps it in its options. */
interface Settled {
	selector?: Record<string, string>;
	ports?: readonly string[];
	labels?: Readonly<Record<string, string>>;
}

function serviceFor(call: Call, {object, kind, name: ownName}: Target, settled: Settled): KubeObject {
	const {flags} = call;
	const source = object!;
	const name = flags.string('name') || (ownName.length > 63 ? ownName.slice(0, 63) : ownName);
	const selector = (settled.selector ??= flags.string('selector') ? pairsOf(flags.string('selector')) : selectorOf(kind, source));
	const ports = settled.ports ?? (flags.string('port') ? flags.string('port').split(',') : portsOf(kind, source).map(String));
	if (ports.length === 0) throw failure("couldn't find port via --port flag or introspection");
	settled.ports = ports;
	const labels = (settled.labels ??= flags.string('labels') ? pairsOf(flags.string('labels')) : source.metadata.labels);
	const type = flags.string('type');
	const externalIp = flags.string('external-ip');
	return {
		kind: 'Service',
		apiVersion: 'v1',
		metadata: meta(name, labels && Object.keys(labels).length > 0 ? {labels} : {}),
		spec: {
			ports: servicePorts(call, ports, protocolsOf(kind, source)),
			selector,
			...(flags.string('cluster-ip') && {clusterIP: flags.string('cluster-ip')}),
			...(type && {type}),
			...(externalIp && {externalIPs: [externalIp]}),
			...(flags.string('session-affinity') && {sessionAffinity: affinity(flags.string('session-affinity'))}),
			...(flags.string('load-balancer-ip') && {loadBalancerIP: flags.string('load-balancer-ip')}),
		},
		status: {loadBalancer: {}},
	};
}

function affinity(value: string): string {
	if (value === 'None' || value === 'ClientIP') return value;
	throw failure(`unknown session affinity: ${value}`);
}

function servicePorts(call: Call, ports: readonly string[], protocols: ReadonlyMap<string, readonly string[]>) {
	const {flags} = call;
	const rows: Array<{name?: string; protocol: string; port: number}> = [];
	ports.forEach((text, at) => {
		if (!/^[-+]?\d+$/.test(text)) throw failure(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
		const port = Number(text);
		const all = flags.string('protocol') ? [flags.string('protocol')] : (protocols.get(text) ?? ['TCP']);
		all.forEach((protocol, index) => {
			const several = ports.length > 1 || all.length > 1;
			const name = several ? `port-${at + 1}${index > 0 || all.length > 1 ? `-${protocol.toLowerCase()}` : ''}` : undefined;
			rows.push({...(name && {name}), protocol, port});
		});
	});
	if (rows.length === 1 || flags.string('target-port')) {
		const target = flags.string('target-port');
		return rows.map(row => ({...row, targetPort: target === '' ? row.port : /^\d+$/.test(target) ? Number(target) : target}));
	}

	return rows.map(row => ({...row, targetPort: row.port}));
}

function pairsOf(text: string): Record<string, string> {
	return Object.fromEntries(
		text.split(',').map(pair => {
			const [key, value, ...rest] = pair.split('=');
			if (value === undefined || rest.length > 0) throw failure(`unexpected label spec: ${pair}`);
			if (key === '') throw failure('unexpected empty label key');
			return [key, value];
		}),
	);
}

const cannot = (why: string) => failure(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);

/** polymorphichelpers.mapBasedSelectorForObject */
function selectorOf(kind: Kind, object: KubeObject): Record<string, string> {
	const spec = object['spec'] ?? {};
	if (kind.kind === 'Pod') {
		if (!object.metadata.labels || Object.keys(object.metadata.labels).length === 0)
			throw cannot('the pod has no labels and cannot be exposed');
		return object.metadata.labels;
	}

	if (kind.kind === 'Service') {
		if (!spec.selector) throw cannot('the service has no pod selector set');
		return spec.selector;
	}

	if (kind.kind === 'ReplicationController') return spec.selector;
	if (spec.selector?.matchExpressions?.length > 0)
		throw cannot(
			`couldn't convert expressions - "[${spec.selector.matchExpressions.map((one: any) => `{${one.key} ${one.operator} [${(one.values ?? []).join(' ')}]}`).join(' ')}]" to map-based selector format`,
		);
	if (!spec.selector?.matchLabels) throw cannot('invalid deployment: no selectors, therefore cannot be exposed');
	return spec.selector.matchLabels;
}

const containersOf = (object: KubeObject): any[] => object['spec']?.template?.spec?.containers ?? object['spec']?.containers ?? [];

function portsOf(kind: Kind, object: KubeObject): number[] {
	if (kind.kind === 'Service') return (object['spec'].ports ?? []).map((port: {port: number}) => port.port);
	const all = containersOf(object).flatMap(container => (container.ports ?? []).map((port: {containerPort: number}) => port.containerPort));
	return [...new Set<number>(all)];
}

function protocolsOf(kind: Kind, object: KubeObject): Map<string, string[]> {
	const map = new Map<string, string[]>();
	const rows: Array<[number, string | undefined]> =
		kind.kind === 'Service'
			? (object['spec'].ports ?? []).map((port: any) => [port.port, port.protocol])
			: containersOf(object).flatMap(container => (container.ports ?? []).map((port: any) => [port.containerPort, port.protocol]));
	for (const [port, protocol] of rows) map.set(String(port), [...new Set([...(map.get(String(port)) ?? []), protocol ?? 'TCP'])]);
	return map;
}
