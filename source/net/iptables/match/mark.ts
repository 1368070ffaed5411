import {hex, readMasked} from '../text.js';
import {type MatchKind, not} from '../match-kind.js';

/** `0x4000/0x4000`; a full mask is not printed. */
export function readMark(text: string, option: string, kind: string): string {
	const {value, mask} = readMasked(text, option, kind);
	return mask === undefined || mask === 0xff_ff_ff_ff ? hex(value) : `${hex(value)}/${hex(mask)}`;
}

export function markParts(value: string): {mark: number; mask: number} {
	const [mark = '0', mask] = value.split('/');
	return {mark: Number(mark) >>> 0, mask: mask === undefined ? 0xff_ff_ff_ff : Number(mask) >>> 0};
}

const match: MatchKind = {
	name: 'mark',
	options: {mark: {words: 1, negatable: true, needed: true, read: readMark}},
	list: options => `mark match ${not(options['mark'])}${options['mark']!.value}`,
	asks: () => ({}),
	compile(options) {
		const {mark, mask} = markParts(options['mark']!.value);
		const {negated} = options['mark']!;
		return ({packet}) => ((packet.mark & mask) >>> 0 === mark) !== negated;
	},
};
export default match;
