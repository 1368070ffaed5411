import type {Packet} from '../../packet.js';
import type {MatchKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** Type and, for unreachables, code. */
const types: Readonly<Record<string, string>> = {
	any: '255',
	'echo-reply': '0',
	pong: '0',
	'destination-unreachable': '3',
	'network-unreachable': '3/0',
	'host-unreachable': '3/1',
	'protocol-unreachable': '3/2',
	'port-unreachable': '3/3',
	'fragmentation-needed': '3/4',
	'communication-prohibited': '3/13',
	redirect: '5',
	'echo-request': '8',
	ping: '8',
	'time-exceeded': '11',
	'ttl-exceeded': '11',
};
const names: Readonly<Record<string, string>> = {
	any: 'any',
	'0': 'echo-reply',
	'3': 'destination-unreachable',
	'3/3': 'port-unreachable',
	'8': 'echo-request',
	'11': 'time-exceeded',
};
const ofPacket: Readonly<Record<string, string>> = {'echo-request': '8', 'echo-reply': '0', unreachable: '3', 'time-exceeded': '11'};
const codes: Readonly<Record<string, string>> = {net: '0', host: '1', protocol: '2', port: '3', 'frag-needed': '4', prohibited: '13'};

const numberOf = ({icmp}: Packet) => `${ofPacket[icmp?.type ?? ''] ?? ''}/${codes[icmp?.code ?? ''] ?? '0'}`;

const match: MatchKind = {
	name: 'icmp',
	options: {
		'icmp-type': {
			words: 1,
			negatable: true,
			needed: true,
			read(value) {
				if (value.includes(':')) throw usageError('ICMP type range not supported');
				if (/^\d+(\/\d+)?$/.test(value) && value.split('/').every(part => Number(part) < 256)) return value;
				const found = types[value.toLowerCase()];
				if (found === undefined) throw usageError(`Unknown ICMP type \`${value}'`);
				return found === '255' ? 'any' : found;
			},
		},
	},
	list(options, numeric) {
		const {value, negated} = options['icmp-type']!;
		if (!numeric && names[value]) return `icmp ${negated ? '!' : ''}${names[value]}`;
		const [type, code] = value === 'any' ? ['255'] : value.split('/');
		// libxt_icmp prints " icmp" and "type 8" without a blank between them.
		return `icmp${negated ? ' !' : ''}type ${type}${code === undefined ? '' : ` code ${code}`}`;
	},
	compile(options) {
		const {value, negated} = options['icmp-type']!;
		return ({packet}) => {
			if (packet.protocol !== 'icmp') return false;
			const own = numberOf(packet);
			return (value === 'any' || (value.includes('/') ? own === value : own.split('/')[0] === value)) !== negated;
		};
	},
};
export default match;
