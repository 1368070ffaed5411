import {type MatchKind, saveGiven} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** Whose socket it is: only root's processes send in this world, so uid and gid are 0 for local packets. */
const match: MatchKind = {
	name: 'owner',
	options: {
		'uid-owner': {words: 1, negatable: true, read},
		'gid-owner': {words: 1, negatable: true, read},
		'socket-exists': {negatable: true},
	},
	finish(options) {
		if (Object.keys(options).length === 0)
			throw usageError('owner: At least one of --uid-owner, --gid-owner or --socket-exists is required');
		return options;
	},
	refused: (_, {hook}) => hook !== undefined && hook !== 'OUTPUT' && hook !== 'POSTROUTING',
	save: options => saveGiven(options, match.options),
	list: options =>
		Object.entries(options)
			.map(
				([name, {value, negated}]) =>
					`${negated ? '! ' : ''}owner ${name === 'socket-exists' ? 'socket exists' : `${name === 'uid-owner' ? 'UID' : 'GID'} match ${value}`}`,
			)
			.join(' '),
	asks: () => ({}),
	compile(options) {
		const tests = Object.values(options).map(({value, negated}) => (value === '' || value === '0' || value === 'root') !== negated);
		return flow => flow.local && tests.every(Boolean);
	},
};
export default match;

function read(value: string, option: string): string {
	if (value === 'root') return '0';
	if (!/^\d+(-\d+)?$/.test(value)) throw usageError(`owner: Bad value for "--${option}" option: "${value}"`);
	return value;
}
