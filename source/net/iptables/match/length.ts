import {type MatchKind, not} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** The whole IP packet, headers and all. */
const match: MatchKind = {
	name: 'length',
	options: {
		length: {
			words: 1,
			negatable: true,
			needed: true,
			read(value) {
				const wrong = /^(\d*)(?::\d*)?$/.exec(value) ? value.split(':').find(part => Number(part) > 65_535) : value;
				if (wrong !== undefined || value === '')
					throw usageError(`length: bad value for option "--length" near "${wrong ?? ''}", or out of range (0-65535).\n`);
				const [low = '', high] = value.split(':');
				return high === undefined ? String(Number(low)) : `${Number(low)}:${high === '' ? 65_535 : Number(high)}`;
			},
		},
	},
	list: options => `length ${not(options['length']).trim()}${options['length']!.value}`,
	compile(options) {
		const {value, negated} = options['length']!;
		const [low = 0, high = low] = value.split(':').map(Number);
		return ({packet}) => (packet.length >= low && packet.length <= high) !== negated;
	},
};
export default match;
