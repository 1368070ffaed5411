import {quoteText} from '../text.js';
import type {TargetKind} from '../match-kind.js';

/** Copies go to whoever listens on the group; here nobody does. */
const target: TargetKind = {
	name: 'NFLOG',
	options: {'nflog-prefix': {words: 1}, 'nflog-group': {words: 1, range: [0, 65_535]}},
	save(options) {
		const {'nflog-prefix': prefix, 'nflog-group': group} = options;
		return `${prefix === undefined ? '' : ` --nflog-prefix ${quoteText(String(prefix))}`}${group === undefined || group === '0' ? '' : ` --nflog-group ${group}`}`;
	},
	list(options) {
		const {'nflog-prefix': prefix, 'nflog-group': group} = options;
		return [
			prefix === undefined ? '' : ` nflog-prefix ${quoteText(String(prefix))}`,
			group === undefined || group === '0' ? '' : ` nflog-group ${group}`,
		].join('');
	},
	compile: () => () => 'CONTINUE',
};
export default target;
