import {notSimulated} from '../failure.js';
import {goValue} from './go-syntax.js';
import {goFunctions, isTrue} from './go-template-functions.js';
import {type Command, parseGoTemplate, type Piece, type Pipe, type Place, type Term, UnsupportedTemplate} from './go-template-parse.js';

type Functions = Readonly<Record<string, (...args: any[]) => unknown>>;

/** Parses once, fills many times. Models text/template over decoded JSON. */
export function goTemplate(template: string, options: {allowMissingKeys: boolean; functions?: Functions}): (data: unknown) => string {
	const functions: Functions = {...goFunctions, ...options.functions};
	const names = new Set([...Object.keys(functions), 'and', 'or']);
	let pieces: Piece[];
	try {
		pieces = parseGoTemplate(template, names);
	} catch (error) {
		if (error instanceof UnsupportedTemplate) throw notSimulated(error.message);
		throw error;
	}

	return data => {
		const run = new Filling(data, options.allowMissingKeys, functions);
		run.write(pieces, data);
		return run.text;
	};
}

/** Said where a value is absent. */
const noValue = '<no value>';

class Filling {
	text = '';
	#scopes: Array<Map<string, unknown>>;
	readonly #allowMissingKeys: boolean;
	readonly #functions: Functions;

	constructor(data: unknown, allowMissingKeys: boolean, functions: Functions) {
		this.#functions = functions;
		this.#scopes = [new Map([['$', data]])];
		this.#allowMissingKeys = allowMissingKeys;
	}

	/** Answers `break` or `continue` when one of them ended the list early. */
	write(pieces: readonly Piece[], dot: unknown): 'break' | 'continue' | undefined {
		for (const piece of pieces) {
			const stop = this.#piece(piece, dot);
			if (stop) return stop;
		}

		return undefined;
	}

