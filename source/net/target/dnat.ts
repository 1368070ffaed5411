import {type TargetKind, usageError} from '../match-kind.js';
import {rangeOf, readRange} from './nat-range.js';

const target: TargetKind = {
	name: 'DNAT',
	options: {'to-destination': {words: 1, read: readRange}, random: {}, persistent: {}},
	tables: ['nat'],
	hooks: ['PREROUTING', 'OUTPUT'],
	finish(given) {
		if (given['to-destination'] === undefined) throw usageError('DNAT: option "--to-destination" must be specified');
		return given;
	},
	list: options =>
		`to:${options['to-destination']}${options['random'] === undefined ? '' : ' random'}${options['persistent'] === undefined ? '' : ' persistent'}`,
	compile(options) {
		const range = rangeOf(String(options['to-destination']), options['random'] !== undefined);
		return flow => {
			flow.kernel.nat.destination(flow, range);
			return 'ACCEPT';
		};
	},
};
export default target;
