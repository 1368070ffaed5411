import {type MatchKind, not} from '../match-kind.js';
import {readStates, stateIs} from './conntrack.js';

/** The older name of `conntrack --ctstate`. */
const match: MatchKind = {
	name: 'state',
	options: {state: {words: 1, negatable: true, needed: true, read: value => readStates(value, 'state')}},
	list: options => `${not(options['state'])}state ${options['state']!.value}`,
	asks: () => ({}),
	compile(options) {
		const states = options['state']!.value.split(',');
		const {negated} = options['state']!;
		return flow => stateIs(flow, states) !== negated;
	},
};
export default match;
