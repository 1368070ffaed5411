import type {Environment, ParseResult} from '@marcbachmann/cel-js';
import {Remembered} from '../../sim/remembered.js';
import {boundOf, budget} from './cost.js';
import {addFunctions} from './functions.js';
import {cel} from './library.js';
import {parse} from './literals.js';
import {errorText, reasonText} from './words.js';

/** An expression that was read; `evaluate` answers a value or why there is none, in the words of cel-go. */
export interface Expression {
	/** `ERROR: <input>:1:5: undefined field 'x' ...`; such an expression must not be evaluated. */
	readonly error?: string;
	/** What it answers, as far as it can be known: `bool`, `int`, `dyn` ... */
	readonly type?: string;
	evaluate(variables: Readonly<Record<string, unknown>>): Outcome;
}

export type Outcome = {readonly value: unknown} | {readonly error: string};

let base: Environment | undefined;

/** Where expressions are read: the language with what Kubernetes adds to it, before any variable is declared. */
export function newEnvironment(): Environment {
	base ??= addFunctions(
		new (cel().Environment)({unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false, enableOptionalTypes: true}),
	);
	return base.clone();
}

const environments = new Map<string, Environment>();
const remembered = new Remembered<Expression>(1000);

/** Reads an expression over variables of any type. */
export function expression(text: string, variables: readonly string[]): Expression {
	const names = variables.join();
	return remembered.of(`${names}\n${text}`, () => compile(text, environmentOf(names, variables)));
}

function environmentOf(names: string, variables: readonly string[]): Environment {
	let environment = environments.get(names);
	if (!environment) {
		environment = newEnvironment();
		for (const name of variables) environment.registerVariable(name, 'dyn');
		environments.set(names, environment);
	}

	return environment;
}

function compile(text: string, environment: Environment): Expression {
	let program: ParseResult;
	let type: string | undefined;
	try {
		program = parse(text, environment);
		const checked = program.check();
		if (!checked.valid) return broken(errorText(checked.error, text));
		({type} = checked);
	} catch (error) {
		return broken(errorText(error, text));
	}

	return {
		...(type !== undefined && {type}),
		evaluate(variables) {
			if (boundOf(program.ast, variables) > budget) return {error: 'operation cancelled: actual cost limit exceeded'};
			try {
				return {value: program(variables)};
			} catch (error) {
				return {error: reasonText(error)};
			}
		},
	};
}

const broken = (error: string): Expression => ({error, evaluate: () => ({error})});
