import type {Files} from '../os/files.js';

/** What a program that ended at once has printed. */
export interface ProgramResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
	/** Virtual time that it waited for others; whoever ran it lets it pass. */
	readonly tookMs: number;
}

/** What a shell needs to know of the machine it runs on; `node/host/machine.ts` has more, which commands see. */
export interface ShellMachine {
	readonly name: string;
	readonly hostname: string;
	readonly kind: 'host' | 'container';
	readonly files: Files;
	readonly env: Readonly<Record<string, string>>;
	readonly home: string;
	readonly user: string;
	/** The number of a process that a session starts here, where PIDs are counted apart: of one that enters, or of a child of such. */
	nextPid?(enters: boolean): number;
	/** Runs a program of a container's image that ends at once (`nginx -s reload`). */
	runProgram?(argv: readonly string[]): ProgramResult | undefined;
}

export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What root has after logging in on RHEL 9. */
export const loginPath = '/root/.local/bin:/root/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin';

/** Where a command name leads: a path, or why it leads nowhere. */
export function findExecutable(machine: ShellMachine, name: string, path: string, cwd: string): string | undefined {
	if (name.includes('/')) return isFile(machine, resolvePath(cwd, name)) ? resolvePath(cwd, name) : undefined;
	let notExecutable: string | undefined;
	for (const folder of path.split(':')) {
		const candidate = resolvePath(cwd, `${folder || '.'}/${name}`);
		if (!isFile(machine, candidate)) continue;
		if (isExecutable(machine, candidate)) return candidate;
		notExecutable ??= candidate;
	}

	return notExecutable;
}

export function isFile({files}: ShellMachine, path: string): boolean {
	try {
		return files.exists(path) && files.stat(path).type !== 'folder';
	} catch {
		return false;
	}
}

export function isFolder({files}: ShellMachine, path: string): boolean {
	try {
		return files.exists(path) && files.stat(path).type === 'folder';
	} catch {
		return false;
	}
}

export function isExecutable({files}: ShellMachine, path: string): boolean {
	try {
		return (files.stat(path).mode & 0o111) !== 0;
	} catch {
		return false;
	}
}

/** Absolute and normalised: no `.`, `..` or double slashes. */
export function resolvePath(cwd: string, path: string): string {
	const parts: string[] = [];
	for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
		if (part === '' || part === '.') continue;
		if (part === '..') parts.pop();
		else parts.push(part);
	}

	return `/${parts.join('/')}`;
}
