import type {KubeObject} from '../../api/object.js';
import type {ProgramContext} from '../../node/program/program.js';

type Machine = ProgramContext['machine'];

/** Another node, as BIRD sees it: all of them are peers of each other. */
export interface Peer {
	/** `Mesh_172_25_254_20` */
	readonly name: string;
	readonly address: string;
	readonly podCidr?: string;
	readonly established: boolean;
}

/** calico-node's own process on a host: BIRD lives and dies with it. */
export const agentOn = ({processes}: Machine) =>
	processes.list().find(({program, innerPid}) => program === 'calico-node' && innerPid === 1);

const addressOf = (node: KubeObject): string | undefined =>
	node['status']?.addresses?.find((each: any) => each.type === 'InternalIP')?.address;

export function peersOf({world, host}: Machine): readonly Peer[] {
	return world.api.reader.list<KubeObject>('nodes').flatMap((node): Peer[] => {
		const address = addressOf(node);
		const {name} = node.metadata;
		if (address === undefined || name === host) return [];
		const other = world.host(name);
		const established = other !== undefined && world.isUp(name) && agentOn(other) !== undefined;
		return [{name: `Mesh_${address.replaceAll('.', '_')}`, address, podCidr: node['spec'].podCIDR, established}];
	});
}
