import {quoteText} from '../text.js';
import type {MatchKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const lengthMax = 255;

const match: MatchKind = {
	name: 'comment',
	options: {
		comment: {
			words: 1,
			needed: true,
			read(value) {
				if (value.length > lengthMax) throw usageError(`COMMENT must be shorter than ${lengthMax + 1} chars`);
				return value;
			},
		},
	},
	save: options => ` --comment ${quoteText(options['comment']!.value)}`,
	list: options => `/* ${options['comment']!.value} */`,
	compile: () => () => true,
};
export default match;
