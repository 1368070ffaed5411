import {type CliCommand, usageError} from '../command.js';
import {hasScreen} from '../host.js';

const command: CliCommand = {
	name: 'start',
	summary: 'Open a lab',
	usage: 'start LAB [--seed TEXT] [--at CHECKPOINT] [--lang en|zh] [--speed N] | start LAB --cluster [--context NAME]',
	options: {
		seed: {type: 'string', value: 'TEXT', help: 'seed of all that is random'},
		at: {type: 'string', value: 'ID', help: 'a checkpoint of the lab to begin at'},
		lang: {type: 'string', value: 'en|zh', help: 'language of the screen'},
		cluster: {type: 'boolean', help: 'set the lab up in a real cluster, through kubectl, and print its task'},
		context: {type: 'string', value: 'NAME', help: 'with --cluster: which context of the kubeconfig'},
		speed: {type: 'string', value: 'N', help: 'how fast time runs in the cluster (1 is real time)'},
	},
	words: {min: 1, max: 1},
	async run([lab = ''], options, host) {
		if (options['cluster']) {
			const {startReal} = await import('../real/start.js');
			return startReal(lab, options, host);
		}
		if (!hasScreen(host))
			throw usageError(
				`"kubelab start" needs a terminal${host.env['TERM'] === 'dumb' ? ' that can be drawn on, and TERM is dumb' : ''}; without one use "kubelab sh --lab ID" or "kubelab demo".`,
			);
		const {openScreen} = await import('../screen.js');
		return openScreen({...options, lab}, host);
	},
};
export default command;
