import {inPortRange, portName, readPort} from '../text.js';
import type {MatchKind} from '../match-kind.js';
import {portEnds} from './port-options.js';
import {usageError} from '../iptables.js';

const portsMax = 15;
const withPorts = ['tcp', 'udp', 'udplite', 'sctp'];

const readRange = (text: string): string => {
	const [low = '', high] = text.split(/:(.*)/s);
	if (high === undefined) return String(readPort(low));
	if (readPort(low) >= readPort(high)) throw usageError('invalid portrange specified');
	return `${readPort(low)}:${readPort(high)}`;
};

const readPorts = (value: string): string => {
	const ports = value.split(',').map(readRange);
	if (ports.length > portsMax) throw usageError('too many ports specified');
	return ports.join(',');
};

const spec = {words: 1, negatable: true, read: readPorts} as const;

const match: MatchKind = {
	name: 'multiport',
	options: {
		sports: {...spec, aliases: ['source-ports'], without: ['dports', 'ports']},
		dports: {...spec, aliases: ['destination-ports'], without: ['sports', 'ports']},
		ports: {...spec, without: ['sports', 'dports']},
	},
	finish(options, protocol) {
		if (!protocol || protocol.negated || protocol.value === 'all')
			throw usageError("multiport needs `-p tcp', `-p udp', `-p udplite', `-p sctp' or `-p dccp'");
		if (!withPorts.includes(protocol.value)) throw usageError('multiport only works with TCP, UDP, UDPLITE, SCTP and DCCP');
		if (Object.keys(options).length === 0) throw usageError('multiport expection an option');
		return options;
	},
	list(options, numeric) {
		const [name, option] = Object.entries(options)[0]!;
		const ports = option.value.split(',').map(port => (numeric || port.includes(':') ? port : portName(port)));
		return `multiport ${name} ${option.negated ? '! ' : ''}${ports.join(',')}`;
	},
	asks(options) {
		const [name, option] = Object.entries(options)[0]!;
		const sides = (['source', 'destination'] as const).filter(side => name === 'ports' || name === `${side[0]}ports`);
		return {ports: option.value.split(',').flatMap(range => sides.map(side => ({side, ...portEnds(range)})))};
	},
	compile(options) {
		const [name, option] = Object.entries(options)[0]!;
		const ranges = option.value.split(',');
		const within = (port: number) => ranges.some(range => inPortRange(port, range));
		return ({packet}) => {
			const found = (name !== 'dports' && within(packet.sourcePort)) || (name !== 'sports' && within(packet.destinationPort));
			return found !== option.negated;
		};
	},
};
export default match;
