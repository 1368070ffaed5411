import {type CliCommand, usageError} from '../command.js';
import {hasScreen} from '../host.js';

const command: CliCommand = {
	name: 'start',
	summary: 'Open a lab',
	usage: 'start LAB [--seed TEXT] [--lang en|zh] [--speed N]',
	options: {
		seed: {type: 'string', value: 'TEXT', help: 'seed of all that is random'},
		lang: {type: 'string', value: 'en|zh', help: 'language of the screen'},
		speed: {type: 'string', value: 'N', help: 'how fast time runs in the cluster (1 is real time)'},
	},
	words: {min: 1, max: 1},
	async run([lab = ''], options, host) {
		if (!hasScreen(host)) throw usageError('"kubelab start" needs a terminal; without one use "kubelab sh --lab ID" or "kubelab demo".');
		const {openScreen} = await import('../screen.js');
		return openScreen({...options, lab}, host);
	},
};
export default command;
