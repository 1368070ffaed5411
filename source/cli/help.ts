import type {CliCommand} from './command.js';

export function programHelp(commands: readonly CliCommand[]): string {
	const shown = commands.filter(command => command.summary && command.name !== 'home');
	const width = Math.max(...shown.map(command => command.name.length));
	const rows = shown.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`);
	return `Kubernetes service networking, learnt by doing, in your terminal.

Usage: kubelab [command]

Without a command it opens the list of labs.

${rows.join('\n')}

"kubelab help COMMAND" tells more. Exit status: 0 done, 1 objectives missed, 2 wrong usage, 3 input not valid.
`;
}

export function commandHelp(command: CliCommand): string {
	const rows = Object.entries(command.options).map(([name, option]) => {
		const short = option.short ? `-${option.short}, ` : '    ';
		return [`  ${short}--${name}${option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : ''}`, option.help] as const;
	});
	const width = Math.max(0, ...rows.map(([left]) => left.length));
	const options = rows.length > 0 ? `\nOptions:\n${rows.map(([left, help]) => `${left.padEnd(width)}  ${help}`).join('\n')}\n` : '';
	return `${command.summary}\n\nUsage: kubelab ${command.usage}\n${options}`;
}
