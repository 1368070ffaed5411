import {type MatchKind, not} from '../match-kind.js';
import {usageError} from '../iptables.js';

const match: MatchKind = {
	name: 'set',
	options: {
		'match-set': {
			words: 2,
			short: '--match-set requires two args.',
			negatable: true,
			aliases: ['set'],
			read(value) {
				const [name = '', directions = ''] = value.split(' ');
				for (const direction of directions.split(',')) {
					if (direction !== 'src' && direction !== 'dst')
						throw usageError(`You must spefify (the comma separated list of) 'src' or 'dst'.`);
				}
				return `${name} ${directions}`;
			},
		},
	},
	finish(options) {
		if (!options['match-set']) throw usageError("You must specify `--match-set' with proper arguments");
		return options;
	},
	list: options => `${not(options['match-set'])}match-set ${options['match-set']!.value}`,
	asks(options) {
		const [name = '', directions = ''] = options['match-set']!.value.split(' ');
		const sides = directions.split(',');
		return {ports: sides.map((side, at) => ({side: side === 'src' ? 'source' : 'destination', set: {name, at}}))};
	},
	compile(options) {
		const {value, negated} = options['match-set']!;
		const [name = '', directions = ''] = value.split(' ');
		const sides = directions.split(',') as Array<'src' | 'dst'>;
		return flow => flow.kernel.ipsets.matches(name, flow.packet, sides) !== negated;
	},
};
export default match;
