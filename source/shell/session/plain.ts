import type {Script, Word, WordPart} from '../syntax/ast.js';

/**
 * Parses the commonest kind of line, one command of plain words, into the very tree that just-bash's parser makes of it; answers
 * `undefined` for anything else. So `kubectl get pods` needs no 500 kB of parser.
 */
export function parsePlain(text: string): Script | undefined {
	const line = text.replace(/\n$/, '');
	if (line.length > 4096 || !plainLine.test(line)) return undefined;
	const words = line.match(wordPattern) ?? [];
	if (words.length === 0 || reserved.has(words[0]!) || words[0]!.includes('=') || words.some((word, index) => index > 0 && word === '#'))
		return undefined;
	const [name, ...args] = words.map(toWord);
	return {
		type: 'Script',
		statements: [
			{
				type: 'Statement',
				pipelines: [
					{
						type: 'Pipeline',
						commands: [{type: 'SimpleCommand', name: name!, args, assignments: [], redirections: [], line: 1}],
						negated: false,
					},
				],
				operators: [],
				background: false,
			},
		],
	};
}

const bare = '[A-Za-z0-9_@%+=:,./-]+';
const single = "'[^'\\n]*'";
const double = '"[^"$`\\\\\\n!]*"';
const word = `(?:${bare}|${single}|${double})`;
const plainLine = new RegExp(`^[ \\t]*(?:${bare})(?:[ \\t]+${word})*[ \\t]*$`);
const wordPattern = new RegExp(word, 'g');

const reserved = new Set([
	'if',
	'then',
	'else',
	'elif',
	'fi',
	'do',
	'done',
	'case',
	'esac',
	'while',
	'until',
	'for',
	'in',
	'time',
	'function',
	'select',
	'coproc',
]);

function toWord(text: string): Word {
	return {type: 'Word', parts: [toPart(text)]};
}

function toPart(text: string): WordPart {
	if (text.startsWith("'")) return {type: 'SingleQuoted', value: text.slice(1, -1)};
	if (text.startsWith('"')) return {type: 'DoubleQuoted', parts: text.length > 2 ? [{type: 'Literal', value: text.slice(1, -1)}] : []};
	return {type: 'Literal', value: text};
}
