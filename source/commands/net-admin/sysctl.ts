import {FileError} from '../../os/files.js';
import type {Command} from '../../shell/command.js';
import {refuse, stackOf, tool, type ToolIo} from './tool.js';

interface Options {
	write: boolean;
	valuesOnly: boolean;
	namesOnly: boolean;
	ignore: boolean;
	quiet: boolean;
}

const command: Command = tool({
	name: 'sysctl',
	summary: 'read and set kernel parameters',
	path: '/usr/sbin/sysctl',
	run(io) {
		const options: Options = {write: false, valuesOnly: false, namesOnly: false, ignore: false, quiet: false};
		const words: string[] = [];
		let status = 0;
		const args = io.argv.slice(1).flatMap(arg => (/^-[a-zA-Z]{2,}$/.test(arg) ? [...arg.slice(1)].map(letter => `-${letter}`) : [arg]));
		for (let i = 0; i < args.length; i++) {
			const arg = args[i]!;
			if (arg === '-a' || arg === '-A' || arg === '--all') for (const name of stackOf(io).sysctls.names()) show(io, name, options);
			else if (arg === '-p' || arg === '--load') {
				status |= load(io, args[i + 1] && !args[i + 1]!.startsWith('-') ? args[++i]! : '/etc/sysctl.conf', options);
			} else if (arg === '--system') status |= loadSystem(io, options);
			else if (arg === '-w' || arg === '--write') options.write = true;
			else if (arg === '-n' || arg === '--values') options.valuesOnly = true;
			else if (arg === '-N' || arg === '--names') options.namesOnly = true;
			else if (arg === '-e' || arg === '--ignore') options.ignore = true;
			else if (arg === '-q' || arg === '--quiet') options.quiet = true;
			else if (arg.startsWith('-')) return refuse(io, `sysctl ${arg}`);
			else words.push(arg);
		}
		if (args.length === 0) {
			io.out('\nUsage:\n sysctl [options] [variable[=value] ...]\n');
			return 1;
		}
		for (const word of words) status |= word.includes('=') ? set(io, word, options) : read(io, word, options);
		return status;
	},
});
export default command;

/** Both `net/ipv4/ip_forward` and `net.ipv4.ip_forward` are understood. */
const dotted = (name: string) => (name.includes('/') && !name.includes('.') ? name.replaceAll('/', '.') : name);

const missing = (io: ToolIo, name: string, options: Options): number => {
	if (options.ignore) return 0;
	io.err(`sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`);
	return 1;
};

function show(io: ToolIo, name: string, {valuesOnly, namesOnly, quiet}: Options): void {
	if (quiet) return;
	const value = stackOf(io).sysctl(name) ?? '';
	io.out(namesOnly ? `${name}\n` : valuesOnly ? `${value}\n` : `${name} = ${value}\n`);
}

function read(io: ToolIo, word: string, options: Options): number {
	const name = dotted(word);
	const {sysctls} = stackOf(io);
	if (sysctls.get(name) !== undefined) show(io, name, options);
	else {
		// A folder stands for all that is in it.
		const below = sysctls.names().filter(each => each.startsWith(`${name}.`));
		if (below.length === 0) return missing(io, name, options);
		for (const each of below) show(io, each, options);
	}
	return 0;
}

function set(io: ToolIo, word: string, options: Options): number {
	const at = word.indexOf('=');
	const name = dotted(word.slice(0, at).trim().replace(/^-/, ''));
	const value = word.slice(at + 1).trim();
	const stack = stackOf(io);
	const before = stack.sysctl(name);
	if (before === undefined) return word.startsWith('-') ? 0 : missing(io, name, options);
	if (value === '' || (/^\d+$/.test(before) && !/^-?\d+$/.test(value))) {
		io.err(`sysctl: setting key "${name}": Invalid argument\n`);
		return 1;
	}
	stack.setSysctl(name, value.split(/\s+/).join('\t'));
	show(io, name, options);
	return 0;
}

function load(io: ToolIo, path: string, options: Options): number {
	let text: string;
	try {
		text = io.machine.files.readText(io.path(path));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`sysctl: cannot open "${path}": ${error.message}\n`);
		return 1;
	}
	let status = 0;
	for (const line of text.split('\n')) if (/^\s*[^#;\s][^=]*=/.test(line)) status |= set(io, line.trim(), options);
	return status;
}

function loadSystem(io: ToolIo, options: Options): number {
	const {files} = io.machine;
	const found = new Map<string, string>();
	for (const folder of ['/usr/lib/sysctl.d', '/run/sysctl.d', '/etc/sysctl.d']) {
		if (files.exists(folder)) for (const name of files.list(folder)) if (name.endsWith('.conf')) found.set(name, `${folder}/${name}`);
	}
	const paths = [...found.keys()].sort().map(name => found.get(name)!);
	if (files.exists('/etc/sysctl.conf')) paths.push('/etc/sysctl.conf');
	for (const path of paths) io.out(`* Applying ${path} ...\n`);
	return paths.reduce((status, path) => status | load(io, path, options), 0);
}
