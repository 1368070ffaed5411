import type {Machine} from '../../../node/host/machine.js';
import type {FileStat} from '../../../os/files.js';
import type {Io} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';

/** One file that is looked at. */
export interface Entry {
	/** As it is printed: the starting point and what lies below it. */
	readonly shown: string;
	readonly path: string;
	readonly start: string;
	readonly depth: number;
	readonly stat: FileStat;
}

/** What happens while one walks. */
export interface Walk {
	readonly io: Io<Machine>;
	readonly nowMs: number;
	status: number;
	/** Nothing below this one is looked at. */
	pruned: boolean;
	quit: boolean;
}

/** Whether it holds; an action does its work and says whether that went well. May yield what it waits for. */
export type Test = (entry: Entry, walk: Walk) => Generator<any, boolean, any>;

/** What was asked for as a whole, wherever it stands in the expression. */
export interface Options {
	minDepth: number;
	maxDepth: number;
	/** What a folder holds comes before it. */
	depthFirst: boolean;
	/** Symbolic links are followed. */
	follow: boolean;
	/** Of `-regex` from here on. */
	regexType: string;
	/** Some action is there: nothing is printed by itself. */
	acts: boolean;
	/** What `-exec ... +` runs at the end. */
	readonly finals: Array<(walk: Walk) => Generator<any, void, any>>;
}

/** What is wrong with the expression, without the name of the tool. */
export class ExpressionError extends Error {}
/** What GNU's has and this one lacks. */
export class NotSimulated extends Error {}

export const baseName = ({shown}: Entry): string =>
	shown
		.replace(/(.)\/+$/, '$1')
		.split('/')
		.at(-1) || '/';

/** In the quotes of the C library's locale: those of a container are plain, and BusyBox has none. */
export function quoted({machine}: Io<Machine>, name: string): string {
	if (isBusybox(machine, 'find')) return name;
	return machine.kind === 'host' ? `‘${name}’` : `'${name}'`;
}
