import {inPortRange, portName, readPortRange} from '../iptables-text.js';
import {type MatchKind, usageError} from '../match-kind.js';

const portsMax = 15;

const readPorts = (value: string): string => {
	const ports = value.split(',').map(readPortRange);
	if (ports.length > portsMax) throw usageError('too many ports specified');
	return ports.join(',');
};

const spec = {words: 1, negatable: true, read: readPorts} as const;

const match: MatchKind = {
	name: 'multiport',
	options: {sports: {...spec, aliases: ['source-ports']}, dports: {...spec, aliases: ['destination-ports']}, ports: spec},
	finish(options) {
		if (Object.keys(options).length === 0) throw usageError('multiport expection an option');
		return options;
	},
	list(options, numeric) {
		const [name, option] = Object.entries(options)[0]!;
		const ports = option.value.split(',').map(port => (numeric || port.includes(':') ? port : portName(port)));
		return `multiport ${name} ${option.negated ? '! ' : ''}${ports.join(',')}`;
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
