import {ArithmeticError, evaluate} from './arithmetic.js';
import {expandPath, hasPattern, patternOf, plain} from './pattern.js';
import type {Run, Task} from './state.js';

/** Ends the shell, or the command, with a message. */
export class ExpansionError extends Error {}

/** Runs a command substitution and gives what it printed. */
export type Substitute = (run: Run, task: Task, body: any) => string;

interface Piece {
	/** U+0000 stands before characters that are no pattern and do not split. */
	text: string;
	readonly quoted: boolean;
	/** `"$@"`: each one a field of its own. */
	readonly fields?: readonly string[];
}

export interface Expander {
	/** Fields of words, split and globbed. */
	words(words: readonly any[]): string[];
	/** One field, as in an assignment, a redirection or `case`. */
	one(word: any): string;
	/** One field in which quoted characters are marked, for patterns. */
	pattern(word: any): string;
	arithmetic(text: string): number;
	get(name: string): string | undefined;
}

const mark = (text: string) => text.replace(/[*?[\]\\]/g, '\0$&');

export function createExpander(run: Run, task: Task, substitute: Substitute): Expander {
	const get = (name: string): string | undefined => {
		if (/^\d+$/.test(name)) return name === '0' ? task.name : task.positional[Number(name) - 1];
		if (name === '?') return String(task.status);
		if (name === '$' && task.shellId !== 1) return String(100 + task.shellId);
		if (name === '$') return String(run.machine.processes.get(run.pid)?.innerPid ?? run.pid);
		if (name === '!') return task.lastJob === 0 ? '' : String(task.lastJob);
		if (name === '#') return String(task.positional.length);
		if (name === '-') return task.options;
		if (name === '*' || name === '@') return task.positional.join((task.vars['IFS'] ?? ' ')[0] ?? '');
		if (name === 'RANDOM') return String(run.machine.sim.random.fork(`script/${run.machine.host}`).int(32_768));
		if (name === 'PWD') return task.cwd;
		if (name === 'PPID') return '0';
		return task.vars[name];
	};

	const arithmetic = (text: string): number => {
		// Expansions inside the parentheses come first.
		const ready = text.replace(/\$\{?(\w+|[?#!$@*-])\}?/g, (_, name: string) => get(name) || '0');
		try {
			return evaluate(ready, {
				get,
				set(name, value) {
					task.vars[name] = value;
				},
			});
		} catch (error) {
			throw error instanceof ArithmeticError ? new ExpansionError(error.message) : error;
		}
	};

	const part = (node: any, quoted: boolean): Piece[] => {
		switch (node.type) {
			case 'Literal':
				return [{text: node.value, quoted}];
			case 'Glob':
				return [{text: node.pattern, quoted}];
			case 'SingleQuoted':
			case 'Escaped':
				return [{text: mark(node.value), quoted: true}];
			case 'DoubleQuoted': {
				const pieces: Piece[] = node.parts.flatMap((each: any) => part(each, true));
				return pieces.length > 0
					? pieces.map(piece => ({...piece, text: mark(plain(piece.text)), quoted: true}))
					: [{text: '', quoted: true}];
			}

			case 'TildeExpansion':
				return [{text: node.user ? `~${node.user}` : (task.vars['HOME'] ?? '/root'), quoted: true}];
			case 'ParameterExpansion':
				return parameter(node, quoted);
			case 'CommandSubstitution':
				return [{text: substitute(run, task, node.body).replace(/\n+$/, ''), quoted}];
			case 'ArithmeticExpansion':
				return [{text: String(arithmetic(arithmeticText(node.expression))), quoted}];
			default:
				run.machine.sim.notes.notSimulated(`container script: ${node.type}`);
				throw new ExpansionError(`not simulated: ${node.type}`);
		}
	};

	const parameter = ({parameter: name, operation}: any, quoted: boolean): Piece[] => {
		if ((name === '@' || name === '*') && !operation) {
			if (name === '@' && quoted) return [{text: '', quoted, fields: task.positional}];
			return [{text: task.positional.join(' '), quoted}];
		}

		const value = get(name);
		if (!operation) {
			if (value === undefined && task.options.includes('u') && !/^[@*#?$!-]$/.test(name))
				throw new ExpansionError(`${name}: parameter not set`);
			return [{text: value ?? '', quoted}];
		}

		const missing = value === undefined || (operation.checkEmpty && value === '');
		const inner = (word: any): Piece[] => (word ? word.parts.flatMap((each: any) => part(each, quoted)) : []);
		switch (operation.type) {
			case 'DefaultValue':
				return missing ? inner(operation.word) : [{text: value!, quoted}];
			case 'AssignDefault': {
				if (!missing) return [{text: value!, quoted}];
				const text = one(operation.word);
				task.vars[name] = text;
				return [{text, quoted}];
			}

			case 'ErrorIfUnset':
				if (missing) throw new ExpansionError(`${name}: ${operation.word ? one(operation.word) : 'parameter null or not set'}`);
				return [{text: value!, quoted}];
			case 'UseAlternative':
				return missing ? [{text: '', quoted}] : inner(operation.word);
			case 'Length':
				return [{text: String((value ?? '').length), quoted}];
			case 'PatternRemoval':
				return [{text: removePattern(value ?? '', pattern(operation.pattern), operation.side, operation.greedy), quoted}];
			case 'PatternReplacement': {
				const regex = patternOf(pattern(operation.pattern), operation.anchor ?? 'none');
				const replacement = operation.replacement ? one(operation.replacement) : '';
				return [{text: (value ?? '').replace(operation.all ? new RegExp(regex, 'g') : regex, () => replacement), quoted}];
			}

			case 'Substring': {
				const start = arithmetic(arithmeticText(operation.offset));
				const from = start < 0 ? Math.max(0, (value ?? '').length + start) : start;
				const length = operation.length ? arithmetic(arithmeticText(operation.length)) : undefined;
				return [{text: (value ?? '').slice(from, length === undefined ? undefined : length < 0 ? length : from + length), quoted}];
			}

			case 'CaseModification':
				return [{text: operation.direction === 'upper' ? (value ?? '').toUpperCase() : (value ?? '').toLowerCase(), quoted}];
			default:
				throw new ExpansionError('bad substitution');
		}
	};

	const pieces = (word: any): Piece[] => word.parts.flatMap((each: any) => part(each, false));
	const pattern = (word: any): string =>
		pieces(word)
			.map(piece => (piece.fields ? piece.fields.join(' ') : piece.text))
			.join('');
	const one = (word: any): string => plain(pattern(word));

	return {
		get,
		arithmetic,
		pattern,
		one,
		words: words =>
			words
				.flatMap(word => braces(word))
				.flatMap(word =>
					fields(pieces(word), task.vars['IFS'] ?? ' \t\n').flatMap(field =>
						hasPattern(field) && !task.options.includes('f') ? expandPath(run, task.cwd, field) : [plain(field)],
					),
				),
	};
}

/** bash only, but written in many scripts: `{1..3}` and `{a,b}`. */
function braces(word: any): any[] {
	const at = word.parts.findIndex((part: any) => part.type === 'BraceExpansion');
	if (at === -1) return [word];
	const texts: string[] = word.parts[at].items.flatMap((item: any) => {
		if (item.type === 'Word') return [item.word];
		const [from, to] = [Number(item.start), Number(item.end)];
		if (Number.isNaN(from) || Number.isNaN(to)) return [];
		const step = Math.abs(item.step ?? 1) || 1;
		const count = Math.min(10_000, Math.floor(Math.abs(to - from) / step) + 1);
		return Array.from({length: count}, (_, i) => String(from + (to < from ? -1 : 1) * i * step));
	});
	return texts.flatMap(each => {
		const middle = typeof each === 'string' ? [{type: 'Literal', value: each}] : (each as any).parts;
		return braces({...word, parts: [...word.parts.slice(0, at), ...middle, ...word.parts.slice(at + 1)]});
	});
}

function fields(pieces: readonly Piece[], separators: string): string[] {
	const result: string[] = [];
	let current: string | undefined;
	const add = (text: string) => {
		current = (current ?? '') + text;
	};

	const end = () => {
		if (current !== undefined) result.push(current);
		current = undefined;
	};

	for (const piece of pieces) {
		if (piece.fields) {
			for (const [i, field] of piece.fields.entries()) {
				if (i > 0) end();
				add(mark(field));
			}
		} else if (piece.quoted) add(piece.text);
		else {
			for (const char of piece.text) {
				if (separators.includes(char)) end();
				else add(char);
			}
		}
	}

	end();
	return result;
}

function removePattern(value: string, pattern: string, side: 'prefix' | 'suffix', greedy: boolean): string {
	const regex = patternOf(pattern);
	const lengths = Array.from({length: value.length + 1}, (_, i) => i);
	for (const length of greedy ? lengths.reverse() : lengths) {
		const piece = side === 'prefix' ? value.slice(0, length) : value.slice(value.length - length);
		if (regex.test(piece)) return side === 'prefix' ? value.slice(length) : value.slice(0, value.length - length);
	}

	return value;
}

/** The text between the parentheses; the parser keeps it. */
export function arithmeticText(expression: any): string {
	if (typeof expression.originalText === 'string') return expression.originalText;
	return render(expression.expression ?? expression);
}

function render(node: any): string {
	switch (node.type) {
		case 'ArithNumber':
			return String(node.value);
		case 'ArithVariable':
			return node.name;
		case 'ArithSpecialVar':
			return `$${node.name}`;
		case 'ArithBinary':
			return `(${render(node.left)} ${node.operator} ${render(node.right)})`;
		case 'ArithUnary':
			return node.prefix === false ? `${render(node.operand)}${node.operator}` : `${node.operator}${render(node.operand)}`;
		case 'ArithTernary':
			return `(${render(node.condition)} ? ${render(node.consequent)} : ${render(node.alternate)})`;
		case 'ArithAssignment':
			return `${node.variable} ${node.operator} ${render(node.value)}`;
		case 'ArithGroup':
			return `(${render(node.expression)})`;
		case 'ArithBracedExpansion':
			return `\${${node.content}}`;
		default:
			throw new ExpansionError('arithmetic syntax error');
	}
}
