import type {Machine} from '../../../node/host/machine.js';
import type {Packages} from '../../../os/packages.js';
import type {Io, Run} from '../../../shell/command.js';
import {strftime} from '../../../sim/strftime.js';

export interface Request {
	readonly packages: Packages;
	readonly names: readonly string[];
	readonly yes: boolean;
	readonly no: boolean;
	readonly quiet: boolean;
}

export type Verb = (io: Io<Machine>, request: Request) => Run;

export const metadata = (io: Io<Machine>) => {
	const at = io.machine.sim.clock.now();
	return `Last metadata expiration check: 0:21:43 ago on ${strftime('%a %d %b %Y %I:%M:%S %p UTC', at - 1_303_000)}.\n`;
};

/** Asks unless `-y`; no keyboard means no. */
export function* confirmed(io: Io<Machine>, {yes, no}: Request): Generator<any, boolean, any> {
	if (yes) return true;
	io.out('Is this ok [y/N]: ');
	const answer: string | undefined = no ? 'n' : yield {read: 'line'};
	if (answer === undefined) io.out('\n');
	if (/^y(es)?$/i.test(answer?.trim() ?? '')) return true;
	io.out('Operation aborted.\n');
	return false;
}

/** `ipvs*` stands for all that match. */
export function expand(packages: Packages, name: string): string[] {
	if (!/[*?]/.test(name)) return [name];
	const pattern = new RegExp(
		`^${name
			.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
			.replaceAll('*', '.*')
			.replaceAll('?', '.')}$`,
	);
	const found = packages
		.available()
		.filter(item => pattern.test(item.name))
		.map(item => item.name);
	return found.length > 0 ? found : [name];
}

export function usage(io: Io<Machine>, verb: string): number {
	io.err(`usage: ${io.argv[0]} ${verb} [-c [config file]] [-q] [-v] [--version]\nError: Need to pass a list of pkgs to ${verb}\n`);
	return 1;
}
