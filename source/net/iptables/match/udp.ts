import type {MatchKind} from '../match-kind.js';
import {listPorts, matchPorts, portOptions, portsAsked} from './port-options.js';

const match: MatchKind = {
	name: 'udp',
	options: portOptions,
	list: (options, numeric) => `udp${listPorts(options, numeric)}`,
	asks: portsAsked,
	compile(options) {
		const ports = matchPorts(options);
		return flow => flow.packet.protocol === 'udp' && ports(flow);
	},
};
export default match;
