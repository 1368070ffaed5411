import {type MatchKind, not, saveGiven} from '../match-kind.js';
import {listPorts, matchPorts, portOptions, portsAsked} from './port-options.js';
import {usageError} from '../iptables.js';
import {tcpFlags} from '../../packet.js';

const bits: Readonly<Record<string, number>> = {FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32, ALL: 63, NONE: 0};

const readFlags = (text: string): number => {
	let value = 0;
	for (const name of text.split(',')) {
		const bit = bits[name.toUpperCase()];
		if (bit === undefined) throw usageError(`Unknown TCP flag \`${name}'`);
		value |= bit;
	}
	return value;
};

const writeFlags = (value: number) => {
	if (value === 0) return 'NONE';
	return ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'].filter(name => value & bits[name]!).join(',');
};

const onlyOne = "Only one of `--syn' or `--tcp-flags'  allowed";
const synMask = 'FIN,SYN,RST,ACK SYN';

const match: MatchKind = {
	name: 'tcp',
	options: {
		...portOptions,
		'tcp-flags': {
			words: 2,
			short: '--tcp-flags requires two args.',
			twice: onlyOne,
			negatable: true,
			read(value) {
				const [mask = '', set = ''] = value.split(' ');
				return `${writeFlags(readFlags(mask))} ${writeFlags(readFlags(set))}`;
			},
		},
		syn: {negatable: true, twice: onlyOne},
	},
	finish(options) {
		const {syn, ...rest} = options;
		if (syn && options['tcp-flags']) throw usageError(onlyOne);
		return syn ? {...rest, 'tcp-flags': {value: synMask, negated: syn.negated}} : options;
	},
	save: options => saveGiven(options, match.options),
	list(options, numeric) {
		const flags = options['tcp-flags'];
		const [mask = '', set = ''] = flags?.value.split(' ') ?? [];
		const number = (names: string) => `0x${readFlags(names).toString(16).toUpperCase().padStart(2, '0')}`;
		return `tcp${listPorts(options, numeric)}${flags ? ` flags:${not(flags).trim()}${numeric ? `${number(mask)}/${number(set)}` : `${mask}/${set}`}` : ''}`;
	},
	asks: options => ({...portsAsked(options), ...(options['tcp-flags'] && {flags: true})}),
	compile(options) {
		const ports = matchPorts(options);
		const flags = options['tcp-flags'];
		const [mask, set] = (flags?.value.split(' ') ?? ['NONE', 'NONE']).map(readFlags);
		return flow => flow.packet.protocol === 'tcp' && ports(flow) && (!flags || ((tcpFlags(flow.packet) & mask!) === set) !== flags.negated);
	},
};
export default match;
