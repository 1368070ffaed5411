type CommandLines = ReadonlyArray<readonly string[]>;

/**
 * The command line of a running static-pod program as `{flag: value}` without the dashes. Read anew at every look, so that a learner's
 * edit of /etc/kubernetes/manifests takes effect when the kubelet has restarted the pod, and not before.
 */
export function liveFlags(
	commandLines: () => CommandLines,
	program: string,
	known: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
	const flags: Record<string, string> = {};
	for (const name of Object.keys(known)) {
		Object.defineProperty(flags, name, {enumerable: true, get: () => flagOf(commandLines, program, name) ?? known[name]!});
	}

	return flags;
}

const nothing: readonly string[] = [];
/** Each write to the API asks for several: a program is looked for once in each list of command lines, and what it was given is read once. */
const found = new WeakMap<CommandLines, Map<string, readonly string[]>>();
const read = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** Undefined when the program does not run or was not given that flag. */
function flagOf(commandLines: () => CommandLines, program: string, name: string): string | undefined {
	const list = commandLines();
	let programs = found.get(list);
	if (!programs) found.set(list, (programs = new Map()));
	let line = programs.get(program);
	if (!line) programs.set(program, (line = list.find(([path = '']) => path === program || path.endsWith(`/${program}`)) ?? nothing));
	let given = read.get(line);
	if (!given) read.set(line, (given = givenIn(line)));
	return given.get(name);
}

/** Of a flag that is given twice the first counts. */
function givenIn(line: readonly string[]): ReadonlyMap<string, string> {
	const given = new Map<string, string>();
	for (const word of line) {
		const match = /^--([^=]+)=(.*)$/s.exec(word);
		if (match && !given.has(match[1]!)) given.set(match[1]!, match[2]!);
	}
	return given;
}
