import {commandsScript} from './completion-script.js';
import {failure, usageFailure} from './failure.js';
import {optionsText} from './help.js';
import type {Verb} from './verb.js';

export const options: Verb = {
	name: 'options',
	summary: 'Print the list of flags inherited by all commands',
	flags: [],
	*run({session}) {
		session.out(optionsText());
		return 0;
	},
};

export const alpha: Verb = {
	name: 'alpha',
	summary: 'Commands for features in alpha',
	flags: [],
	*run({session}) {
		session.err('No alpha commands are available in this version of kubectl\n');
		return 0;
	},
};

export const completion: Verb = {
	name: 'completion',
	summary: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
	group: 'Settings Commands:',
	usage: 'completion SHELL',
	flags: [],
	*run({session, args, path}) {
		const [shell, ...more] = args;
		if (shell === undefined) throw usageFailure(path, 'Shell not specified.');
		if (more.length > 0) throw usageFailure(path, 'Too many arguments. Expected only the shell type.');
		if (!['bash', 'zsh', 'fish', 'powershell'].includes(shell)) throw usageFailure(path, `Unsupported shell type "${shell}".`);
		session.out(commandsScript(shell));
		return 0;
	},
};

export const plugin: Verb = {
	name: 'plugin',
	summary: 'Provides utilities for interacting with plugins',
	group: 'Other Commands:',
	usage: 'plugin [flags]',
	flags: [],
	verbs: [
		{
			name: 'list',
			summary: "List all visible plugin executables on a user's PATH",
			usage: 'plugin list [flags]',
			flags: [['name-only', 'bool', 'false']],
			*run({session, flags}) {
				const {files, env} = session.machine;
				const folders = [...new Set((session.io.env['PATH'] ?? env['PATH'] ?? '/usr/bin').split(':').filter(Boolean))];
				const found = folders.flatMap(folder =>
					files.exists(folder)
						? files
								.list(folder)
								.filter(name => name.startsWith('kubectl-'))
								.map(name => (flags.bool('name-only') ? name : `${folder}/${name}`))
						: [],
				);
				if (found.length === 0) throw failure('unable to find any kubectl plugins in your PATH');
				session.out(`The following compatible plugins are available:\n\n${found.map(one => `${one}\n`).join('')}`);
				return 0;
			},
		},
	],
};
