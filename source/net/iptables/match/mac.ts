import type {MatchKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const match: MatchKind = {
	name: 'mac',
	options: {
		'mac-source': {
			words: 1,
			needed: true,
			negatable: true,
			read(value) {
				if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value)) throw usageError('Invalid MAC address specified.');
				return value.toLowerCase();
			},
		},
	},
	refused: (_, {hook}) => hook === 'OUTPUT' || hook === 'POSTROUTING',
	list: options => `MAC${options['mac-source']!.negated ? ' !' : ' '}${options['mac-source']!.value}`,
	compile(options) {
		const {value, negated} = options['mac-source']!;
		return flow => flow.inLink !== '' && (flow.kernel.macOf(flow.packet.source) === value) !== negated;
	},
};
export default match;
