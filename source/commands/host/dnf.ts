import type {Machine} from '../../node/host/machine.js';
import {nevra, type Package, type Packages} from '../../os/packages.js';
import type {Command, Io, Run} from '../../shell/command.js';
import {yum} from '../container/packages/dialects.js';
import {manage} from '../container/packages/managers.js';
import {type ArgumentSpec, notSimulated, parseArguments} from './arguments.js';
import {downloads, outcome, rule, size, transaction, transactionTable} from './dnf-text.js';
import {strftime} from './strftime.js';

interface Request {
	readonly packages: Packages;
	readonly names: readonly string[];
	readonly yes: boolean;
	readonly no: boolean;
	readonly quiet: boolean;
}

type Verb = (io: Io<Machine>, request: Request) => Run;

const metadata = (io: Io<Machine>) => {
	const at = io.machine.sim.clock.now();
	return `Last metadata expiration check: 0:21:43 ago on ${strftime('%a %d %b %Y %I:%M:%S %p UTC', at - 1_303_000)}.\n`;
};

/** Asks unless `-y`; no keyboard means no. */
function* confirmed(io: Io<Machine>, {yes, no}: Request): Generator<any, boolean, any> {
	if (yes) return true;
	io.out('Is this ok [y/N]: ');
	const answer: string | undefined = no ? 'n' : yield {read: 'line'};
	if (answer === undefined) io.out('\n');
	if (/^y(es)?$/i.test(answer?.trim() ?? '')) return true;
	io.out('Operation aborted.\n');
	return false;
}

