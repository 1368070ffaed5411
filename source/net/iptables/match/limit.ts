import type {MatchKind} from '../match-kind.js';
import {usageError} from '../iptables.js';

const unitSeconds: Readonly<Record<string, number>> = {
	second: 1,
	sec: 1,
	s: 1,
	minute: 60,
	min: 60,
	m: 60,
	hour: 3600,
	h: 3600,
	day: 86_400,
	d: 86_400,
};
/** Packets a second: the kernel counts in ten thousandths of one. */
const tooFast = 10_000;
const units = ['second', 'minute', 'hour', 'day'];
const shown = {second: 'sec', minute: 'min', hour: 'hour', day: 'day'} as Readonly<Record<string, string>>;

const match: MatchKind = {
	name: 'limit',
	options: {
		limit: {
			words: 1,
			read(value) {
				const found = /^(\d+)(?:\/([a-z]+))?$/.exec(value);
				const seconds = found && unitSeconds[found[2] ?? 'second'];
				if (!found || !seconds || Number(found[1]) === 0) throw usageError(`bad rate "${value}"'`);
				if (Number(found[1]) > tooFast * seconds) throw usageError(`Rate too fast "${value}"`);
				return `${Number(found[1])}/${shown[units.find(unit => unitSeconds[unit] === seconds)!]}`;
			},
		},
		'limit-burst': {words: 1, range: [0, 10_000]},
	},
	finish: options => (options['limit'] ? options : {...options, limit: {value: '3/hour', negated: false}}),
	save: options => ` --limit ${options['limit']!.value}${burst(options) === '5' ? '' : ` --limit-burst ${burst(options)}`}`,
	list: options => `limit: avg ${options['limit']!.value} burst ${burst(options)}`,
	compile(options, text) {
		const [count = '1', unit = 'sec'] = options['limit']!.value.split('/');
		const perSecond = Number(count) / unitSeconds[unit]!;
		return flow => flow.kernel.limit(text, perSecond, Number(burst(options)));
	},
};
export default match;

const burst = (options: Parameters<MatchKind['list']>[0]) => {
	const given = options['limit-burst']?.value;
	return given === undefined || given === '0' ? '5' : given;
};
