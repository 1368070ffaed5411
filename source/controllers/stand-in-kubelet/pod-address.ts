import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';

export const podsByAddress = {
	resource: 'pods',
	index: 'address',
	keys: (pod: KubeObject): readonly string[] => (pod['status']?.podIP ? [pod['status'].podIP] : []),
};

/** The node's next free address: they are handed out in turn, so that a new pod seldom gets the address of one just gone. */
export function takeAddress({client, sim}: ControllerContext, pod: KubeObject, node: KubeObject): string {
	const [prefix = 0, bits = 24] = parse(node['spec'].podCIDR ?? '10.244.0.0/24');
	const size = 2 ** (32 - bits);
	const last = sim.state.table<number>('stand-in-kubelet/last-address');
	const from = last.get(node.metadata.name) ?? 1;
	for (let step = 1; step < size; step++) {
		// The network's own address, the bridge's and the broadcast address are nobody's.
		const offset = 2 + ((from - 2 + step) % (size - 3));
		const address = print(prefix + offset);
		if (client.indexed('pods', 'address', address).length > 0) continue;
		last.set(node.metadata.name, offset);
		return address;
	}

	throw new Error(`no address left on ${node.metadata.name} for ${pod.metadata.name}`);
}

function parse(cidr: string): [prefix: number, bits: number] {
	const [address = '', bits = '24'] = cidr.split('/');
	return [address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0), Number(bits)];
}

const print = (address: number): string => [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
