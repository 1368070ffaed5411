import type {TargetKind} from '../match-kind.js';
import {readPorts, withPorts} from './nat-range.js';

const target: TargetKind = {
	name: 'REDIRECT',
	options: {'to-ports': {words: 1, aliases: ['to-port'], read: readPorts}, random: {}},
	tables: ['nat'],
	hooks: ['PREROUTING', 'OUTPUT'],
	finish: (given, protocol) => withPorts(given, protocol, given['to-ports'] !== undefined),
	list: options => (options['to-ports'] === undefined ? '' : `redir ports ${options['to-ports']}`),
	compile(options) {
		const port = options['to-ports'] === undefined ? undefined : Number(String(options['to-ports']).split('-')[0]);
		return flow => {
			flow.kernel.nat.redirect(flow, port);
			return 'ACCEPT';
		};
	},
};
export default target;
