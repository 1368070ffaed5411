import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn, wide} from '../cells.js';
import {roundUp} from '../pod/defaults.js';
import {describeNode} from './describe.js';
import {validateNode} from './validate.js';

const rolePrefix = 'node-role.kubernetes.io/';
/** Go prints these even when nobody set them. */
const emptyInfo = Object.fromEntries(
	'architecture bootID containerRuntimeVersion kernelVersion kubeProxyVersion kubeletVersion machineID operatingSystem osImage systemUUID'
		.split(' ')
		.map(field => [field, '']),
);
const address = (node: any, type: string): string => node.status?.addresses?.find((entry: any) => entry.type === type)?.address || '<none>';

export default {
	kind: 'Node',
	group: '',
	version: 'v1',
	plural: 'nodes',
	singular: 'node',
	shortNames: ['no'],
	namespaced: false,
	subresources: ['status', 'proxy'],
	schema: 'core.v1.Node',
	selectableFields: {'spec.unschedulable': node => String(Boolean(node.spec?.unschedulable))},
	defaults(node) {
		node.spec ??= {};
		onePodRange(node.spec);
		node.status ??= {};
		node.status.daemonEndpoints = {kubeletEndpoint: {Port: 0}, ...node.status.daemonEndpoints};
		node.status.nodeInfo = {...emptyInfo, ...node.status.nodeInfo};
		roundUp(node.status.capacity);
		if (node.status.capacity) node.status.allocatable ??= {...node.status.capacity};
		roundUp(node.status.allocatable);
	},
	/** Unlike other kinds, a node keeps the status it is registered with. */
	prepareForCreate() {},
	validate: validateNode,
	columns: [
		nameColumn,
		column('Status', statusText),
		column('Roles', ({metadata}) => rolesOf(metadata.labels ?? {}).join(',') || '<none>'),
		ageColumn,
		column('Version', ({status}) => status?.nodeInfo?.kubeletVersion ?? ''),
		wide('Internal-IP', node => address(node, 'InternalIP')),
		wide('External-IP', node => address(node, 'ExternalIP')),
		wide('OS-Image', ({status}) => status?.nodeInfo?.osImage || '<unknown>'),
		wide('Kernel-Version', ({status}) => status?.nodeInfo?.kernelVersion || '<unknown>'),
		wide('Container-Runtime', ({status}) => status?.nodeInfo?.containerRuntimeVersion || '<unknown>'),
	],
	describe: describeNode,
} satisfies Kind;

function statusText({spec, status}: any): string {
	const ready = status?.conditions?.find((condition: any) => condition.type === 'Ready');
	const words = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'];
	if (spec?.unschedulable) words.push('SchedulingDisabled');
	return words.join(',');
}

/** From the labels `node-role.kubernetes.io/<role>` and `kubernetes.io/role=<role>`. */
export function rolesOf(labels: Record<string, string>): string[] {
	const roles = new Set<string>();
	for (const [key, value] of Object.entries(labels)) {
		if (key.startsWith(rolePrefix) && key.length > rolePrefix.length) roles.add(key.slice(rolePrefix.length));
		else if (key === 'kubernetes.io/role' && value) roles.add(value);
	}

	return [...roles].sort();
}

/** Old clients know only `podCIDR`, which is the first of the list. Models Convert_v1_NodeSpec_To_core_NodeSpec and back. */
function onePodRange(spec: any): void {
	if (spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
	if (spec.podCIDRs?.length) spec.podCIDR = spec.podCIDRs[0];
}
