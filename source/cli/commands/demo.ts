import type {CliCommand} from '../command.js';
import {hasScreen} from '../host.js';

const command: CliCommand = {
	name: 'demo',
	summary: "Watch a lab's solution being typed; without a terminal, as a plain transcript",
	usage: 'demo [LAB] [--seed TEXT] [--lang en|zh] [--speed N]',
	options: {
		seed: {type: 'string', value: 'TEXT', help: 'seed of all that is random'},
		lang: {type: 'string', value: 'en|zh', help: 'language of the screen'},
		speed: {type: 'string', value: 'N', help: 'how fast time runs in the cluster (1 is real time)'},
	},
	words: {min: 0, max: 1},
	async run([lab = 'ipvs-switch'], options, host) {
		if (!hasScreen(host)) {
			const {playTranscript} = await import('../demo-transcript.js');
			return playTranscript(lab, {...(typeof options['seed'] === 'string' && {seed: options['seed']})}, host);
		}
		const {openScreen} = await import('../screen.js');
		return openScreen({...options, lab, demo: true}, host);
	},
};
export default command;
