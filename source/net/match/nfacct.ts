import {type MatchKind, usageError} from '../match-kind.js';

const match: MatchKind = {
	name: 'nfacct',
	options: {'nfacct-name': {words: 1}},
	finish(options) {
		if (!options['nfacct-name']) throw usageError('nfacct: option "--nfacct-name" must be specified');
		return options;
	},
	// Two blanks, as extensions/libxt_nfacct.c prints them.
	save: options => ` --nfacct-name  ${options['nfacct-name']!.value}`,
	list: options => `nfacct-name  ${options['nfacct-name']!.value}`,
	compile: () => () => true,
};
export default match;
