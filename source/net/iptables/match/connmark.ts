import {type MatchKind, not} from '../match-kind.js';
import {markParts, readMark} from './mark.js';

const match: MatchKind = {
	name: 'connmark',
	options: {mark: {words: 1, negatable: true, needed: true, read: readMark}},
	list: options => `connmark match ${not(options['mark'])} ${options['mark']!.value}`,
	compile(options) {
		const {mark, mask} = markParts(options['mark']!.value);
		const {negated} = options['mark']!;
		return ({tracked}) => tracked !== undefined && ((tracked.row.mark & mask) >>> 0 === mark) !== negated;
	},
};
export default match;
