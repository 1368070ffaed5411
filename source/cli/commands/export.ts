import path from 'node:path';
import {type CliCommand, exitStatus, inputError} from '../command.js';
import {writeAtomic} from '../folders.js';
import {lastSession} from '../sessions.js';

const command: CliCommand = {
	name: 'export',
	summary: 'Write what was typed in a lab as a file to hand in',
	usage: 'export [FILE] [--lab ID]',
	options: {lab: {type: 'string', value: 'ID', help: 'which lab; the one played last when absent'}},
	words: {min: 0, max: 1},
	async run([file], options, host) {
		const lab = typeof options['lab'] === 'string' ? options['lab'] : undefined;
		const bundle = lastSession(host, lab);
		if (bundle === undefined)
			throw inputError(`nothing was played yet${lab ? ` in the lab "${lab}"` : ''}; open a lab with "kubelab" first.`);
		if (file === undefined || file === '-') await host.out(bundle);
		else {
			try {
				writeAtomic(path.resolve(file), bundle);
			} catch (error) {
				throw inputError(`cannot write "${file}": ${(error as Error).message}.`);
			}
			await host.out(
				`${file}: ${JSON.parse(bundle).steps.length} commands of the lab ${JSON.parse(bundle).lab}; "kubelab check" replays them.\n`,
			);
		}
		return exitStatus.done;
	},
};
export default command;
