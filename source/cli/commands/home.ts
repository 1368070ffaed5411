import type {CliCommand} from '../command.js';
import {hasScreen} from '../host.js';

const command: CliCommand = {
	name: 'home',
	summary: 'The list of labs; without a terminal, the first lab played as a transcript',
	usage: '[--lang en|zh] [--speed N]',
	options: {
		lang: {type: 'string', value: 'en|zh', help: 'language of the screen'},
		speed: {type: 'string', value: 'N', help: 'how fast time runs in the cluster (1 is real time)'},
	},
	words: {min: 0, max: 0},
	async run(_words, options, host) {
		if (!hasScreen(host)) {
			const {playTranscript} = await import('../demo-transcript.js');
			return playTranscript('ipvs-switch', {}, host);
		}
		const {openScreen} = await import('../screen.js');
		return openScreen(
			{...(options['lang'] !== undefined && {lang: options['lang']}), ...(options['speed'] !== undefined && {speed: options['speed']})},
			host,
		);
	},
};
export default command;
