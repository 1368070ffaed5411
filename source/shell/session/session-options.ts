import type {Random} from '../../sim/random.js';
import type {Command} from '../command.js';
import type {ShellMachine} from '../machine.js';
import type {Terminal} from './terminal.js';
import type {Time} from '../run/time.js';

export interface SessionOptions {
	readonly machine: ShellMachine;
	readonly commands: readonly Command[];
	readonly time: Time;
	readonly random: Random;
	/** The screen and keyboard; absent for `sh --steps`. With one, `-it` shells can be entered. */
	readonly terminal?: Terminal;
	/** Lets the event loop turn, so that a busy loop can be interrupted. */
	readonly breathe?: () => Promise<void>;
	/** A program is about to run, its words expanded. */
	readonly heard?: (machine: ShellMachine, words: readonly string[]) => void;
	/** For `restore`: the machine of a shell that had been entered. */
	readonly findMachine?: (name: string) => ShellMachine | undefined;
}
