import type {Builtin} from './builtin.js';
import caller from './caller.js';
import conditions from './conditions.js';
import echo from './echo.js';
import evaluation from './evaluation.js';
import flow from './flow.js';
import folders from './folders.js';
import history from './history.js';
import jobs from './jobs.js';
import lookup from './lookup.js';
import mapfile from './mapfile.js';
import options from './options.js';
import printf from './printf.js';
import process from './process.js';
import read from './read.js';
import shopt from './shopt.js';
import variables from './variables.js';

/** Every builtin, by the group that it belongs to. */
const groups: readonly (readonly Builtin[])[] = [
	flow,
	folders,
	echo,
	printf,
	conditions,
	read,
	mapfile,
	variables,
	options,
	shopt,
	evaluation,
	lookup,
	caller,
	jobs,
	history,
	process,
];

export const builtins: ReadonlyMap<string, Builtin> = new Map(groups.flat().map(builtin => [builtin.name, builtin]));
