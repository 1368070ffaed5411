import type {Link} from '../../net/link.js';
import type {Namespace} from '../../net/namespace.js';
import {linkFlags, linkName} from './ip/print.js';
import {refuse, stackOf, tool} from './tool.js';

/** Of `bridge`, in the order in which a beginning is matched. */
const objects: ReadonlyArray<readonly [name: string, show?: (stack: Namespace, only: (link: Link) => boolean) => string]> = [
	['link', ports],
	['fdb'],
	['mdb'],
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
		const device = more[0] === 'dev' ? more[1] : undefined;
		if (!object?.[1] || !listing || more.length !== (device === undefined ? 0 : 2)) return refuse(io, io.argv.join(' '));
		const stack = stackOf(io);
		if (device !== undefined && !stack.links.get(device)) {
			io.err(`Cannot find device "${device}"\n`);
			return 1;
		}

		io.out(object[1](stack, link => device === undefined || link.name === device));
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
			return `${link.index}: ${linkName(stack, link)}: <${linkFlags(link)}> mtu ${link.mtu} master ${link.master} state ${state} priority 32 cost 2 \n`;
		})
		.join('');
}

/** A bridge and each of its ports is in VLAN 1, whether it filters by them or not. */
function vlans(stack: Namespace, only: (link: Link) => boolean): string {
	const rows = stack.links.list().filter(link => (isPort(link) || link.type === 'bridge') && only(link));
	return `port              vlan-id  \n${rows.map(({name}) => `${name.padEnd(17)} 1 PVID Egress Untagged\n`).join('')}`;
}
