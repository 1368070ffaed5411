import {type Flag, globalFlags, listTypes} from './flags/flag.js';
import type {Verb} from './verb.js';

/** Shown even when it is empty. */
const plugins = 'Subcommands provided by plugins:';
const groups = [
	'Basic Commands (Beginner):',
	'Basic Commands (Intermediate):',
	'Deploy Commands:',
	'Cluster Management Commands:',
	'Troubleshooting and Debugging Commands:',
	'Advanced Commands:',
	'Settings Commands:',
	plugins,
	'Other Commands:',
];

/** `kubectl --help` and `kubectl <verb> --help`: what there is, its flags and their defaults. */
export function helpText(verb: Verb, path: string): string {
	if (path === 'kubectl') return rootHelp(verb);
	const parts = [`${verb.summary}.\n`];
	const names = [verb.name, ...(verb.aliases ?? [])];
	if (names.length > 1) parts.push(`Aliases:\n${names.join(', ')}\n`);
	if (verb.verbs) parts.push(`Available Commands:\n${rows(verb.verbs)}`);
	if (verb.flags.length > 0) parts.push(`Options:\n${flagRows(verb.flags)}`);
	parts.push(`Usage:\n  kubectl ${verb.usage ?? `${path.slice('kubectl '.length)} [flags]`} [options]\n`);
	if (verb.verbs) parts.push(`Use "${path} <command> --help" for more information about a given command.\n${optionsHint}`);
	else parts.push(optionsHint);
	return parts.join('\n');
}

const optionsHint = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

function rootHelp(root: Verb): string {
	const parts = [`${root.summary}\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n`];
	for (const group of groups) {
		const members = (root.verbs ?? []).filter(verb => verb.group === group);
		if (members.length > 0 || group === plugins) parts.push(`${group}\n${rows(members)}`);
	}

	parts.push('Usage:\n  kubectl [flags] [options]\n');
	parts.push(`Use "kubectl <command> --help" for more information about a given command.\n${optionsHint}`);
	return parts.join('\n');
}

function rows(verbs: readonly Verb[]): string {
	const width = Math.max(...verbs.map(verb => verb.name.length), 11) + 3;
	return verbs.map(verb => `  ${verb.name.padEnd(width)}${verb.summary}\n`).join('');
}

/** `    -o, --output='':` */
export const flagRows = (flags: readonly Flag[]): string =>
	[...flags]
		.sort((a, b) => (a[0] < b[0] ? -1 : 1))
		.map(([name, type, fallback, shorthand]) => `    ${shorthand ? `-${shorthand}, ` : ''}--${name}=${shownDefault(type, fallback)}:\n`)
		.join('');

function shownDefault(type: Flag[1], fallback: string): string {
	if (type === 'string') return `'${fallback}'`;
	return listTypes.has(type) ? `[${fallback}]` : fallback;
}

export const optionsText = (): string => `The following options can be passed to any command:\n\n${flagRows(globalFlags)}`;
