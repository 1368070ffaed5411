import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';

/** Its name, as `--ignore-preflight-errors` knows it, and what is wrong, if anything. */
export type Check = readonly [name: string, problem: string | false];

export const fileAbsent = ({files}: Machine, path: string): Check => [
	`FileAvailable-${path.replaceAll('/', '-')}`,
	files.exists(path) && `${path} already exists`,
];

export const folderEmpty = ({files}: Machine, path: string): Check => [
	`DirAvailable-${path.replaceAll('/', '-')}`,
	files.exists(path) && files.list(path).length > 0 && `${path} is not empty`,
];

export const portFree = ({stack}: Machine, port: number): Check => [
	`Port-${port}`,
	stack.sockets.listeners().some(each => each.protocol === 'tcp' && each.port === port) && `Port ${port} is in use`,
];

/** What an earlier life as a node has left behind; undefined when all is well. Models cmd/kubeadm/app/preflight/checks.go. */
export function preflight(io: Io<Machine>, checks: readonly Check[], ignore = ''): string | undefined {
	const ignored = ignore.toLowerCase().split(',');
	const problems = checks.filter(([, problem]) => problem !== false);
	const excused = ([name]: Check) => ignored.includes('all') || ignored.includes(name.toLowerCase());
	for (const [name, problem] of problems.filter(excused)) io.err(`\t[WARNING ${name}]: ${problem}\n`);
	const fatal = problems.filter(each => !excused(each));
	if (fatal.length === 0) return undefined;
	const lines = fatal.map(([name, problem]) => `\t[ERROR ${name}]: ${problem}\n`).join('');
	return `[preflight] Some fatal errors occurred:\n${lines}[preflight] If you know what you are doing, you can make a check non-fatal with \`--ignore-preflight-errors=...\``;
}

/** How every kubeadm command ends that cannot go on. */
export function failed(io: Io<Machine>, text: string, phase = 'error execution phase preflight: '): number {
	io.err(`${phase}${text}\nTo see the stack trace of this error execute with --v=5 or higher\n`);
	return 1;
}
