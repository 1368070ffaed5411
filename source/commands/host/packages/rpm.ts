import type {Machine} from '../../../node/host/machine.js';
import {nevra, type Package, type Packages, pathsOf} from '../../../os/packages.js';
import type {Command, Io} from '../../../shell/command.js';
import {type Arguments, type ArgumentSpec, notSimulated, parseArguments} from '../arguments.js';
import {UnknownTag, queryFormat, description} from './rpm-format.js';

const options: ArgumentSpec = {
	flags: 'qalficedRvhUVp',
	// No letter of rpm's own: the query format.
	values: 'F',
	long: {
		query: '=q',
		all: '=a',
		list: '=l',
		file: '=f',
		info: '=i',
		configfiles: '=c',
		docfiles: '=d',
		requires: '=R',
		provides: 'flag',
		whatprovides: 'flag',
		whatrequires: 'flag',
		version: 'flag',
		install: 'flag',
		upgrade: '=U',
		erase: '=e',
		verify: '=V',
		package: '=p',
		force: 'flag',
		nodeps: 'flag',
		quiet: 'flag',
		qf: '=F',
		queryformat: '=F',
	},
};

export default {
	name: 'rpm',
	summary: 'ask what is installed',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		const {packages} = io.machine;
		if (args.problem) {
			io.err(
				`rpm: ${args.problem.replace(/.*'(.*)'/, (_, name: string) => `${name.startsWith('-') ? name : `-${name}`}: unknown option`)}\n`,
			);
			return 1;
		}

		if (args.has('version')) {
			io.out('RPM version 4.16.1.3\n');
			return 0;
		}

		const verifies = args.has('V') || args.has('p') || args.has('U') || args.has('install') || args.has('d');
		if (!packages || verifies || (!args.has('q') && !args.has('e'))) return notSimulated(io, io.argv.join(' '));
		if (!args.has('q')) return erase(io, packages, args);
		if (args.operands.length === 0 && !args.has('a')) {
			io.err('rpm: no arguments given for query\n');
			return 1;
		}

		try {
			return query(io, packages, args);
		} catch (error) {
			if (!(error instanceof UnknownTag)) throw error;
			if (error.known) return notSimulated(io, `rpm --queryformat %{${error.tag}}`);
			io.err(`error: incorrect format: unknown tag: "${error.tag}"\n`);
			return 1;
		}
	},
} satisfies Command<Machine>;

function query(io: Io<Machine>, packages: Packages, args: Arguments): number {
	let status = 0;
	const show = (item: Package) => {
		if (!args.has('quiet')) io.out(shown(item, args));
	};
	if (args.has('a')) {
		const patterns = args.operands.map(globOf);
		for (const item of packages.installed())
			if (patterns.length === 0 || patterns.some(pattern => labels(item).some(label => pattern.test(label)))) show(item);
		return 0;
	}

	for (const name of args.operands) {
		const found = selected(io, packages.installed(), args, name);
		if (typeof found === 'string') {
			if (found.startsWith('error: ')) io.err(found);
			else if (!args.has('quiet')) io.out(found);
			status++;
		} else for (const item of found) show(item);
	}

	return status;
}

/** The packages that an operand stands for, or why there are none. */
function selected(io: Io<Machine>, installed: readonly Package[], args: Arguments, name: string): readonly Package[] | string {
	const orElse = (found: readonly Package[], message: string) => (found.length > 0 ? found : message);
	if (args.has('f')) {
		const path = io.path(name);
		if (!io.machine.files.exists(path)) return `error: file ${path}: No such file or directory\n`;
		return orElse(owners(io, installed, path), `file ${path} is not owned by any package\n`);
	}

	if (args.has('whatprovides')) {
		const found = name.startsWith('/')
			? owners(io, installed, name)
			: installed.filter(item => item.name === name || item.provides?.includes(name));
		return orElse(found, `no package provides ${name}\n`);
	}

	if (args.has('whatrequires'))
		return orElse(
			installed.filter(item => item.requires?.includes(name)),
			`no package requires ${name}\n`,
		);
	return orElse(
		installed.filter(item => labels(item).includes(name)),
		`package ${name} is not installed\n`,
	);
}

/** A folder's links are followed, a file's own is not: /bin/sh is /usr/bin/sh. */
function owners({machine: {files}}: Io<Machine>, installed: readonly Package[], path: string): readonly Package[] {
	const at = path.lastIndexOf('/');
	const folder = path.slice(0, at) || '/';
	const real = files.exists(folder) ? `${files.realpath(folder).replace(/\/$/, '')}${path.slice(at)}` : path;
	return installed.filter(item => {
		const paths = pathsOf(item);
		return paths.includes(real) || paths.includes(path);
	});
}

function shown(item: Package, args: Arguments): string {
	const format = args.value('F');
	const lines: string[] = [];
	if (format !== undefined) return queryFormat(format, item);
	if (args.has('i')) lines.push(...description(item));
	if (args.has('l')) lines.push(...(pathsOf(item).length > 0 ? pathsOf(item) : ['(contains no files)']));
	if (args.has('c')) lines.push(...pathsOf(item).filter(path => path.startsWith('/etc/')));
	if (args.has('R')) lines.push(...(item.requires ?? []));
	if (args.has('provides'))
		for (const name of [item.name, ...(item.provides ?? [])]) lines.push(`${name} = ${item.version}-${item.release}`);
	if (['i', 'l', 'c', 'R', 'provides'].every(each => !args.has(each))) lines.push(nevra(item));
	return lines.map(line => `${line}\n`).join('');
}

/** All that a package can be called by. */
const labels = (item: Package) => [
	item.name,
	`${item.name}.${item.arch}`,
	`${item.name}-${item.version}`,
	`${item.name}-${item.version}-${item.release}`,
	nevra(item),
];

const globOf = (text: string) =>
	new RegExp(
		`^${text
			.replaceAll(/[.+^${}()|\\]/g, '\\$&')
			.replaceAll('*', '.*')
			.replaceAll('?', '.')}$`,
	);

function erase(io: Io<Machine>, packages: Packages, args: Arguments): number {
	const found = args.operands.map(name => [name, packages.installed().find(item => labels(item).includes(name))] as const);
	if (found.length === 0) {
		io.err('rpm: no packages given for erase\n');
		return 1;
	}

	for (const [name, item] of found) {
		if (item?.base) return notSimulated(io, `${io.argv[0]} -e ${name}`);
		if (!item) io.err(`error: package ${name} is not installed\n`);
	}

	const items = found.flatMap(([, item]) => item ?? []);
	if (items.length < found.length) return found.length - items.length;
	const names = items.map(item => item.name);
	const left = args.has('nodeps') ? [] : packages.dependents(names).filter(item => !items.includes(item));
	const needs = left.flatMap(item => items.filter(each => item.requires?.includes(each.name)).map(each => [each, item] as const));
	if (needs.length > 0) {
		io.err(
			`error: Failed dependencies:\n${needs.map(([need, item]) => `\t${need.name} is needed by (installed) ${nevra(item)}\n`).join('')}`,
		);
		return needs.length;
	}

	packages.remove(items);
	return 0;
}
