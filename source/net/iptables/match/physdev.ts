import {type MatchKind, not, saveGiven} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** Bridge ports. Nothing here is bridged at the time iptables looks, so `is-in`, `is-out` and `is-bridged` never hold. */
const match: MatchKind = {
	name: 'physdev',
	options: {
		'physdev-in': {words: 1, negatable: true},
		'physdev-is-in': {negatable: true},
		'physdev-out': {words: 1, negatable: true},
		'physdev-is-out': {negatable: true},
		'physdev-is-bridged': {negatable: true},
	},
	finish(options) {
		if (Object.keys(options).length === 0) throw usageError('PHYSDEV: no physdev option specified');
		return options;
	},
	refused: (options, {hook}) => hook === 'OUTPUT' && (options['physdev-out'] ?? options['physdev-is-out']) !== undefined,
	save: options => saveGiven(options, match.options),
	list: options =>
		`PHYSDEV match${Object.keys(match.options)
			.filter(name => options[name])
			.map(name => ` ${not(options[name])}--${name}${options[name]!.value ? ` ${options[name]!.value}` : ''}`)
			.join('')}`,
	asks: () => ({}),
	compile: options => () => Object.values(options).every(option => option.negated),
};
export default match;
