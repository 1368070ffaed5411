import type {Unit} from '../../../os/units.js';
import {notSimulated} from '../arguments.js';
import {fullName, type Verb} from './verb.js';

/** One word a unit; the exit status says whether all are. */
export const ask =
	(word: (unit: Unit | undefined) => string, good: readonly string[], bad: number): Verb =>
	(io, units, names, flags) => {
		const words = names.map(name => word(units.get(name)));
		if (!flags.has('quiet') && !flags.has('q')) for (const each of words) io.out(`${each}\n`);
		return words.some(each => good.includes(each)) ? 0 : bad;
	};

export const cat: Verb = (io, units, names) => {
	for (const name of names) {
		const unit = units.get(name);
		if (!unit) {
			io.err(`No files found for ${fullName(name)}.\n`);
			return 1;
		}

		const {files} = io.machine;
		// What runs is known, not the text that says so.
		if (!files.exists(unit.path)) return notSimulated(io, `systemctl cat ${name}`);
		for (const path of [unit.path, ...(unit.dropIns ?? [])]) if (files.exists(path)) io.out(`# ${path}\n${files.readText(path)}\n`);
	}

	return 0;
};
