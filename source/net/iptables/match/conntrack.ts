import {inPrefix, parseIpv4, parsePrefix} from '../../address.js';
import {inPortRange, protocolNumber, readAddress, readPortRange, readProtocol} from '../text.js';
import type {Flow} from '../../flow.js';
import {type MatchKind, not, saveGiven} from '../match-kind.js';
import {dnatDone, snatDone} from '../../nat-bits.js';
import {usageError} from '../iptables.js';

const stateOrder = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];

export function readStates(value: string, option = 'ctstate'): string {
	const wrong = value.split(',').find(state => !stateOrder.includes(state.toUpperCase()));
	if (wrong !== undefined) throw usageError(`Bad ${option} "${wrong}"`);
	const states = value.toUpperCase().split(',');
	return stateOrder.filter(state => states.includes(state)).join(',');
}

/** SNAT and DNAT ask whether the connection was translated, whatever its state. */
export function stateIs(flow: Flow, states: readonly string[]): boolean {
	if (states.includes(flow.ctState)) return true;
	const nat = flow.tracked?.row.nat ?? 0;
	return (states.includes('SNAT') && (nat & snatDone) !== 0) || (states.includes('DNAT') && (nat & dnatDone) !== 0);
}

const address = {words: 1, negatable: true, read: (value: string) => readAddress(value, 4).replace(/\/32$/, '')} as const;
const port = {words: 1, negatable: true, read: readPortRange} as const;

const match: MatchKind = {
	name: 'conntrack',
	options: {
		ctstate: {words: 1, negatable: true, read: value => readStates(value)},
		ctproto: {words: 1, negatable: true, read: value => String(protocolNumber(readProtocol(value)))},
		ctorigsrc: address,
		ctorigdst: address,
		ctreplsrc: address,
		ctrepldst: address,
		ctorigsrcport: port,
		ctorigdstport: port,
		ctreplsrcport: port,
		ctrepldstport: port,
		ctdir: {
			words: 1,
			read(value) {
				const direction = value.toUpperCase();
				if (direction !== 'ORIGINAL' && direction !== 'REPLY') throw usageError(`conntrack: Bad value for "--ctdir" option: "${value}"`);
				return direction;
			},
		},
	},
	finish(options) {
		if (Object.keys(options).length === 0) throw usageError('conntrack: At least one option is required');
		return options;
	},
	save: options => saveGiven(options, match.options),
	list: options =>
		Object.keys(match.options)
			.filter(name => options[name])
			.map(name => `${not(options[name])}${name} ${options[name]!.value}`)
			.join(' '),
	asks: options => (Object.keys(options).every(name => name === 'ctstate' || name === 'ctdir') ? {} : undefined),
	compile(options) {
		const tests = Object.entries(options).map(([name, {value, negated}]) => {
			const holds = test(name, value);
			return (flow: Flow) => holds(flow) !== negated;
		});
		return tests.length === 1 ? tests[0]! : flow => tests.every(each => each(flow));
	},
};
export default match;

function test(name: string, value: string): (flow: Flow) => boolean {
	if (name === 'ctstate') {
		const states = value.split(',');
		return flow => stateIs(flow, states);
	}
	if (name === 'ctdir') return ({tracked}) => tracked !== undefined && tracked.reply === (value === 'REPLY');
	if (name === 'ctproto') return ({packet}) => protocolNumber(packet.protocol) === Number(value);
	const side = name.includes('orig') ? 'original' : 'reply';
	const end = name.includes('src') ? 'source' : 'destination';
	if (name.endsWith('port')) {
		const field = end === 'source' ? 'sourcePort' : 'destinationPort';
		return ({tracked}) => tracked !== undefined && inPortRange(tracked.row[side][field], value);
	}
	const prefix = parsePrefix(value)!;
	return ({tracked}) => tracked !== undefined && inPrefix(parseIpv4(tracked.row[side][end]) ?? 0, prefix);
}
