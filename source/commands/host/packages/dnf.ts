import type {Machine} from '../../../node/host/machine.js';
import type {Packages} from '../../../os/packages.js';
import type {Command} from '../../../shell/command.js';
import {yum} from '../../container/packages/dialects.js';
import {manage} from '../../container/packages/managers.js';
import {type ArgumentSpec, notSimulated, parseArguments} from '../arguments.js';
import {install, nothing, remove} from './change.js';
import {deplist, info, list, provides, repoquery} from './query.js';
import {repolist} from './repositories.js';
import {metadata, type Verb} from './request.js';
import {search} from './search.js';

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
	repolist,
	repoquery,
	deplist,
	*'check-update'(io) {
		io.out(metadata(io));
		return 0;
	},
};

/** Commands that dnf has and the simulation lacks. */
const others = [
	'grouplist',
	'swap',
	'mark',
	'shell',
	'alias',
	'offline-upgrade',
	'builddep',
	'reposync',
	'versionlock',
	'repository-packages',
	'updateinfo',
	'upgrade-minimal',
	'group',
	'groupinstall',
	'module',
	'history',
	'downgrade',
	'reinstall',
	'autoremove',
	'config-manager',
	'distro-sync',
	'download',
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
		if (verb !== undefined && others.includes(verb)) return notSimulated(io, `${io.argv[0]} ${verb}`);
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
