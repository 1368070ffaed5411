import type {Process} from '../os/process.js';

/**
 * The command line of a running static-pod program as `{flag: value}` without the dashes. Read anew at every look, so that a learner's
 * edit of /etc/kubernetes/manifests takes effect when the kubelet has restarted the pod, and not before.
 */
export function liveFlags(
	processes: () => readonly Process[],
	program: string,
	known: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
	const flags: Record<string, string> = {};
	for (const name of Object.keys(known)) {
		Object.defineProperty(flags, name, {enumerable: true, get: () => flagOf(processes, program, name) ?? known[name]!});
	}

	return flags;
}

/** Each write to the API asks for several: what a program was given is read once for each list of processes. */
const read = new WeakMap<readonly Process[], Map<string, ReadonlyMap<string, string>>>();

/** Undefined when the program does not run or was not given that flag. */
function flagOf(processes: () => readonly Process[], program: string, name: string): string | undefined {
	const list = processes();
	let programs = read.get(list);
	if (!programs) read.set(list, (programs = new Map()));
	let given = programs.get(program);
	if (!given) programs.set(program, (given = givenTo(list, program)));
	return given.get(name);
}

/** Of a flag that is given twice the first counts. */
function givenTo(processes: readonly Process[], program: string): ReadonlyMap<string, string> {
	const running = processes.find(({argv: [path = '']}) => path === program || path.endsWith(`/${program}`));
	const given = new Map<string, string>();
	for (const word of running?.argv ?? []) {
		const match = /^--([^=]+)=(.*)$/s.exec(word);
		if (match && !given.has(match[1]!)) given.set(match[1]!, match[2]!);
	}
	return given;
}
