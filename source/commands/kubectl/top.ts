import type {Kind} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {parseLabelSelector} from '../../api/selector/label-selector.js';
import {parseRfc3339} from '../../api/values/time.js';
import {addQuantities, intValueOf, milliValueOf, parseQuantity, type Quantity} from '../../api/values/quantity.js';
import {alignTabs, tableTabs} from '../../kinds/describe/tabwriter.js';
import {failure, usageFailure} from './failure.js';
import {allNamespacesFlag, fieldSelectorFlag, type Flag, selectorFlag} from './flags/flag.js';
import type {Query} from './session.js';
import type {Call, Verb} from './verb.js';

const flags: readonly Flag[] = [
	...selectorFlag,
	['no-headers', 'bool', 'false'],
	['sort-by', 'string', ''],
	['use-protocol-buffers', 'bool', 'true'],
];
const zero = parseQuantity('0');
const mebi = 2 ** 20;
const metricsDelayMs = 120_000;

interface Usage {
	readonly cpu: Quantity;
	readonly memory: Quantity;
}

const usageOf = (usage: any): Usage => ({
	cpu: parseQuantity(String(usage?.cpu ?? '0')),
	memory: parseQuantity(String(usage?.memory ?? '0')),
});
const cpuText = ({cpu}: Usage) => `${milliValueOf(cpu)}m`;
const memoryText = ({memory}: Usage) => `${intValueOf(memory) / BigInt(mebi)}Mi`;

/** The resource metrics API, which metrics-server adds. */
function metricsKind({session, flags: values}: Call, plural: string): Kind {
	if (!['', 'cpu', 'memory'].includes(values.string('sort-by'))) throw failure('--sort-by accepts only cpu or memory');
	try {
		parseLabelSelector(values.string('selector'));
	} catch (error) {
		throw failure((error as Error).message);
	}

	const kind = session.api.kinds().find(one => one.group === 'metrics.k8s.io' && one.plural === plural);
	if (!kind) throw failure('Metrics API not available');
	return kind;
}

/** By namespace and name, unless by use. */
function sorted<T extends {usage: Usage; name: string; namespace?: string}>({flags: values}: Call, rows: T[]): T[] {
	const by = values.string('sort-by');
	const isFirst = (a: T, b: T) =>
		(a.namespace ?? '') === (b.namespace ?? '') ? a.name < b.name : (a.namespace ?? '') < (b.namespace ?? '');
	if (by === '') return rows.sort((a, b) => (isFirst(a, b) ? -1 : 1));
	const size = ({usage}: T) => (by === 'cpu' ? milliValueOf(usage.cpu) : intValueOf(usage.memory));
	return rows.sort((a, b) => (size(a) === size(b) ? (isFirst(a, b) ? -1 : 1) : size(a) > size(b) ? -1 : 1));
}

const node: Verb = {
	name: 'node',
	aliases: ['nodes', 'no'],
	summary: 'Display resource (CPU/memory) usage of nodes',
	usage: 'top node [NAME | -l label]',
	flags: [...flags, ['show-capacity', 'bool', 'false']],
	*run(call) {
		const {session, args, flags: values, path} = call;
		if (args.length > 1) throw usageFailure(path, 'node [NAME | -l label]');
		if (args[0] && values.string('selector')) throw failure('only one of NAME or --selector can be provided');
		const kind = metricsKind(call, 'nodes');
		const query: Query = values.string('selector') ? {labelSelector: values.string('selector')} : {};
		const metrics = args[0] ? [session.get<KubeObject>(kind, undefined, args[0])] : session.list<KubeObject>(kind, undefined, query);
		if (metrics.length === 0) throw failure('metrics not available yet');
		const field = values.bool('show-capacity') ? 'capacity' : 'allocatable';
		const nodes = session.list<KubeObject>(session.kindNamed('nodes'), undefined, query);
		const rows = sorted(
			call,
			metrics.map(one => ({name: one.metadata.name, usage: usageOf(one['usage'])})),
		);
		const lines = rows.map(({name, usage}) => {
			const total = usageOf(nodes.find(one => one.metadata.name === name)?.['status']?.[field]);
			const percent = (used: bigint, of: bigint) => (of === 0n ? '<unknown>' : `${(used * 100n) / of}%`);
			return `${name}\t${cpuText(usage)}\t${percent(milliValueOf(usage.cpu), milliValueOf(total.cpu))}\t${memoryText(usage)}\t${percent(intValueOf(usage.memory), intValueOf(total.memory))}\n`;
		});
		const silent = args[0] ? [] : nodes.map(one => one.metadata.name).filter(name => rows.every(row => row.name !== name));
		lines.push(...silent.map(name => `${name}\t<unknown>\t<unknown>\t<unknown>\t<unknown>\n`));
		session.out(
			alignTabs((values.bool('no-headers') ? '' : 'NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\n') + lines.join(''), tableTabs),
		);
		return 0;
	},
};

