import {isMulticast} from '../../address.js';
import type {Flow} from '../../flow.js';
import type {MatchKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const spellings: Readonly<Record<string, string>> = {bcast: 'broadcast', mcast: 'multicast', host: 'unicast'};
const types = ['unicast', 'broadcast', 'multicast'];

/** To whom the frame was addressed. What this machine sends itself counts as unicast, as it comes back by lo. */
const typeOf = ({packet: {destination}, kernel}: Flow): string =>
	isMulticast(destination)
		? 'multicast'
		: destination === '255.255.255.255' || kernel.routes.isBroadcast(destination)
			? 'broadcast'
			: 'unicast';

const match: MatchKind = {
	name: 'pkttype',
	options: {
		'pkt-type': {
			words: 1,
			negatable: true,
			needed: true,
			read(value) {
				const type = spellings[value.toLowerCase()] ?? value.toLowerCase();
				if (!types.includes(type)) throw usageError(`Bad packet type '${value}'`);
				return type;
			},
		},
	},
	list: options => `PKTTYPE ${options['pkt-type']!.negated ? '!' : ''}= ${options['pkt-type']!.value}`,
	asks: () => ({}),
	compile(options) {
		const {value, negated} = options['pkt-type']!;
		return flow => (typeOf(flow) === value) !== negated;
	},
};
export default match;
