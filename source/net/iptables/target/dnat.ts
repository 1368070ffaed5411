import type {TargetKind} from '../match-kind.js';
import {hasPort, rangeOf, readRange, withPorts} from './nat-range.js';

const target: TargetKind = {
	name: 'DNAT',
	options: {'to-destination': {words: 1, needed: true, read: readRange}, random: {}, persistent: {}},
	tables: ['nat'],
	hooks: ['PREROUTING', 'OUTPUT'],
	finish: (given, protocol) => withPorts(given, protocol, hasPort(given['to-destination']!)),
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
