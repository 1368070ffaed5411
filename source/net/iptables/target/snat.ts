import type {TargetKind} from '../match-kind.js';
import {hasPort, rangeOf, readRange, withPorts} from './nat-range.js';

const flags = ['random', 'random-fully', 'persistent'];

const target: TargetKind = {
	name: 'SNAT',
	options: {'to-source': {words: 1, needed: true, read: readRange}, random: {}, 'random-fully': {}, persistent: {}},
	tables: ['nat'],
	hooks: ['POSTROUTING', 'INPUT'],
	finish: (given, protocol) => withPorts(given, protocol, hasPort(given['to-source']!)),
	list: options => `to:${options['to-source']}${flags.map(name => (options[name] === undefined ? '' : ` ${name}`)).join('')}`,
	compile(options) {
		const range = rangeOf(String(options['to-source']), options['random'] !== undefined || options['random-fully'] !== undefined);
		return flow => {
			flow.kernel.nat.source(flow, range);
			return 'ACCEPT';
		};
	},
};
export default target;
