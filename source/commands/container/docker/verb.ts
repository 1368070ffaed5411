import type {Machine} from '../../../node/host/machine.js';
import type {Effect, EffectResult, Io, Run} from '../../../shell/command.js';
import type {Option, Values} from './options.js';
import type {Engine} from '../../../node/engine/docker.js';

/** One run of a docker command. */
export interface Call {
	readonly io: Io<Machine>;
	readonly engine: Engine;
	readonly values: Values;
	readonly args: readonly string[];
	/** `docker run` */
	readonly path: string;
	readonly nowMs: number;
	out(text: string): void;
	err(text: string): void;
}

export type Steps<T> = Generator<Effect, T, EffectResult>;

/** What `docker <name>` does. */
export interface Verb {
	/** `ps`, or `network create`. */
	readonly name: string;
	/** Other names it goes by: `container ls`. */
	readonly aliases?: readonly string[];
	readonly summary: string;
	/** After `docker <name> `. */
	readonly usage: string;
	readonly options: readonly Option[];
	/** How many arguments: at least, at most. */
	readonly arguments: readonly [least: number, most: number];
	readonly stopAtArgument?: boolean;
	/** It works without the daemon. */
	readonly offline?: boolean;
	run(call: Call): Run;
}
