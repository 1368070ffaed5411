import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import type {AwkArray} from './array.js';
import type {Generator63} from './random.js';
import type {Record, Separator} from './record.js';
import type {Streams} from './streams.js';
import type {Expression, Target} from './syntax.js';
import type {Value} from './values.js';

/** What a built-in function may ask of the program that calls it. */
export interface Runtime {
	readonly io: Io<Machine>;
	readonly record: Record;
	readonly streams: Streams;
	readonly random: Generator63;
	evaluate(expression: Expression): Generator<any, Value, any>;
	/** A regular expression constant, or the text of any other expression as one. */
	regex(expression: Expression): Generator<any, RegExp, any>;
	separator(expression: Expression | undefined): Generator<any, Separator, any>;
	/** The array that a name stands for. */
	array(expression: Expression): AwkArray;
	isArray(expression: Expression): boolean;
	assign(target: Target, value: Value): Generator<any, void, any>;
	text(value: Value): string;
	global(name: string, value: Value): void;
	subscriptSeparator(): string;
	/** `warning:` on standard error. */
	warn(message: string): void;
}

/** A built-in that works on values, or one that must see what is written. */
export type PlainFunction = (args: readonly Value[], runtime: Runtime) => Value;

export type SpecialFunction = (args: readonly Expression[], runtime: Runtime) => Generator<any, Value, any>;
