import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {type Dialect, manager} from './managers.js';

const alpine = 'https://dl-cdn.alpinelinux.org/alpine/v3.21';
const fetches = ['main', 'community'].map(name => `fetch ${alpine}/${name}/x86_64/APKINDEX.tar.gz\n`).join('');

const apk: Dialect = {
	name: 'apk',
	summary: 'packages of Alpine Linux',
	path: '/sbin/apk',
	install: ['add'],
	remove: ['del'],
	refresh: ['update'],
	harmless: ['upgrade', 'fix', 'cache'],
	refreshed: () => `${fetches}v3.21.3-169-gd9b5a3b0e3e [${alpine}/main]\nOK: 25395 distinct packages available\n`,
	unreachable: () => `WARNING: fetching ${alpine}/main: DNS: transient error (try again later)\nERROR: unable to select packages\n`,
	missing: names => [
		`ERROR: unable to select packages:\n${names.map(name => `  ${name} (no such package):\n    required by: world[${name}]\n`).join('')}`,
		names.length,
	],
	done: (names, known) =>
		`${fetches}${names.map((name, index) => `(${index + 1}/${names.length}) Installing ${name}\n`).join('')}Executing busybox-1.37.0-r12.trigger\nOK: ${8 + known * 3} MiB in ${15 + known} packages\n`,
	removed: names => names.map((name, index) => `(${index + 1}/${names.length}) Purging ${name}\n`).join(''),
};

/** Where an image of Debian's family gets its packages, by what it says it is. */
function sourcesOf({files}: Machine): {readonly lists: readonly string[]; readonly fetched: string} {
	const release = files.exists('/etc/os-release') ? files.readText('/etc/os-release') : '';
	const suite = /^VERSION_CODENAME=(\w+)/m.exec(release)?.[1] ?? 'bookworm';
	if (!/^ID=ubuntu$/m.test(release)) {
		const url = 'http://deb.debian.org/debian';
		return {
			lists: [`${url} ${suite} InRelease [151 kB]`, `${url} ${suite}/main amd64 Packages [8793 kB]`],
			fetched: '8944 kB in 1s (8944 kB/s)',
		};
	}

	const url = 'http://archive.ubuntu.com/ubuntu';
	return {
		lists: [
			`${url} ${suite} InRelease [256 kB]`,
			`http://security.ubuntu.com/ubuntu ${suite}-security InRelease [126 kB]`,
			`${url} ${suite}-updates InRelease [126 kB]`,
			`${url} ${suite}-backports InRelease [126 kB]`,
			`${url} ${suite}/universe amd64 Packages [19.3 MB]`,
			`${url} ${suite}/main amd64 Packages [1808 kB]`,
		],
		fetched: '21.7 MB in 2s (10.9 MB/s)',
	};
}

const debian: Omit<Dialect, 'name' | 'summary'> = {
	path: '/usr/bin/apt-get',
	install: ['install'],
	remove: ['remove', 'purge'],
	refresh: ['update'],
	harmless: ['clean', 'autoclean', 'autoremove', 'upgrade', 'dist-upgrade'],
	refreshed(machine) {
		const {lists, fetched} = sourcesOf(machine);
		return `${lists.map((line, index) => `Get:${index + 1} ${line}\n`).join('')}Fetched ${fetched}\nReading package lists...\n`;
	},
	unreachable(machine) {
		const {lists} = sourcesOf(machine);
		const releases = lists.filter(line => line.includes('InRelease')).map(line => line.split(' '));
		const failed = releases.map(
			([url, suite]) => `W: Failed to fetch ${url}/dists/${suite}/InRelease  Temporary failure resolving '${url!.split('/')[2]}'\n`,
		);
		return `${failed.join('')}E: Some index files failed to download. They have been ignored, or old ones used instead.\n`;
	},
	missing: names => [names.map(name => `E: Unable to locate package ${name}\n`).join(''), 100],
	done: names =>
		names.length === 0
			? 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n'
			: `Reading package lists...\nBuilding dependency tree...\nReading state information...\nThe following NEW packages will be installed:\n  ${names.join(' ')}\n0 upgraded, ${names.length} newly installed, 0 to remove and 0 not upgraded.\n${names.map(name => `Unpacking ${name} ...\n`).join('')}${names.map(name => `Setting up ${name} ...\n`).join('')}`,
	removed: names =>
		`Reading package lists...\nBuilding dependency tree...\nReading state information...\n${names.map(name => `Removing ${name} ...\n`).join('')}`,
};

/** yum in an image of Red Hat's family; on the machines themselves it is dnf's own command. */
export const yum: Dialect = {
	name: 'yum',
	summary: 'packages of a Red Hat image',
	path: '/usr/bin/yum',
	install: ['install', 'localinstall', 'reinstall'],
	remove: ['remove', 'erase'],
	refresh: ['makecache', 'check-update'],
	harmless: ['clean', 'update', 'upgrade', 'autoremove'],
	refreshed: () => 'Metadata cache created.\n',
	unreachable: () =>
		"Error: Failed to download metadata for repo 'appstream': Cannot prepare internal mirrorlist: Curl error (6): Couldn't resolve host name\n",
	missing: names => [
		`No match for argument: ${names.join('\nNo match for argument: ')}\nError: Unable to find a match: ${names.join(' ')}\n`,
		1,
	],
	done: names =>
		names.length === 0
			? 'Dependencies resolved.\nNothing to do.\nComplete!\n'
			: `Dependencies resolved.\nInstalling:\n${names.map(name => ` ${name}\n`).join('')}\nTransaction Summary\nInstall  ${names.length} Package${names.length === 1 ? '' : 's'}\n\nInstalled:\n${names.map(name => `  ${name}\n`).join('')}\nComplete!\n`,
	removed: names =>
		`${names.length > 0 ? `Removed:\n${names.map(name => `  ${name}\n`).join('')}\n` : 'No packages marked for removal.\n'}Complete!\n`,
};

export const packageManagers: readonly Command<Machine>[] = [
	manager(apk),
	manager({...debian, name: 'apt-get', summary: 'packages of a Debian image'}),
	manager({...debian, name: 'apt', summary: 'packages of a Debian image', path: '/usr/bin/apt'}),
];
