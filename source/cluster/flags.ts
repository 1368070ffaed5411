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

/** Each write to the API asks for several: what a program was given is read once for each list of command lines. */
const read = new WeakMap<CommandLines, Map<string, ReadonlyMap<string, string>>>();

/** Undefined when the program does not run or was not given that flag. */
function flagOf(commandLines: () => CommandLines, program: string, name: string): string | undefined {
	const list = commandLines();
	let programs = read.get(list);
	if (!programs) read.set(list, (programs = new Map()));
	let given = programs.get(program);
	if (!given) programs.set(program, (given = givenTo(list, program)));
	return given.get(name);
}

/** Of a flag that is given twice the first counts. */
function givenTo(commandLines: CommandLines, program: string): ReadonlyMap<string, string> {
	const running = commandLines.find(([path = '']) => path === program || path.endsWith(`/${program}`));
	const given = new Map<string, string>();
	for (const word of running ?? []) {
		const match = /^--([^=]+)=(.*)$/s.exec(word);
		if (match && !given.has(match[1]!)) given.set(match[1]!, match[2]!);
	}
	return given;
}
