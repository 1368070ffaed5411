import type {Link} from './link.js';

const queueLengths: Readonly<Record<Link['type'], number>> = {
	loopback: 1000,
	ethernet: 1000,
	veth: 1000,
	bridge: 0,
	dummy: 1000,
	ipip: 1000,
	vxlan: 0,
};

export const queueLengthOf = ({queueLength, type}: Link): number => queueLength ?? queueLengths[type];

/** RFC 2863's operational state as the kernel sees it. */
export function linkState({up, carrier, type}: Link): 'UP' | 'DOWN' | 'LOWERLAYERDOWN' | 'UNKNOWN' {
	// What a veth stands on is its other end.
	if (up && !carrier && type === 'veth') return 'LOWERLAYERDOWN';
	if (!up || !carrier) return 'DOWN';
	return type === 'loopback' || type === 'dummy' || type === 'ipip' || type === 'vxlan' ? 'UNKNOWN' : 'UP';
}
