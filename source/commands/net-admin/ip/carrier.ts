import type {Link, Links} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';

const at = (stack: Namespace, namespace: string) => (namespace === stack.name ? stack.links : stack.kernel.wire.kernel(namespace)?.links);

/** What a device that went up or down means for others: the other end of a veth has carrier with it, a bridge with any of its ports. */
export function carry(stack: Namespace, name: string): void {
	const link = stack.links.get(name);
	if (!link) return;
	if (name === 'lo' && link.up && link.addresses.length === 0)
		stack.links.addAddress('lo', {address: '127.0.0.1', prefix: 8, scope: 'host'});
	if (link.peer) at(stack, link.peer.namespace)?.setCarrier(link.peer.link, link.up);
	if (link.master !== undefined) settleBridge(stack.links, link.master);
	const links = link.peer && at(stack, link.peer.namespace);
	const master = links?.get(link.peer!.link)?.master;
	if (links && master !== undefined) settleBridge(links, master);
}

/** A bridge takes the lowest address of its ports, and carrier from those that have it (net/bridge/br_stp_if.c). */
export function settleBridge(links: Links, name: string): void {
	const ports = links.list().filter(({master}) => master === name);
	links.configure(name, {mac: ports.map(({mac}) => mac).sort()[0] ?? '00:00:00:00:00:00'});
	links.setCarrier(
		name,
		ports.some(({up, carrier}) => up && carrier),
	);
}

/** Takes a device out of its network and puts it into another, or back under another name. A veth keeps its other end. */
export function relocate(from: Namespace, link: Link, to: Namespace, name: string): void {
	const {peer, addresses, index, master: _, ...rest} = link;
	const stays = from.name === to.name;
	if (peer) from.links.setPeer(link.name, undefined);
	from.links.remove(link.name);
	const taken = to.links.list().some(each => each.index === index);
	to.links.add({...rest, name, up: false, ...(peer && {peer}), ...(!taken && {index})});
	if (stays) for (const address of addresses) to.links.addAddress(name, address);
	if (!peer) return;
	at(to, peer.namespace)?.setPeer(peer.link, {namespace: to.name, link: name});
	carry(to, name);
}
