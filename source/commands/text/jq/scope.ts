import type {Node} from './tree.js';
import type {Path, Value} from './value.js';

/** What a program sees beside its input. */
export interface World {
	readonly env: Readonly<Record<string, string>>;
	nowMs(): number;
	input(): Value | undefined;
	debug(text: string): void;
}

/** A path is undefined where nobody asks for one, and null for what is no place in the input. */
export type Place = Path | null | undefined;
export type Out = Generator<readonly [Value, Place], void, unknown>;

export interface Closure {
	readonly params: readonly string[];
	readonly body: Node;
	/** Where it was written; a definition sees itself. */
	readonly scope: Scope;
	readonly recursive?: string;
}

export interface Scope {
	readonly up?: Scope;
	readonly name: string;
	readonly value?: Value;
	readonly closure?: Closure;
	/** What `break` of this name leaves. */
	readonly label?: object;
}

export const root: Scope = {name: ''};

/** What the parts of the interpreter ask of each other. */
export interface Interpreter {
	readonly world: World;
	run(node: Node, scope: Scope, value: Value, place: Place): Out;
	pathsOf(node: Node, scope: Scope, value: Value): Generator<Path>;
	descend(value: Value, place: Place): Out;
	/** Counts a piece of work; throws when there was too much of it. */
	step(): void;
}

/** `break $name`: not to be caught. */
export class Break {
	readonly label: object;

	constructor(label: object) {
		this.label = label;
	}
}

export const find = (scope: Scope, name: string): Scope | undefined => {
	for (let at: Scope | undefined = scope; at; at = at.up) if (at.name === name) return at;
	return undefined;
};
