import type {Dialect} from './dialect.js';

interface TarCall {
	readonly args: readonly string[];
	readonly cwd: string;
	/** What tar says on stderr before it begins. */
	readonly said: string;
}

const takesValue = /^-[A-Za-z]*[fCTXbg]$|^--(file|directory|files-from|exclude-from|exclude|transform|owner|group|mode|mtime)$/;

/**
 * tar takes the slash from the names of members, so that they are unpacked where one stands; just-bash's tar leaves it. Absolute operands
 * of `tar c` are put as names below `/`, and the archive's own name is made absolute.
 */
export function membersBelowRoot(args: readonly string[], cwd: string, {name}: Dialect): TarCall {
	const as = {args, cwd, said: ''};
	const bundle = args[0] && !args[0].startsWith('-') ? [`-${args[0]}`, ...args.slice(1)] : [...args];
	if (!bundle.some(arg => arg === '--create' || /^-[A-Za-z]*c/.test(arg))) return as;
	const operands = bundle.flatMap((arg, at) => (arg.startsWith('-') || takesValue.test(bundle[at - 1] ?? '') ? [] : [at]));
	const isSafe = operands.length > 0 && !bundle.some(arg => arg === '-P' || arg === '--absolute-names' || /^-[A-Za-z]*C$/.test(arg));
	if (!isSafe || !operands.every(at => bundle[at]!.startsWith('/'))) return as;
	const moved = bundle.map((arg, at) => {
		if (operands.includes(at)) return arg.replace(/^\/+/, '') || '.';
		const isFile = /^-[A-Za-z]*f$|^--file$/.test(bundle[at - 1] ?? '');
		return isFile && arg !== '-' && !arg.startsWith('/') ? `${cwd.replace(/\/$/, '')}/${arg}` : arg;
	});
	const said = name === 'busybox' ? "tar: removing leading '/' from member names\n" : "tar: Removing leading `/' from member names\n";
	return {args: moved, cwd: '/', said};
}
