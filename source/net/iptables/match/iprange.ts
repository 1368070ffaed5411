import {parseIpv4} from '../../address.js';
import type {Packet} from '../../packet.js';
import {type MatchKind, type MatchOptions, saveGiven} from '../match-kind.js';
import {usageError} from '../iptables.js';

const spec = {
	words: 1,
	negatable: true,
	read(value: string, option: string) {
		const [low = '', high = low] = value.split('-');
		const from = parseIpv4(low);
		const to = parseIpv4(high);
		if (from === undefined || to === undefined)
			throw usageError(`iprange: Bad value for "--${option}" option: "${from === undefined ? low : high}"`);
		return `${low}-${high}`;
	},
} as const;

const match: MatchKind = {
	name: 'iprange',
	options: {'src-range': spec, 'dst-range': spec},
	finish(options) {
		if (Object.keys(options).length === 0) throw usageError("iprange match: You must specify `--src-range' or `--dst-range'");
		return options;
	},
	save: options => saveGiven(options, match.options),
	list: options =>
		['src-range', 'dst-range']
			.filter(name => options[name])
			.map(
				name => `${name === 'src-range' ? 'source' : 'destination'} IP range ${options[name]!.negated ? '! ' : ''}${options[name]!.value}`,
			)
			.join(' '),
	asks: () => ({}),
	compile(options) {
		const tests = [within(options, 'src-range', 'source'), within(options, 'dst-range', 'destination')];
		return ({packet}) => tests.every(test => test(packet));
	},
};
export default match;

function within(options: MatchOptions, name: string, side: 'source' | 'destination'): (packet: Packet) => boolean {
	const option = options[name];
	if (!option) return () => true;
	const [low = 0, high = 0] = option.value.split('-').map(text => parseIpv4(text));
	return packet => {
		const address = parseIpv4(packet[side]) ?? 0;
		return (address >= low && address <= high) !== option.negated;
	};
}
