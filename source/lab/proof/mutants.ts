import type {Lab} from '../lab.js';

/** A solution with one slip in it: a line forgotten, or a name, label, namespace, port or other number mistyped. */
export interface Mutant {
	/** `line 3: without "kubectl ..."`, `line 4: 8081 for 8080`. */
	readonly name: string;
	readonly text: string;
}

const mutantsMax = 24;

/**
 * Slips in one solution. `commands` are its commands in order, as the shell cuts them; a command that is in `elsewhere`, those of
 * another solution, is slipped on there.
 */
export function mutantsOf(lab: Lab, script: string, commands: readonly string[], elsewhere: ReadonlySet<string> = new Set()): Mutant[] {
	const words = wordsThatMatter(lab);
	const own = new Set(commands.filter(command => !elsewhere.has(command)).flatMap(command => command.split('\n')));
	const without = commands.flatMap((command, index): Mutant[] =>
		elsewhere.has(command) ? [] : [{name: `without "${excerpt(command)}"`, text: commands.filter((_, at) => at !== index).join('\n')}],
	);
	const slips = script.split('\n').flatMap((line, index, lines) => {
		if (/^\s*(?:#|$)/.test(line) || (elsewhere.size > 0 && !own.has(line))) return [];
		const withLine = (changed: readonly string[]) => [...lines.slice(0, index), ...changed, ...lines.slice(index + 1)].join('\n');
		const dropped = insideHeredoc(lines, index) ? [{name: `without line ${index + 1} "${excerpt(line.trim())}"`, text: withLine([])}] : [];
		const typed = typos(line, words).map(({from, to, text}) => ({name: `line ${index + 1}: ${to} for ${from}`, text: withLine([text])}));
		return [...dropped, ...typed];
	});
	return thinned([...new Map([...without, ...slips].map(each => [each.text, each])).values()]);
}

const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text).replaceAll('\n', ' ');

/** Evenly, so that no part of a long solution goes untried. */
const thinned = (all: readonly Mutant[]) =>
	all.length <= mutantsMax ? [...all] : Array.from({length: mutantsMax}, (_, index) => all[Math.floor((index * all.length) / mutantsMax)]!);

function insideHeredoc(lines: readonly string[], index: number): boolean {
	for (let at = index - 1; at >= 0; at--) {
		const opened = /<<-?\s*(['"]?)(\w+)\1/.exec(lines[at]!);
		if (opened) return !lines.slice(at + 1, index + 1).some(line => line.trim() === opened[2]);
	}
	return false;
}

const token = /[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?/g;
/** What stands before a number that counts. */
const counted = /(?:port|replicas|weight|seconds|number|tcp|udp|http)["']?\s*[:= ]\s*["']?$/i;

function typos(line: string, words: ReadonlySet<string>) {
	return [...line.matchAll(token)].flatMap(({0: from, index}) => {
		const before = line.slice(0, index);
		// Part of a longer word: a flag, a file's name, a path, an image.
		if (/[-_./$]$/.test(before) || /^[-_./:]\w/.test(line.slice(index + from.length))) return [];
		const isNumber = /^\d+$/.test(from);
		if (isNumber ? !(words.has(from) || counted.test(before)) : !words.has(from)) return [];
		const to = isNumber ? String(Number(from) + 1) : `${from}x`;
		return [{from, to, text: `${before}${to}${line.slice(index + from.length)}`}];
	});
}

/** Names and values that the lab's own checks ask for, and the namespaces, names and labels of what it sets up. */
function wordsThatMatter(lab: Lab): Set<string> {
	const asked = lab.objectives.flatMap(objective => leaves(objective.checks));
	const setUp = lab.setup.flatMap(({text}) => [...text.matchAll(/(?:namespace|app|role|tier):\s*([\w-]+)/g)].map(match => match[1]!));
	return new Set([...asked, ...setUp].filter(word => word.length > 1 && !grammar.has(word)));
}

/** Words of the checks themselves, and of YAML. */
const grammar = new Set([
	'true',
	'false',
	'nodes',
	'hosts',
	'outside',
	'deploy',
	'deployment',
	'svc',
	'service',
	'pod',
	'pods',
	'default',
	'cm',
]);

/** All texts and numbers below, keys of labels included. */
function leaves(value: unknown): string[] {
	if (typeof value === 'number') return [String(value)];
	if (typeof value === 'string') return /^[\w-]+$/.test(value) ? [value] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(leaves);
}
