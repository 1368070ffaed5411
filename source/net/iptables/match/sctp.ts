import type {MatchKind} from '../match-kind.js';
import {listPorts, matchPorts, portOptions} from './port-options.js';

const match: MatchKind = {
	name: 'sctp',
	options: portOptions,
	list: (options, numeric) => `sctp${listPorts(options, numeric)}`,
	compile(options) {
		const ports = matchPorts(options);
		return flow => flow.packet.protocol === 'sctp' && ports(flow);
	},
};
export default match;
