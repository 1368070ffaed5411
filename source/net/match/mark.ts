import {hex, readNumber} from '../iptables-text.js';
import {type MatchKind, not, usageError} from '../match-kind.js';

/** `0x4000/0x4000`; a full mask is not printed. */
export function readMark(value: string, option: string): string {
	const [mark = '', mask] = value.split('/');
	const number = readNumber(mark, option);
	return mask === undefined || readNumber(mask, option) === 0xff_ff_ff_ff ? hex(number) : `${hex(number)}/${hex(readNumber(mask, option))}`;
}

export function markParts(value: string): {mark: number; mask: number} {
	const [mark = '0', mask] = value.split('/');
	return {mark: Number(mark) >>> 0, mask: mask === undefined ? 0xff_ff_ff_ff : Number(mask) >>> 0};
}

const match: MatchKind = {
	name: 'mark',
	options: {mark: {words: 1, negatable: true, read: readMark}},
	finish(options) {
		if (!options['mark']) throw usageError('mark: option "--mark" must be specified');
		return options;
	},
	list: options => `mark match ${not(options['mark'])}${options['mark']!.value}`,
	compile(options) {
		const {mark, mask} = markParts(options['mark']!.value);
		const {negated} = options['mark']!;
		return ({packet}) => ((packet.mark & mask) >>> 0 === mark) !== negated;
	},
};
export default match;
