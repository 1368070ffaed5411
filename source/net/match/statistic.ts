import {readNumber} from '../iptables-text.js';
import {type MatchKind, not, usageError} from '../match-kind.js';

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
			read(value) {
				const probability = /^\d*\.?\d+(?:e-?\d+)?$|^\d+\.$/i.test(value) ? Number(value) : Number.NaN;
				if (!(probability >= 0 && probability <= 1)) throw usageError('--probability must be between 0 and 1');
				return (Math.round(probability * kernelUnits) / kernelUnits).toFixed(11);
			},
		},
		every: {words: 1, negatable: true, read: value => String(readNumber(value, 'every'))},
		packet: {words: 1, read: value => String(readNumber(value, 'packet'))},
	},
	finish(options) {
		const mode = options['mode']?.value;
		if (mode === undefined) throw usageError('statistic: option "--mode" must be specified');
		if (mode === 'random' && !options['probability'])
			throw usageError('statistic: option "--probability" must be specified when using random mode');
		if (mode === 'nth' && !options['every']) throw usageError('statistic: option "--every" must be specified when using nth mode');
		return mode === 'nth' && !options['packet'] ? {...options, packet: {value: '0', negated: false}} : options;
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
