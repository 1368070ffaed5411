import {nevra, type Package, pathsOf} from '../../../os/packages.js';
import {expand, metadata, type Verb} from './request.js';
import {size} from './text.js';

/** What the installer brought has no repository of its own. */
const origin = (item: Package) => (item.base ? '@anaconda' : `@${item.repo}`);

export const list: Verb = function* (io, {packages, names}) {
	const only = names[0] === 'installed' || names[0] === '--installed' ? 'installed' : names[0] === 'available' ? 'available' : undefined;
	const patterns = names.filter(name => name !== only).flatMap(name => expand(packages, name));
	const matches = (item: Package) => patterns.length === 0 || patterns.includes(item.name);
	const installed = packages.installed().filter(matches);
	const available = packages.available().filter(item => !packages.isInstalled(item.name) && matches(item));
	const shown = [
		...(only === 'available' ? [] : installed.map(item => [item, origin(item)] as const)),
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

export const info: Verb = function* (io, {packages, names}) {
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

export const provides: Verb = function* (io, {packages, names}) {
	let status = 0;
	for (const name of names) {
		const path = name.replaceAll('*', '');
		const item = packages
			.available()
			.find(
				each =>
					each.name === name ||
					each.provides?.includes(name) ||
					pathsOf(each).some(command => command === name || command.endsWith(path.startsWith('/') ? path : `/${path}`)),
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

/** `name-0:version-release.arch` */
export const repoquery: Verb = function* (io, {packages, names}) {
	const wanted = names.flatMap(name => expand(packages, name));
	for (const item of packages.available())
		if (wanted.length === 0 || wanted.includes(item.name)) io.out(`${item.name}-0:${item.version}-${item.release}.${item.arch}\n`);
	return 0;
};

export const deplist: Verb = function* (io, {packages, names}) {
	const found = names.flatMap(name => expand(packages, name)).flatMap(name => packages.find(name) ?? []);
	io.out(metadata(io));
	for (const item of found) {
		io.out(`package: ${nevra(item)}\n`);
		for (const need of item.requires ?? []) {
			const provider = packages.find(need);
			io.out(`  dependency: ${need}\n${provider ? `   provider: ${nevra(provider)}\n` : ''}`);
		}
	}

	return 0;
};