	#piece(piece: Piece, dot: unknown): 'break' | 'continue' | undefined {
		if (piece.type === 'text') this.text += piece.text;
		else if (piece.type === 'print') {
			const value = this.#pipe(piece.pipe, dot);
			if (piece.pipe.variables.length === 0) this.text += value === undefined || value === null ? noValue : goValue(value);
		} else if ('body' in piece) return this.#block(piece, dot);
		else return piece.type;
		return undefined;
	}

	#block(piece: Extract<Piece, {pipe: Pipe; body: Piece[]}>, dot: unknown): 'break' | 'continue' | undefined {
		this.#scopes.push(new Map());
		try {
			const value = this.#pipe(piece.pipe, dot, piece.type === 'range');
			if (piece.type === 'range') return this.#range(piece, value, dot);
			if (isTrue(value)) return this.write(piece.body, piece.type === 'with' ? value : dot);
			return this.write(piece.otherwise, dot);
		} finally {
			this.#scopes.pop();
		}
	}

	#range(piece: Extract<Piece, {pipe: Pipe; body: Piece[]}>, value: unknown, dot: unknown): 'break' | 'continue' | undefined {
		const entries = entriesOf(value, piece.pipe.commands[0]!.terms[0]!);
		if (entries.length === 0) return this.write(piece.otherwise, dot);
		const {variables} = piece.pipe;
		for (const [key, item] of entries) {
			this.#scopes.push(new Map());
			if (variables.length === 1) this.#declare(variables[0]!, item);
			if (variables.length === 2) {
				this.#declare(variables[0]!, key);
				this.#declare(variables[1]!, item);
			}

			const stop = this.write(piece.body, item);
			this.#scopes.pop();
			if (stop === 'break') break;
		}

		return undefined;
	}

	#declare(name: string, value: unknown): void {
		this.#scopes.at(-1)!.set(name, value);
	}

	#assign(name: string, value: unknown): void {
		const scope = this.#scopes.findLast(candidate => candidate.has(name));
		if (!scope) throw new Error(`template: output:1: undefined variable "${name}"`);
		scope.set(name, value);
	}

	#pipe(pipe: Pipe, dot: unknown, inRange = false): unknown {
		let value: unknown;
		pipe.commands.forEach((command, at) => {
			value = this.#command(command, dot, at > 0 ? [value] : []);
		});
		if (!inRange) for (const name of pipe.variables) pipe.assigns ? this.#assign(name, value) : this.#declare(name, value);
		return value;
	}

	#command({terms, place}: Command, dot: unknown, last: readonly unknown[]): unknown {
		const first = terms[0]!;
		const rest = terms.slice(1);
		if (first.type !== 'function') {
			if (rest.length > 0 || last.length > 0) throw new Error(`template: output:1: can't give argument to non-function ${describe(first)}`);
			return this.#term(first, dot);
		}

		if (first.name === 'and' || first.name === 'or') return this.#shortCircuit(first.name, rest, dot, last);
		const args = rest.map(term => this.#term(term, dot));
		try {
			return this.#functions[first.name]!(...args, ...last);
		} catch (error) {
			throw failedAt(place, `error calling ${first.name}: ${(error as Error).message}`);
		}
	}

	#shortCircuit(name: 'and' | 'or', terms: readonly Term[], dot: unknown, last: readonly unknown[]): unknown {
		let value: unknown;
		for (const term of terms) {
			value = this.#term(term, dot);
			if (isTrue(value) === (name === 'or')) return value;
		}

		return last.length > 0 ? last[0] : value;
	}

	#term(term: Term, dot: unknown): unknown {
		if (term.type === 'value') return term.value;
		if (term.type === 'function') return this.#functions[term.name]!();
		const from = term.of === 'dot' ? dot : term.of === 'variable' ? this.#variable(term.variable!) : this.#pipe(term.pipe!, dot);
		return term.path.reduce((value, field) => this.#field(value, field, term.place), from);
	}

	#variable(name: string): unknown {
		const scope = this.#scopes.findLast(candidate => candidate.has(name));
		if (!scope) throw new Error(`template: output:1: undefined variable "${name}"`);
		return scope.get(name);
	}

	#field(value: unknown, field: string, place: Place): unknown {
		if (value === null || value === undefined) return undefined;
		if (typeof value !== 'object' || Array.isArray(value)) {
			const type = Array.isArray(value)
				? '[]interface {}'
				: typeof value === 'number'
					? 'float64'
					: typeof value === 'boolean'
						? 'bool'
						: 'string';
			throw failedAt(
				place,
				`can't evaluate field ${field} in type ${type === 'bool' || type === 'string' || type === 'float64' ? 'interface {}' : type}`,
			);
		}

		const found = (value as Record<string, unknown>)[field];
		if (found === undefined && !this.#allowMissingKeys) throw failedAt(place, `map has no entry for key "${field}"`);
		return found;
	}
}

/** Go shortens what is long (text/template/exec.go). */
const failedAt = ({at, text}: Place, problem: string): Error =>
	new Error(`template: output:${at}: executing "output" at <${text.length > 20 ? `${text.slice(0, 20)}...` : text}>: ${problem}`);

const describe = (term: Term) =>
	term.type === 'value' ? goValue(term.value) : term.type === 'fields' ? `.${term.path.join('.')}` : term.name;

function entriesOf(value: unknown, from: Term): Array<[unknown, unknown]> {
	if (value === null || value === undefined) return [];
	if (Array.isArray(value)) return value.map((item, at) => [at, item]);
	if (typeof value === 'object') {
		const record = value as Record<string, unknown>;
		return Object.keys(record)
			.sort()
			.map(key => [key, record[key]]);
	}

	if (typeof value === 'number') return Array.from({length: Math.min(value, 100_000)}, (_, at) => [at, at]);
	const place = 'place' in from ? from.place : {at: '1', text: describe(from)};
	throw failedAt(place, `range can't iterate over ${goValue(value)}`);
}
