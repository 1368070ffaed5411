import {proxyModes} from '../compare.js';
import {TraceError} from './request.js';

/** What stands before the command that is traced. */
export interface TraceOptions {
	readonly json: boolean;
	readonly verbose: boolean;
	readonly from?: string;
	readonly compare?: readonly string[];
	/** The command, untouched. */
	readonly words: readonly string[];
}

/** Reads the words after `kubelab trace`: our own options end at the first word that is none of them. */
export function readTraceOptions(argv: readonly string[]): TraceOptions {
	const read = {json: false, verbose: false, from: undefined as string | undefined, compare: undefined as readonly string[] | undefined};
	let at = 0;
	for (; at < argv.length && argv[at]!.startsWith('-'); at++) {
		const [, name = argv[at]!, given] = /^(--[a-z]+)(?:=(.*))?$/.exec(argv[at]!) ?? [];
		if (name === '--json') read.json = true;
		else if (name === '--verbose' || name === '-v') read.verbose = true;
		else if (name === '--from' || name === '--compare') {
			const value = given ?? argv[++at];
			if (value === undefined) throw new TraceError(`${name} needs a value`);
			if (name === '--from') read.from = value;
			else read.compare = readModes(value);
		} else if (name === '--') {
			at++;
			break;
		} else break;
	}
	const {from, compare, ...flags} = read;
	return {...flags, ...(from !== undefined && {from}), ...(compare && {compare}), words: argv.slice(at)};
}

/** `iptables,ipvs`. */
export function readModes(text: string): readonly string[] {
	const modes = text.split(',').filter(Boolean);
	const wrong = modes.find(mode => !proxyModes.includes(mode));
	if (wrong !== undefined || modes.length === 0) throw new TraceError(`--compare takes ${proxyModes.join(',')}, not "${text}"`);
	return modes;
}
