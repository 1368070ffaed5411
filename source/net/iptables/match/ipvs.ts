import {inPrefix, parseIpv4, parsePrefix} from '../../address.js';
import {protocolNumber, readAddress, readPort, readProtocol} from '../text.js';
import {type MatchKind, not, saveGiven} from '../match-kind.js';
import {usageError} from '../iptables.js';

const protocols: Readonly<Record<string, string>> = {'6': 'tcp', '17': 'udp', '132': 'sctp'};

const match: MatchKind = {
	name: 'ipvs',
	options: {
		ipvs: {negatable: true},
		vproto: {words: 1, negatable: true, read: value => String(protocolNumber(readProtocol(value)))},
		vaddr: {words: 1, negatable: true, read: value => readAddress(value, 4)},
		vport: {words: 1, negatable: true, read: value => String(readPort(value))},
		vdir: {words: 1, read: value => value.toUpperCase()},
	},
	finish(options) {
		if (Object.keys(options).length === 0) throw usageError('IPVS: At least one option is required');
		return options;
	},
	save: options => saveGiven(options, match.options),
	list: options =>
		Object.entries(options)
			.map(([name, option]) => `${not(option)}${name}${option.value ? ` ${option.value}` : ''}`)
			.join(' '),
	compile(options) {
		const address = options['vaddr'] && parsePrefix(options['vaddr'].value);
		return flow => {
			const {protocol} = flow.packet;
			const connection = flow.kernel.ipvs
				.connections()
				.find(
					each =>
						each.protocol === protocol &&
						((each.client.address === flow.packet.source && each.client.port === flow.packet.sourcePort) ||
							(each.client.address === flow.packet.destination && each.client.port === flow.packet.destinationPort)),
				);
			if (!connection) return options['ipvs']?.negated ?? false;
			if (options['ipvs']?.negated) return false;
			const {vproto, vaddr, vport} = options;
			if (vproto && (protocols[vproto.value] === protocol) === vproto.negated) return false;
			if (vaddr && address && inPrefix(parseIpv4(connection.virtual.address) ?? 0, address) === vaddr.negated) return false;
			return !vport || (connection.virtual.port === Number(vport.value)) !== vport.negated;
		};
	},
};
export default match;
