import type {MatchKind} from '../match-kind.js';

const match: MatchKind = {
	name: 'nfacct',
	options: {'nfacct-name': {words: 1, needed: true}},
	// Two blanks, as extensions/libxt_nfacct.c prints them.
	save: options => ` --nfacct-name  ${options['nfacct-name']!.value}`,
	list: options => `nfacct-name  ${options['nfacct-name']!.value}`,
	compile: () => () => true,
};
export default match;
