import type {KubeObject} from '../../api/object.js';
import type {Route} from '../../net/route.js';
import {attachmentsOf} from '../../node/net/cni.js';
import type {ProgramContext} from '../../node/program/program.js';

type Machine = ProgramContext['machine'];

/** What BIRD has learned from the other nodes: one route to the pods of each, and a blackhole for the rest of its own. */
function bgpRoutes(nodes: readonly KubeObject[], own: string): Route[] {
	return nodes.flatMap((node): Route[] => {
		const destination: string | undefined = node['spec'].podCIDR;
		const via: string | undefined = node['status']?.addresses?.find((each: any) => each.type === 'InternalIP')?.address;
		if (destination === undefined) return [];
		if (node.metadata.name === own) return [{type: 'blackhole', destination, protocol: 'bird'}];
		return via === undefined ? [] : [{destination, via, dev: 'eth0', protocol: 'bird'}];
	});
}

function addMissing({stack}: Machine, wanted: readonly Route[]): void {
	const present = new Set(stack.routes.list('main').map(({destination}) => destination));
	for (const route of wanted) {
		const usable = route.dev === undefined || stack.links.list().some(({name, up}) => name === route.dev && up);
		if (usable && !present.has(route.destination)) stack.routes.add(route);
	}
}

/** BIRD looks at the kernel's routes every two seconds, and puts back what somebody took away. */
export const mendBgpRoutes = (machine: Machine, nodes: readonly KubeObject[], own: string): void =>
	addMissing(machine, bgpRoutes(nodes, own));

/** Felix does the same for the pods of its node, at each of its refreshes. */
export const mendPodRoutes = (machine: Machine): void =>
	addMissing(
		machine,
		[...attachmentsOf(machine.sim, machine.host).values()].map(({address, link}) => ({
			destination: `${address}/32`,
			dev: link,
			scope: 'link',
		})),
	);