const install: Verb = function* (io, request) {
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

const remove: Verb = function* (io, request) {
	const {packages, names} = request;
	if (names.length === 0) return usage(io, 'remove');
	const found = names.filter(name => packages.isInstalled(name));
	for (const name of names) if (!found.includes(name)) io.out(`No match for argument: ${name}\n`);
	if (found.length === 0) {
		io.out('No packages marked for removal.\nDependencies resolved.\nNothing to do.\nComplete!\n');
		return 0;
	}

	const items = packages.dependents(found);
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

const count = (items: readonly Package[]) => `${items.length} Package${items.length === 1 ? '' : 's'}`;

/** `ipvs*` stands for all that match. */
function expand(packages: Packages, name: string): string[] {
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

const list: Verb = function* (io, {packages, names}) {
	const only = names[0] === 'installed' || names[0] === '--installed' ? 'installed' : names[0] === 'available' ? 'available' : undefined;
	const patterns = names.filter(name => name !== only).flatMap(name => expand(packages, name));
	const matches = (item: Package) => patterns.length === 0 || patterns.includes(item.name);
	const installed = packages.installed().filter(matches);
	const available = packages.available().filter(item => !packages.isInstalled(item.name) && matches(item));
	const shown = [
		...(only === 'available' ? [] : installed.map(item => [item, `@${item.repo}`] as const)),
		...(only === 'installed' ? [] : available.map(item => [item, item.repo] as const)),
	];
	if (shown.length === 0) {
		io.err('Error: No matching Packages to list\n');
		return 1;
	}

	const row = ([item, repo]: readonly [Package, string]) =>
		`${`${item.name}.${item.arch}`.padEnd(40)} ${`${item.version}-${item.release}`.padEnd(24)} ${repo}\n`;
	const section = (title: string, rows: ReadonlyArray<readonly [Package, string]>) =>
		rows.length > 0 ? `${title} Packages\n${rows.map(row).join('')}` : '';
	io.out(
		section(
			'Installed',
			shown.filter(([, repo]) => repo.startsWith('@')),
		) +
			section(
				'Available',
				shown.filter(([, repo]) => !repo.startsWith('@')),
			),
	);
	return 0;
};

const info: Verb = function* (io, {packages, names}) {
	const found = names
		.flatMap(name => expand(packages, name))
		.map(name => packages.find(name))
		.filter(item => item !== undefined);
	if (found.length === 0) {
		io.err('Error: No matching Packages to list\n');
		return 1;
	}

	for (const item of found) {
		const there = packages.isInstalled(item.name);
		const field = (name: string, value: string) => `${name.padEnd(13)}: ${value}\n`;
		io.out(`${there ? 'Installed' : 'Available'} Packages\n`);
		io.out(
			field('Name', item.name) +
				field('Version', item.version) +
				field('Release', item.release) +
				field('Architecture', item.arch) +
				field('Size', size(there ? item.installedSize : item.size)) +
				field('Repository', there ? '@System' : item.repo) +
				field('Summary', item.summary) +
				'\n',
		);
	}

	return 0;
};

const search: Verb = function* (io, {packages, names}) {
	const found = packages
		.available()
		.filter(item => names.every(name => `${item.name} ${item.summary}`.toLowerCase().includes(name.toLowerCase())));
	if (found.length === 0) io.err('No matches found.\n');
	for (const item of found) io.out(`${item.name}.${item.arch} : ${item.summary}\n`);
	return 0;
};

const provides: Verb = function* (io, {packages, names}) {
	let status = 0;
	for (const name of names) {
		const path = name.replaceAll('*', '');
		const item = packages
			.available()
			.find(
				each =>
					each.name === name ||
					each.provides?.includes(name) ||
					each.commands?.some(command => command === name || command.endsWith(path.startsWith('/') ? path : `/${path}`)),
			);
		if (item)
			io.out(
				`${nevra(item)} : ${item.summary}\nRepo        : ${packages.isInstalled(item.name) ? '@System' : item.repo}\nMatched from:\n${name.includes('/') ? 'Filename' : 'Provide'}    : ${name}\n\n`,
			);
		else {
			io.err(
				`Error: No matches found. If searching for a file, try specifying the full path or using a wildcard prefix ("*/") at the beginning.\n`,
			);
			status = 1;
		}
	}

	return status;
};

const nothing: Verb = function* (io, {names, packages}) {
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

const verbs: Readonly<Record<string, Verb>> = {
	install,
	localinstall: install,
	remove,
	erase: remove,
	list,
	info,
	search,
	provides,
	whatprovides: provides,
	update: nothing,
	upgrade: nothing,
	*makecache(io) {
		io.out(`${metadata(io)}Metadata cache created.\n`);
		return 0;
	},
	*clean(io) {
		io.out('12 files removed\n');
		return 0;
	},
	*repolist(io) {
		io.out(
			'repo id                  repo name\nappstream                Red Hat Enterprise Linux 9 - AppStream\nbaseos                   Red Hat Enterprise Linux 9 - BaseOS\n',
		);
		return 0;
	},
};

function usage(io: Io<Machine>, verb: string): number {
	io.err(`usage: ${io.argv[0]} ${verb} [-c [config file]] [-q] [-v] [--version]\nError: Need to pass a list of pkgs to ${verb}\n`);
	return 1;
}

/** Commands that dnf has and the simulation lacks. */
const others = [
	'group',
	'groupinstall',
	'module',
	'history',
	'downgrade',
	'reinstall',
	'autoremove',
	'config-manager',
	'repoquery',
	'check-update',
	'distro-sync',
	'download',
	'deplist',
];

const options: ArgumentSpec = {
	flags: 'yqvbChx46',
	values: 'cde',
	long: {
		assumeyes: '=y',
		assumeno: 'flag',
		quiet: '=q',
		nogpgcheck: 'flag',
		enablerepo: 'value',
		disablerepo: 'value',
		setopt: 'value',
		'skip-broken': 'flag',
		best: 'flag',
		nobest: 'flag',
		allowerasing: 'flag',
		version: 'flag',
		help: '=h',
		installed: 'flag',
		available: 'flag',
		disableexcludes: 'value',
		refresh: 'flag',
		showduplicates: 'flag',
	},
};

export default {
	name: 'dnf',
	aliases: ['yum'],
	summary: 'install packages',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		const [verb, ...names] = args.operands;
		const {packages} = io.machine;
		if (!packages && io.machine.kind === 'container') return yield* manage(yum, io);
		if (args.problem) {
			io.err(
				`Command line error: ${args.problem.startsWith('unrecognized') ? `unrecognized arguments: ${/'(.*)'/.exec(args.problem)?.[1]}` : args.problem}\n`,
			);
			return 1;
		}

		if (!packages || args.has('showduplicates')) return notSimulated(io, io.argv.join(' '));
		if (args.has('version')) {
			io.out('4.14.0\n');
			return 0;
		}

		const act = verb !== undefined && Object.hasOwn(verbs, verb) ? verbs[verb]! : undefined;
		if (verb === undefined || args.has('h')) {
			io.out(`usage: ${io.argv[0]} [options] COMMAND\n\nList of Main Commands:\n\n${Object.keys(verbs).join('\n')}\n`);
			return verb === undefined ? 1 : 0;
		}

		if (!act) {
			if (others.includes(verb)) return notSimulated(io, `${io.argv[0]} ${verb}`);
			io.err(
				`No such command: ${verb}. Please use /usr/bin/${io.argv[0]} --help\nIt could be a DNF plugin command, try: "dnf install 'dnf-command(${verb})'"\n`,
			);
			return 1;
		}

		const scope = args.has('installed') ? ['installed'] : args.has('available') ? ['available'] : [];
		return yield* act(io, {packages, names: [...scope, ...names], yes: args.has('y'), no: args.has('assumeno'), quiet: args.has('q')});
	},
	complete: (words, {machine}) =>
		words.length <= 2 ? Object.keys(verbs) : ((machine.packages as Packages | undefined)?.available().map(item => item.name) ?? []),
} satisfies Command<Machine>;
