import type {Owners} from '../explain/owners.js';

const forwarding = '/proc/sys/net/ipv4/ip_forward';
/** Calico's: the gateway of every pod, for which its node answers by proxy ARP. */
const podGateway = '169.254.1.1';

/** Why somebody who has an address does not answer ARP for it; `''` when nobody has it, or nobody knows. */
export function whyMute(address: string, asker: string, {world, nodeOf}: Owners): string {
	if (address === podGateway) {
		const node = world.host(nodeOf(asker));
		// arp_fwd_proxy (net/ipv4/arp.c): whoever does not forward answers for nobody else.
		const off = node?.files.exists(forwarding) && node.files.readText(forwarding).trim() === '0';
		return off ? `: net.ipv4.ip_forward is 0 on ${node!.name}, which so is no gateway for its pods` : '';
	}

	for (const {name, stack} of world.hosts()) {
		const link = stack.links.list().find(({addresses}) => addresses.some(each => each.address === address));
		if (!link) continue;
		if (!world.isUp(name)) return `: ${name} is switched off`;
		return link.up ? (link.carrier ? '' : `: the cable of ${name} is pulled`) : `: ${link.name} of ${name} is down`;
	}

	return '';
}
