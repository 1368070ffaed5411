import type {TargetKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const kinds: Readonly<Record<string, string>> = {
	'icmp-net-unreachable': 'net',
	'icmp-host-unreachable': 'host',
	'icmp-port-unreachable': 'port',
	'icmp-proto-unreachable': 'protocol',
	'icmp-net-prohibited': 'prohibited',
	'icmp-host-prohibited': 'prohibited',
	'icmp-admin-prohibited': 'prohibited',
	'tcp-reset': 'tcp-reset',
	'icmp6-port-unreachable': 'port',
	'icmp6-no-route': 'net',
	'icmp6-adm-prohibited': 'prohibited',
	'icmp6-addr-unreachable': 'host',
};
const short: Readonly<Record<string, string>> = {
	'net-unreach': 'icmp-net-unreachable',
	'host-unreach': 'icmp-host-unreachable',
	'port-unreach': 'icmp-port-unreachable',
	'proto-unreach': 'icmp-proto-unreachable',
	'net-prohib': 'icmp-net-prohibited',
	'host-prohib': 'icmp-host-prohibited',
	'admin-prohib': 'icmp-admin-prohibited',
	'tcp-rst': 'tcp-reset',
};

const target: TargetKind = {
	name: 'REJECT',
	options: {'reject-with': {words: 1}},
	tables: ['filter'],
	finish(given) {
		const wanted = given['reject-with'] ?? 'icmp-port-unreachable';
		const name = short[wanted] ?? wanted;
		if (!kinds[name]) throw usageError(`unknown reject type "${wanted}"`);
		return {'reject-with': name};
	},
	refused: (options, {protocol}) => options['reject-with'] === 'tcp-reset' && (protocol?.value !== 'tcp' || protocol.negated),
	list: options => `reject-with ${options['reject-with']}`,
	compile(options) {
		const answer = kinds[String(options['reject-with'])]!;
		return flow => {
			flow.rejectWith = answer;
			return 'REJECT';
		};
	},
};
export default target;
