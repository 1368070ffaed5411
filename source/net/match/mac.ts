import {type MatchKind, usageError} from '../match-kind.js';

const match: MatchKind = {
	name: 'mac',
	options: {
		'mac-source': {
			words: 1,
			negatable: true,
			read(value) {
				if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value)) throw usageError(`mac: Bad value for "--mac-source" option: "${value}"`);
				return value.toLowerCase();
			},
		},
	},
	finish(options) {
		if (!options['mac-source']) throw usageError('mac: option "--mac-source" must be specified');
		return options;
	},
	list: options => `MAC${options['mac-source']!.negated ? ' !' : ' '}${options['mac-source']!.value}`,
	compile(options) {
		const {value, negated} = options['mac-source']!;
		return flow => flow.inLink !== '' && (flow.kernel.macOf(flow.packet.source) === value) !== negated;
	},
};
export default match;
