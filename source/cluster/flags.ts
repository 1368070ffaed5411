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

/** Undefined when the program does not run or was not given that flag. */
function flagOf(processes: () => readonly Process[], program: string, name: string): string | undefined {
	const running = processes().find(({argv: [path = '']}) => path === program || path.endsWith(`/${program}`));
	const word = running?.argv.find(each => each.startsWith(`--${name}=`));
	return word?.slice(name.length + 3);
}
