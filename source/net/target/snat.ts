import {type TargetKind, usageError} from '../match-kind.js';
import {rangeOf, readRange} from './nat-range.js';

const flags = ['random', 'random-fully', 'persistent'];

const target: TargetKind = {
	name: 'SNAT',
	options: {'to-source': {words: 1, read: readRange}, random: {}, 'random-fully': {}, persistent: {}},
	tables: ['nat'],
	hooks: ['POSTROUTING', 'INPUT'],
	finish(given) {
		if (given['to-source'] === undefined) throw usageError('SNAT: option "--to-source" must be specified');
		return given;
	},
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
