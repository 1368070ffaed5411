import type {Flag} from '../kubectl/flags/flag.js';
import type {HelmVerb} from './context.js';

export const lineOfUse = (verb: Pick<HelmVerb, 'usage'>, path: string): string => [path, verb.usage, '[flags]'].filter(Boolean).join(' ');

const typeNames: Readonly<Record<string, string>> = {
	bool: '',
	strings: 'strings',
	array: 'stringArray',
	int: 'int',
	string: 'string',
	duration: 'duration',
};

function flagLines(flags: readonly Flag[]): string {
	const rows = flags.map(([name, type, fallback, short]) => ({
		left: `  ${short ? `-${short}, ` : '    '}--${name}${typeNames[type] ? ` ${typeNames[type]}` : ''}`,
		right: fallback === '' || fallback === 'false' ? '' : `(default ${type === 'string' ? JSON.stringify(fallback) : fallback})`,
	}));
	const width = Math.max(...rows.map(row => row.left.length)) + 3;
	return rows.map(({left, right}) => `${left.padEnd(right ? width : 0)}${right}\n`).join('');
}

/** cobra's layout. */
export function helpText(verb: HelmVerb, path: string, globals: readonly Flag[]): string {
	const parts = [verb.summary];
	if (verb.run) parts.push(`Usage:\n  ${lineOfUse(verb, path)}`);
	else parts.push(`Usage:\n  ${path} [command]`);
	if (verb.aliases) parts.push(`Aliases:\n  ${[verb.name, ...verb.aliases].join(', ')}`);
	if (verb.verbs) {
		const width = Math.max(11, ...verb.verbs.map(each => each.name.length));
		parts.push(
			`Available Commands:\n${verb.verbs
				.map(each => `  ${each.name.padEnd(width)} ${each.summary}\n`)
				.join('')
				.trimEnd()}`,
		);
	}

	if (verb.flags && verb.flags.length > 0) parts.push(`Flags:\n${flagLines(verb.flags).trimEnd()}`);
	parts.push(`${path === 'helm' ? 'Flags' : 'Global Flags'}:\n${flagLines(globals).trimEnd()}`);
	if (verb.verbs) parts.push(`Use "${path} [command] --help" for more information about a command.`);
	return `${parts.join('\n\n')}\n`;
}
