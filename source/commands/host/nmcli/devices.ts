import type {Link} from '../../../net/link.js';
import type {Machine} from '../../../node/host/machine.js';
import {deviceOf, idOf, ipv4Of, type Profile, profilesOf} from './profiles.js';

export interface Device {
	readonly link: Link;
	readonly type: string;
	readonly state: string;
	/** The profile that is active on it, or the name of what somebody else set up. */
	readonly connection?: string;
	readonly profile?: Profile;
}

const typeNames: Readonly<Record<Link['type'], string>> = {
	...{loopback: 'loopback', ethernet: 'ethernet', veth: 'ethernet', bridge: 'bridge', dummy: 'dummy', ipip: 'iptunnel', vxlan: 'vxlan'},
};

const order = ['connected', 'connected (externally)', 'disconnected', 'unavailable', 'unmanaged'];

/** As `nmcli device` lists them: those in use first. What Calico and kube-proxy make is theirs. */
export const devicesOf = (machine: Machine): readonly Device[] =>
	machine.stack.links
		.list()
		.map(link => describe(machine, link))
		.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.link.index - b.link.index);

function describe(machine: Machine, link: Link): Device {
	const type = typeNames[link.type];
	const profile = link.type === 'ethernet' ? profilesOf(machine).find(each => deviceOf(each) === link.name) : undefined;
	if (link.type === 'loopback' || link.type === 'bridge')
		return {link, type, state: link.up ? 'connected (externally)' : 'unmanaged', ...(link.up && {connection: link.name})};
	if (link.type !== 'ethernet') return {link, type, state: 'unmanaged'};
	if (!link.carrier) return {link, type, state: 'unavailable'};
	if (!profile || !isActive(link, profile)) return {link, type, state: 'disconnected'};
	return {link, type, state: 'connected', connection: idOf(profile), profile};
}

/** It has an address: that of the profile, or one given by hand meanwhile. */
const isActive = (link: Link, profile: Profile): boolean =>
	link.up && (ipv4Of(profile).method === 'disabled' || link.addresses.some(({address}) => !address.includes(':')));
