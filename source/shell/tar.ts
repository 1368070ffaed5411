import type {ShellMachine} from './machine.js';
import {resolvePath} from './machine.js';
import type {ToolResult} from './session/toolbox.js';

/** How the two tars word what kubectl shows of them. */
const words = {
	gnu: {
		leading: "tar: Removing leading `/' from member names\n",
		missing: (name: string) => `tar: ${name}: Cannot stat: No such file or directory\n`,
		cannotOpen: (name: string, problem: string) => `tar: ${name}: Cannot open: ${problem}\n`,
		noFolder: (name: string) => `tar: ${name}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now\n`,
		end: 'tar: Exiting with failure status due to previous errors\n',
		exitCode: 2,
	},
	busybox: {
		leading: "tar: removing leading '/' from member names\n",
		missing: (name: string) => `tar: ${name}: No such file or directory\n`,
		cannotOpen: (name: string, problem: string) => `tar: can't open '${name}': ${problem}\n`,
		noFolder: (name: string) => `tar: can't change directory to '${name}': No such file or directory\n`,
		end: 'tar: error exit delayed from previous errors\n',
		exitCode: 1,
	},
};
export const tarWords = (machine: ShellMachine) => words[machine.files.exists('/bin/busybox') ? 'busybox' : 'gnu'];

type Run = (args: readonly string[], cwd: string) => Promise<ToolResult>;

const takesValue = /^-[A-Za-z]*[fCTXbg]$|^--(file|directory|files-from|exclude-from|exclude|transform|owner|group|mode|mtime)$/;
/** Two blocks of zeros end an archive, and GNU's comes in records of twenty. */
const emptyArchive = '\0'.repeat(10_240);

/**
 * `tar c` as just-bash's does not do it: the slash is taken from the names of members, so that they are unpacked where one stands, and
 * what cannot be found does not keep the rest from being packed.
 */
export async function runTar(machine: ShellMachine, args: readonly string[], cwd: string, run: Run): Promise<ToolResult> {
	const bundle = args[0] && !args[0].startsWith('-') ? [`-${args[0]}`, ...args.slice(1)] : [...args];
	const folder =
		bundle.find((_, at) => /^(-[A-Za-z]*C|--directory)$/.test(bundle[at - 1] ?? '')) ??
		bundle.find(arg => arg.startsWith('--directory='))?.slice('--directory='.length);
	if (folder !== undefined && !machine.files.exists(resolvePath(cwd, folder))) {
		const {noFolder, exitCode} = tarWords(machine);
		return {stdout: '', stderr: noFolder(folder), exitCode};
	}

	const isPlain = !bundle.some(arg => arg === '-P' || arg === '--absolute-names' || /^-[A-Za-z]*C$|^--directory/.test(arg));
	if (!isPlain || !bundle.some(arg => arg === '--create' || /^-[A-Za-z]*c/.test(arg))) return listed(bundle, await run(args, cwd), '');
	const operands = bundle.flatMap((arg, at) => (arg.startsWith('-') || takesValue.test(bundle[at - 1] ?? '') ? [] : [at]));
	const missing = new Set(operands.filter(at => !machine.files.exists(resolvePath(cwd, bundle[at]!))));
	const absolute = operands.some(at => bundle[at]!.startsWith('/'));
	const say = tarWords(machine);
	const said = `${absolute ? say.leading : ''}${[...missing].map(at => say.missing(bundle[at]!)).join('')}`;
	const isLast = missing.size > 0 && missing.size === operands.length;
	const {stdout, stderr, exitCode} = isLast
		? {stdout: emptyArchive, stderr: '', exitCode: 0}
		: listed(bundle, await run(moved(bundle, operands, missing, cwd), absolute ? '/' : cwd), absolute ? '/' : '');
	return missing.size > 0
		? {stdout, stderr: `${said}${stderr}${say.end}`, exitCode: say.exitCode}
		: {stdout, stderr: `${said}${stderr}`, exitCode};
}

/** With -v the names go to standard output, as they were given, unless the archive does. */
function listed(bundle: readonly string[], result: ToolResult, root: string): ToolResult {
	const isVerbose = bundle.some(arg => arg === '--verbose' || /^-[A-Za-z]*v/.test(arg));
	const toFile = bundle.some((arg, at) => (/^-[A-Za-z]*f$|^--file$/.test(arg) && bundle[at + 1] !== '-') || /^--file=(?!-$)/.test(arg));
	if (!isVerbose || !toFile || result.exitCode !== 0) return result;
	return {stdout: `${result.stdout}${result.stderr.replaceAll(/^(?=.)/gm, root)}`, stderr: '', exitCode: 0};
}

/** Seen from `/` where an operand begins there: all names are members below it, and the archive keeps its place. */
function moved(bundle: readonly string[], operands: readonly number[], missing: ReadonlySet<number>, cwd: string): string[] {
	const absolute = operands.some(at => bundle[at]!.startsWith('/'));
	return bundle.flatMap((arg, at) => {
		if (missing.has(at)) return [];
		if (!absolute) return [arg];
		if (operands.includes(at)) return [resolvePath(cwd, arg).slice(1) || '.'];
		const isFile = /^-[A-Za-z]*f$|^--file$/.test(bundle[at - 1] ?? '');
		return [isFile && arg !== '-' ? resolvePath(cwd, arg) : arg];
	});
}