const pod: Verb = {
	name: 'pod',
	aliases: ['pods', 'po'],
	summary: 'Display resource (CPU/memory) usage of pods',
	usage: 'top pod [NAME | -l label]',
	flags: [...flags, ...allNamespacesFlag, ...fieldSelectorFlag, ['containers', 'bool', 'false'], ['sum', 'bool', 'false']],
	*run(call) {
		const {session, args, flags: values, path} = call;
		if (args.length > 1) throw usageFailure(path, 'pod [NAME | -l label]');
		if (args[0] && (values.string('selector') || values.string('field-selector')))
			throw failure('only one of NAME or selector can be provided');
		const kind = metricsKind(call, 'pods');
		const all = values.bool('all-namespaces');
		const namespace = all ? undefined : session.namespace;
		const query = {
			...(values.string('selector') && {labelSelector: values.string('selector')}),
			...(values.string('field-selector') && {fieldSelector: values.string('field-selector')}),
		};
		const metrics = args[0] ? [session.get<KubeObject>(kind, namespace, args[0])] : session.list<KubeObject>(kind, namespace, query);
		if (metrics.length === 0) {
			explainSilence(call, session.list<KubeObject>(session.kindNamed('pods'), namespace, query));
			session.err(all ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`);
			return 0;
		}

		session.out(podTable(call, metrics));
		return 0;
	},
};

/** Pods that are there, but of whom nothing is known yet. */
function explainSilence({session}: Call, pods: readonly KubeObject[]): void {
	if (pods.length === 0) return;
	for (const {metadata} of pods) {
		const ageMs = session.nowMs - (parseRfc3339(metadata.creationTimestamp ?? '') ?? session.nowMs);
		if (ageMs > metricsDelayMs)
			throw failure(`Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDuration(ageMs)}`);
	}

	throw failure('metrics not available yet');
}

/** Go's time.Duration in whole seconds. */
function goDuration(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${seconds % 60}s`;
}

function podTable(call: Call, metrics: readonly KubeObject[]): string {
	const {flags: values} = call;
	const [all, containers] = [values.bool('all-namespaces'), values.bool('containers')];
	const rows = metrics.flatMap(one => {
		const parts = (one['containers'] ?? []).map((container: any) => ({
			container: container.name as string,
			usage: usageOf(container.usage),
		}));
		const where = {namespace: one.metadata.namespace ?? '', name: one.metadata.name};
		return containers
			? parts.map((part: any) => ({...where, ...part}))
			: [{...where, container: '', usage: sum(parts.map((part: any) => part.usage))}];
	});
	const lines = sorted(call, rows).map(
		row =>
			`${all ? `${row.namespace}\t` : ''}${row.name}\t${containers ? `${row.container}\t` : ''}${cpuText(row.usage)}\t${memoryText(row.usage)}\n`,
	);
	if (values.bool('sum')) {
		const total = sum(rows.map(row => row.usage));
		const pad = `${all ? '\t' : ''}${containers ? '\t' : ''}`;
		lines.push(`${pad}\t________\t________\n`, `${pad}\t${cpuText(total)}\t${memoryText(total)}\n`);
	}

	const header = `${all ? 'NAMESPACE\t' : ''}${containers ? 'POD\tNAME' : 'NAME'}\tCPU(cores)\tMEMORY(bytes)\n`;
	return alignTabs((values.bool('no-headers') ? '' : header) + lines.join(''), tableTabs);
}

const sum = (list: readonly Usage[]): Usage =>
	list.reduce((total, one) => ({cpu: addQuantities(total.cpu, one.cpu), memory: addQuantities(total.memory, one.memory)}), {
		cpu: zero,
		memory: zero,
	});

const top: Verb = {
	name: 'top',
	summary: 'Display resource (CPU/memory) usage',
	group: 'Cluster Management Commands:',
	flags: [],
	verbs: [node, pod],
};

export default top;
