import {nevra, type Package} from '../../../os/packages.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';
import {confirmed, expand, metadata, type Request, usage, type Verb} from './request.js';
import {downloads, outcome, rule, size, transaction, transactionTable} from './text.js';

export const install: Verb = function* (io, request) {
	const {packages, names} = request;
	if (names.length === 0) return usage(io, 'install');
	if (!request.quiet) io.out(metadata(io));
	const there: Package[] = [];
	const missing: string[] = [];
	const wanted: string[] = [];
	for (const name of names.flatMap(each => expand(packages, each))) {
		const item = packages.find(name);
		if (!item) missing.push(name);
		else if (packages.isInstalled(item.name)) there.push(item);
		else wanted.push(item.name);
	}

	for (const item of there) io.out(`Package ${nevra(item)} is already installed.\n`);
	if (missing.length > 0) {
		for (const name of missing) io.out(`No match for argument: ${name}\n`);
		io.err(`Error: Unable to find a match: ${missing.join(' ')}\n`);
		return 1;
	}

	const items = packages.resolve(wanted).install;
	io.out('Dependencies resolved.\n');
	if (items.length === 0) {
		io.out('Nothing to do.\nComplete!\n');
		return 0;
	}

	const asked = items.filter(item => wanted.includes(item.name));
	const total = items.reduce((sum, item) => sum + item.size, 0);
	io.out(
		transactionTable([
			['Installing', asked],
			['Installing dependencies', items.filter(item => !asked.includes(item))],
		]),
	);
	io.out(
		`Transaction Summary\n${rule}Install  ${count(items)}\n\nTotal download size: ${size(total)}\nInstalled size: ${size(items.reduce((sum, item) => sum + item.installedSize, 0))}\n`,
	);
	if (!(yield* confirmed(io, request))) return 1;
	const ms = packages.downloadMs(items);
	yield {sleepMs: ms};
	io.out(downloads(items, ms));
	packages.install(items);
	io.out(transaction('Installing', items) + outcome('Installed', items));
	return 0;
};

export const remove: Verb = function* (io, request) {
	const {packages, names} = request;
	if (names.length === 0) return usage(io, 'remove');
	const found = names.filter(name => packages.isInstalled(name));
	for (const name of names) if (!found.includes(name)) io.out(`No match for argument: ${name}\n`);
	if (found.length === 0) {
		io.out('No packages marked for removal.\nDependencies resolved.\nNothing to do.\nComplete!\n');
		return 0;
	}

	const items = packages.dependents(found);
	const system = items.filter(item => item.base || guarded.includes(item.name));
	if (system.length > 0) return keep(io, request, system);
	const asked = items.filter(item => found.some(name => packages.find(name)?.name === item.name));
	io.out('Dependencies resolved.\n');
	io.out(
		transactionTable([
			['Removing', asked, '@System'],
			['Removing dependent packages', items.filter(item => !asked.includes(item)), '@System'],
		]),
	);
	io.out(
		`Transaction Summary\n${rule}Remove  ${count(items)}\n\nFreed space: ${size(items.reduce((sum, item) => sum + item.installedSize, 0))}\n`,
	);
	if (!(yield* confirmed(io, request))) return 1;
	packages.remove(items);
	io.out(transaction('Erasing', items) + outcome('Removed', items));
	return 0;
};

/** What dnf never removes: /etc/dnf/protected.d. */
const guarded = ['dnf', 'setup', 'sudo', 'systemd', 'yum'];

/** What else would go with a part of the system is not known, except that dnf refuses to lose these. */
function keep(io: Io<Machine>, {names}: Request, system: readonly Package[]): number {
	const kept = system.map(item => item.name).filter(name => guarded.includes(name));
	if (kept.length === 0) return notSimulated(io, `${io.argv[0]} remove ${names.join(' ')}`);
	io.err(
		`Error: \n Problem: The operation would result in removing the following protected packages: ${kept.sort().join(', ')}\n(try to add '--skip-broken' to skip uninstallable packages or '--nobest' to use not only best candidate packages)\n`,
	);
	return 1;
}

const count = (items: readonly Package[]) => `${items.length} Package${items.length === 1 ? '' : 's'}`;

export const nothing: Verb = function* (io, {names, packages}) {
	io.out(metadata(io));
	const missing = names.filter(name => !packages.isInstalled(name));
	if (missing.length > 0) {
		for (const name of missing) io.out(`No match for argument: ${name}\n`);
		io.err(`Error: No packages marked for upgrade.\n`);
		return 1;
	}

	io.out('Dependencies resolved.\nNothing to do.\nComplete!\n');
	return 0;
};
