import type {Verb} from './verb.js';

/** `docker --help`, or the commands of one group. */
export function helpText(verbs: readonly Verb[], group?: string): string {
	const names = group
		? verbs.flatMap(verb =>
				[verb.name, ...(verb.aliases ?? [])]
					.filter(name => name.startsWith(`${group} `))
					.map(name => [name.split(' ')[1]!, verb.summary] as const),
			)
		: verbs.filter(verb => !verb.name.includes(' ')).map(verb => [verb.name, verb.summary] as const);
	const width = Math.max(...names.map(([name]) => name.length)) + 2;
	const lines = [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, summary]) => `  ${name.padEnd(width)}${summary}`);
	const head = group
		? `\nUsage:  docker ${group} COMMAND\n\nManage ${group}s\n\nCommands:\n`
		: '\nUsage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n\nCommands:\n';
	return `${head}${lines.join('\n')}\n\nRun 'docker ${group ? `${group} ` : ''}COMMAND --help' for more information on a command.\n`;
}

export function verbHelp({name, summary, usage, options}: Verb): string {
	const rows = options.map(([long, kind, short]) => {
		const plain = kind.replace('!', '');
		const flags = `${short ? `-${short}${long ? ', ' : ''}` : '    '}${long ? `--${long}` : ''}`;
		return `  ${flags}${plain === 'bool' ? '' : ` ${plain}`}${kind.startsWith('!') ? '   (not simulated)' : ''}`;
	});
	return `\nUsage:  docker ${name} ${usage}\n\n${summary}\n${rows.length > 0 ? `\nOptions:\n${rows.join('\n')}\n` : ''}`;
}
