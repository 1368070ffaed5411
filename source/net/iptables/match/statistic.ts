import {type MatchKind, not} from '../match-kind.js';
import {usageError} from '../iptables.js';

/** The kernel keeps a probability as a whole number of 2^31, which is why one third prints as 0.33333333349. */
const kernelUnits = 2 ** 31;

const match: MatchKind = {
	name: 'statistic',
	options: {
		mode: {
			words: 1,
			read(value) {
				if (value !== 'random' && value !== 'nth') throw usageError(`Bad mode "${value}"`);
				return value;
			},
		},
		probability: {
			words: 1,
			negatable: true,
			without: ['every', 'packet'],
			read(value) {
				const probability = /^\d*\.?\d+(?:e-?\d+)?$|^\d+\.$/i.test(value) ? Number(value) : Number.NaN;
				if (!(probability >= 0 && probability <= 1))
					throw usageError('statistic: bad value for option "--probability", or out of range (0-1).\n');
				return (Math.round(probability * kernelUnits) / kernelUnits).toFixed(11);
			},
		},
		every: {words: 1, negatable: true, with: ['packet'], range: [1, 0xff_ff_ff_ff]},
		packet: {words: 1, with: ['every'], range: [0, 0xff_ff_ff_ff]},
	},
	finish(options) {
		const {mode = {value: 'random', negated: false}, probability, every, packet} = options;
		if (mode.value === 'random' && !probability) throw usageError('--probability must be specified when using random mode');
		if (mode.value === 'nth' && !every) throw usageError('--every and --packet must be specified when using nth mode');
		if (every && Number(packet!.value) >= Number(every.value)) throw usageError('the --packet p must be 0 <= p <= n-1');
		return {...options, mode};
	},
	save: options =>
		options['mode']!.value === 'random'
			? ` --mode random ${not(options['probability'])}--probability ${options['probability']!.value}`
			: ` --mode nth ${not(options['every'])}--every ${options['every']!.value} --packet ${options['packet']!.value}`,
	list: options =>
		options['mode']!.value === 'random'
			? `statistic mode random ${not(options['probability'])}probability ${options['probability']!.value}`
			: `statistic mode nth ${not(options['every'])}every ${options['every']!.value}${options['packet']!.value === '0' ? '' : ` packet ${options['packet']!.value}`}`,
	compile(options, text) {
		if (options['mode']!.value === 'random') {
			const {value, negated} = options['probability']!;
			const below = Math.round(Number(value) * kernelUnits);
			return flow => flow.kernel.draw31() < below !== negated;
		}
		const {value, negated} = options['every']!;
		const packet = Number(options['packet']!.value);
		return flow => (flow.kernel.nth(text, Number(value)) === packet) !== negated;
	},
};
export default match;
