import type {Link} from '../../net/link.js';
import type {Namespace} from '../../net/namespace.js';
import {linkFlags, linkName} from './ip/print.js';
import {refuse, stackOf, tool} from './tool.js';

/** Of `bridge`, in the order in which a beginning is matched. */
const objects: ReadonlyArray<readonly [name: string, show?: (stack: Namespace, only: (link: Link) => boolean) => string]> = [
	['link', ports],
	['fdb', forwarding],
	['mdb', groups],
	['mst'],
	['vlan', vlans],
	['vni'],
	['monitor'],
];

export default tool({
	name: 'bridge',
	summary: 'show the ports of bridges',
	path: '/usr/sbin/bridge',
	run(io) {
		const words = io.argv.slice(1).filter(word => !/^-(?:c|color|d|details)$/.test(word));
		const [name, ...rest] = words;
		if (name === '-V' || name === '-Version') {
			io.out('bridge utility, iproute2-6.11.0\n');
			return 0;
		}

		const object = name === undefined || name.startsWith('-') ? undefined : objects.find(([each]) => each.startsWith(name));
		if (name !== undefined && !name.startsWith('-') && !object && name !== 'help') {
			io.err(`Object "${name}" is unknown, try "bridge help".\n`);
			return 1;
		}

		const [verb = 'show', ...more] = rest;
		const listing = ['show', 'lst', 'list'].some(each => each.startsWith(verb));
		const device = /^(?:dev|br)$/.test(more[0] ?? '') ? more[1] : undefined;
		if (!object?.[1] || !listing || more.length !== (device === undefined ? 0 : 2)) return refuse(io, io.argv.join(' '));
		const stack = stackOf(io);
		if (device !== undefined && !stack.links.get(device)) {
			io.err(`Cannot find device "${device}"\n`);
			return 1;
		}

		io.out(object[1](stack, link => device === undefined || (more[0] === 'br' ? link.master : link.name) === device));
		return 0;
	},
});

const isPort = ({master}: Link) => master !== undefined;

function ports(stack: Namespace, only: (link: Link) => boolean): string {
	return stack.links
		.list()
		.filter(link => isPort(link) && only(link))
		.map(link => {
			const state = link.up && link.carrier ? 'forwarding' : 'disabled';
			return `${link.index}: ${linkName(stack, link)}: <${linkFlags(stack, link)}> mtu ${link.mtu} master ${link.master} state ${state} priority 32 cost 2 \n`;
		})
		.join('');
}

/** A bridge and each of its ports is in VLAN 1, whether it filters by them or not. */
function vlans(stack: Namespace, only: (link: Link) => boolean): string {
	const rows = stack.links.list().filter(link => (isPort(link) || link.type === 'bridge') && only(link));
	return `port              vlan-id  \n${rows.map(({name}) => `${name.padEnd(17)} 1 PVID Egress Untagged\n`).join('')}`;
}

/** What a device listens to by itself; of a port its own address, and those seen behind it; a bridge also hears who queries multicast. */
function forwarding(stack: Namespace, only: (link: Link) => boolean): string {
	return stack.links
		.list()
		.filter(link => (link.up || isPort(link)) && only(link) && /^(?:ethernet|veth|bridge)$/.test(link.type))
		.flatMap(link => {
			const snooping = link.type === 'bridge' ? ['01:00:5e:00:00:6a', '33:33:00:00:00:6a'] : [];
			const heard = link.up ? ['33:33:00:00:00:01', ...snooping, '01:00:5e:00:00:01', `33:33:ff:${link.mac.slice(9)}`] : [];
			return [
				...(isPort(link) ? learned(stack, link).map(mac => `${mac} dev ${link.name} master ${link.master} \n`) : []),
				...(isPort(link) ? [`${link.mac} dev ${link.name} master ${link.master} permanent\n`] : []),
				...heard.map(mac => `${mac} dev ${link.name} self permanent\n`),
			];
		})
		.join('');
}

/** The other end of a veth, once it has said anything. */
function learned(stack: Namespace, {peer, master}: Link): string[] {
	const far = peer && stack.kernel.wire.kernel(peer.namespace);
	const end = far?.links.get(peer!.link);
	if (!far || !end) return [];
	// It asked who somebody is, or was asked for.
	const asked = far.neighbours.list().some(row => row.device === end.name);
	return asked || stack.neighbours.list().some(row => row.device === master && row.mac === end.mac) ? [end.mac] : [];
}

function groups(stack: Namespace, only: (link: Link) => boolean): string {
	return stack.links
		.list()
		.filter(link => link.type === 'bridge' && link.up && only(link))
		.flatMap(({name, mac}) =>
			['ff02::6a', `ff02::1:ff${mac.slice(9, 11)}:${mac.slice(12).replace(':', '')}`].map(
				group => `dev ${name} port ${name} grp ${group} temp\n`,
			),
		)
		.join('');
}
