import type {Machine} from '../../../node/host/machine.js';
import {nevra} from '../../../os/packages.js';
import type {Command} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';

export default {
	name: 'rpm',
	summary: 'ask what is installed',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'qalficeUvhRV',
			values: '',
			long: {
				query: '=q',
				all: '=a',
				list: '=l',
				file: '=f',
				info: '=i',
				version: 'flag',
				install: '=i',
				upgrade: '=U',
				erase: '=e',
				force: 'flag',
				nodeps: 'flag',
				qf: 'value',
				queryformat: 'value',
			},
		});
		const {packages} = io.machine;
		if (args.problem) {
			io.err(`rpm: ${args.problem.replace(/.*'(.*)'/, '-$1: unknown option')}\n`);
			return 1;
		}

		if (args.has('version')) {
			io.out('RPM version 4.16.1.3\n');
			return 0;
		}

		if (!packages || !args.has('q') || args.has('qf') || args.has('queryformat')) return notSimulated(io, io.argv.join(' '));
		if (args.has('a')) {
			const patterns = args.operands.map(text => new RegExp(`^${text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}`));
			for (const item of packages.installed())
				if (patterns.length === 0 || patterns.some(pattern => pattern.test(item.name))) io.out(`${nevra(item)}\n`);
			return 0;
		}

		let status = 0;
		for (const name of args.operands) {
			const item = args.has('f')
				? packages.installed().find(each => each.commands?.includes(io.path(name)) || (each.files && io.path(name) in each.files))
				: packages.installed().find(each => each.name === name || nevra(each) === name);
			if (!item) {
				io.out(args.has('f') ? `file ${io.path(name)} is not owned by any package\n` : `package ${name} is not installed\n`);
				status = 1;
			} else if (args.has('l')) for (const path of [...(item.commands ?? []), ...Object.keys(item.files ?? {})]) io.out(`${path}\n`);
			else if (args.has('i'))
				io.out(
					`Name        : ${item.name}\nVersion     : ${item.version}\nRelease     : ${item.release}\nArchitecture: ${item.arch}\nSize        : ${item.installedSize}\nSummary     : ${item.summary}\n`,
				);
			else io.out(`${nevra(item)}\n`);
		}

		return status;
	},
} satisfies Command<Machine>;
