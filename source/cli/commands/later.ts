import {type CliCommand, usageError} from '../command.js';

/** Commands of the plan that this version has not got. They say so, and never pretend. */
const planned = {
	import: 'carries progress to another machine; "kubelab check" reads what "export" wrote',
};

export const later: readonly CliCommand[] = Object.entries(planned).map(([name, what]) => ({
	name,
	summary: '',
	usage: name,
	options: {},
	words: {min: 0, max: 99},
	run: () => Promise.reject(usageError(`"kubelab ${name}" is not part of this version: it ${what}.`)),
}));
