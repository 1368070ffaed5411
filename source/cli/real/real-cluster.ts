import type {KubeObject} from '../../api/object.js';
import type {AddressBook} from '../../checks/target.js';
import {inputError} from '../command.js';
import type {Kubectl} from './kubectl.js';

/** A cluster that answers through kubectl. */
export interface RealCluster {
	readonly kubectl: Kubectl;
	readonly nodes: readonly KubeObject[];
	/** Undefined when the cluster does not know the kind. */
	list(kind: string, namespace: string | undefined, selector: string | undefined): Promise<readonly KubeObject[] | undefined>;
	isNamespaced(kind: string): Promise<boolean>;
	addressBook(): Promise<AddressBook>;
	/** A lab's name for a node stands for the node in the same place: `k8s-master` for the control plane, `k8s-node1` for the first worker. */
	nodeNamed(name: string): string | undefined;
}

export async function openRealCluster(kubectl: Kubectl): Promise<RealCluster> {
	const {exitCode, stdout, stderr} = await kubectl.run(['get', 'nodes', '-o', 'json']);
	if (exitCode !== 0) throw inputError(`the cluster does not answer: ${stderr.trim().split('\n').at(-1)}`);
	const nodes: readonly KubeObject[] = JSON.parse(stdout).items;
	const isMaster = (node: KubeObject) => 'node-role.kubernetes.io/control-plane' in (node.metadata.labels ?? {});
	const workers = nodes.filter(node => !isMaster(node));
	const nodeNamed = (name: string) => {
		if (nodes.some(node => node.metadata.name === name)) return name;
		if (name === 'k8s-master') return nodes.find(isMaster)?.metadata.name;
		const [, number] = /^k8s-node(\d+)$/.exec(name) ?? [];
		return number === undefined ? undefined : workers[Number(number) - 1]?.metadata.name;
	};
	const scopes = new Map<string, boolean>();
	const cluster: RealCluster = {
		kubectl,
		nodes,
		nodeNamed,
		async isNamespaced(kind) {
			// Asking for a namespace with a kind that has none is ignored; the objects tell.
			if (!scopes.has(kind)) {
				const text = await kubectl.get('get', kind, '-A', '-o', 'jsonpath={.items[0].metadata.namespace}');
				scopes.set(kind, text !== '' || !(await kubectl.get('get', kind, '-o', 'name')));
			}
			return scopes.get(kind)!;
		},
		async list(kind, namespace, selector) {
			const where = [...(namespace ? ['-n', namespace] : []), ...(selector ? ['-l', selector] : [])];
			const text = await kubectl.get('get', kind, ...where, '-o', 'json');
			return text === undefined ? undefined : JSON.parse(text).items;
		},
		async addressBook() {
			const services = JSON.parse((await kubectl.get('get', 'services', '-A', '-o', 'json')) ?? '{"items":[]}').items as KubeObject[];
			return {
				service: (namespace, name) => services.find(each => each.metadata.namespace === namespace && each.metadata.name === name),
				nodeAddress(node) {
					const name = node === undefined ? nodes[0]?.metadata.name : nodeNamed(node);
					const found = nodes.find(each => each.metadata.name === name);
					return found?.['status'].addresses.find((each: {type: string}) => each.type === 'InternalIP')?.address;
				},
			};
		},
	};
	return cluster;
}
