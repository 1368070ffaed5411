import type {TargetKind} from '../match-kind.js';
import {readPorts, withPorts} from './nat-range.js';

const target: TargetKind = {
	name: 'MASQUERADE',
	options: {'to-ports': {words: 1, read: readPorts}, random: {}, 'random-fully': {}},
	tables: ['nat'],
	hooks: ['POSTROUTING'],
	finish: (given, protocol) => withPorts(given, protocol, given['to-ports'] !== undefined),
	list(options) {
		const ports = options['to-ports'] === undefined ? '' : `masq ports: ${options['to-ports']}`;
		return [ports, options['random'] === undefined ? '' : 'random', options['random-fully'] === undefined ? '' : 'random-fully']
			.filter(Boolean)
			.join(' ');
	},
	compile(options) {
		const random = options['random'] !== undefined || options['random-fully'] !== undefined;
		return flow => {
			flow.kernel.nat.masquerade(flow, random);
			return 'ACCEPT';
		};
	},
};
export default target;
