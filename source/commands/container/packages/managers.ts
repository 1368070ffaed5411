import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {type ContainerPackage, findPackage} from './catalogue.js';
import {install, installed, reachesMirror, remember, uninstall} from './install.js';

/** What a package manager says; everything else they have in common. */
export interface Dialect {
	readonly name: string;
	readonly summary: string;
	readonly path: string;
	readonly install: readonly string[];
	readonly remove: readonly string[];
	/** Refreshes what is known of the repositories. */
	readonly refresh: readonly string[];
	/** Verbs that change nothing here: `clean`, `makecache`. */
	readonly harmless: readonly string[];
	refreshed(machine: Machine): string;
	unreachable(machine: Machine): string;
	missing(names: readonly string[]): readonly [text: string, status: number];
	done(names: readonly string[], known: number): string;
	removed(names: readonly string[]): string;
}

const installMs = 1500;

/** Packages in containers: the machines of the classroom have dnf itself. */
export function* manage(dialect: Dialect, io: Io<Machine>): Run {
	const {machine} = io;
	const words = io.argv.slice(1).filter(word => !word.startsWith('-'));
	const [verb = '', ...names] = words;
	const refuse = () => {
		machine.sim.notes.notSimulated(`${dialect.name} ${verb}`);
		io.err(`kubelab: not simulated: ${dialect.name} ${verb}\n`);
		return 125;
	};
	if (dialect.harmless.includes(verb)) return 0;
	if (dialect.refresh.includes(verb)) {
		yield {sleepMs: 800};
		if (!reachesMirror(machine)) {
			io.err(dialect.unreachable(machine));
			return dialect.name === 'apt-get' || dialect.name === 'apt' ? 100 : 1;
		}

		io.out(dialect.refreshed(machine));
		return 0;
	}

	if (dialect.remove.includes(verb)) return remove(dialect, io, names);
	if (!dialect.install.includes(verb)) return refuse();
	const found: Array<readonly [string, ContainerPackage]> = [];
	for (const name of names) {
		const item = findPackage(name);
		if (item) found.push(item);
	}

	const missing = names.filter(name => !findPackage(name));
	yield {sleepMs: installMs};
	if (!reachesMirror(machine)) {
		io.err(dialect.unreachable(machine));
		return 1;
	}

	if (missing.length > 0) {
		const [text, status] = dialect.missing(missing);
		io.err(text);
		return status;
	}

	const known = new Set(installed(machine));
	for (const [, item] of found) install(machine, item);
	const fresh = found.map(([name]) => name).filter(name => !known.has(name));
	for (const name of fresh) known.add(name);
	remember(machine, known);
	io.out(dialect.done(fresh, known.size));
	return 0;
}

function remove(dialect: Dialect, {machine, out}: Io<Machine>, names: readonly string[]): number {
	const known = new Set(installed(machine));
	const gone = names.filter(name => known.delete(name));
	for (const name of gone) uninstall(machine, findPackage(name)![1]);
	remember(machine, known);
	out(dialect.removed(gone));
	return 0;
}

export const manager = (dialect: Dialect): Command<Machine> => ({
	name: dialect.name,
	summary: dialect.summary,
	path: dialect.path,
	run: io => manage(dialect, io),
});
