import {isMulticast} from '../../address.js';
import type {Flow} from '../../flow.js';
import {type MatchKind, saveGiven} from '../match-kind.js';
import {usageError} from '../iptables.js';

const types = [
	'UNSPEC',
	'UNICAST',
	'LOCAL',
	'BROADCAST',
	'ANYCAST',
	'MULTICAST',
	'BLACKHOLE',
	'UNREACHABLE',
	'PROHIBIT',
	'THROW',
	'NAT',
	'XRESOLVE',
];

const read = (value: string) => {
	const wanted = value.toUpperCase().split(',');
	for (const type of wanted) if (!types.includes(type)) throw usageError(`addrtype: bad type "${type}"`);
	return types.filter(type => wanted.includes(type)).join(',');
};

/** The kernel asks its routing tables; a limit to one interface makes only that one's addresses count as local. */
function typeOf(flow: Flow, address: string, device: string): string {
	if (address === '255.255.255.255') return 'BROADCAST';
	if (isMulticast(address)) return 'MULTICAST';
	const local = flow.kernel.routes.localDevice(address);
	if (local !== undefined && (device === '' || local === device)) return 'LOCAL';
	if (flow.kernel.routes.isBroadcast(address)) return 'BROADCAST';
	const route = local === undefined ? flow.kernel.routes.lookup(address) : undefined;
	return route && route.type !== undefined && route.type !== 'unicast' ? route.type.toUpperCase() : 'UNICAST';
}

const match: MatchKind = {
	name: 'addrtype',
	options: {
		'src-type': {words: 1, negatable: true, read},
		'dst-type': {words: 1, negatable: true, read},
		'limit-iface-in': {without: ['limit-iface-out']},
		'limit-iface-out': {},
	},
	finish(options) {
		if (!options['src-type'] && !options['dst-type']) throw usageError('addrtype: you must specify --src-type or --dst-type');
		return options;
	},
	refused: (options, {hook}) =>
		(options['limit-iface-in'] !== undefined && (hook === 'OUTPUT' || hook === 'POSTROUTING')) ||
		(options['limit-iface-out'] !== undefined && (hook === 'INPUT' || hook === 'PREROUTING')),
	save: options => saveGiven(options, match.options),
	list(options) {
		const one = (name: string) => (options[name] ? ` ${name} ${options[name].negated ? '!' : ''}${options[name].value}` : '');
		const limit = (name: string) => (options[name] ? ` ${name}` : '');
		return `ADDRTYPE match${one('src-type')}${one('dst-type')}${limit('limit-iface-in')}${limit('limit-iface-out')}`;
	},
	asks: () => ({}),
	compile(options) {
		const source = options['src-type'];
		const destination = options['dst-type'];
		const sourceTypes = source?.value.split(',') ?? [];
		const destinationTypes = destination?.value.split(',') ?? [];
		return flow => {
			const device = options['limit-iface-in'] ? flow.inLink : options['limit-iface-out'] ? flow.outLink : '';
			if (source && sourceTypes.includes(typeOf(flow, flow.packet.source, device)) === source.negated) return false;
			return !destination || destinationTypes.includes(typeOf(flow, flow.packet.destination, device)) !== destination.negated;
		};
	},
};
export default match;
