import {ConfigError} from './config.js';
import {flagDefaults} from './flag-defaults.js';

export interface Flags {
	readonly config: string;
	readonly hostnameOverride: string;
	readonly proxyMode: string;
	readonly verbosity?: number;
	readonly cleanup: boolean;
	readonly version: boolean;
	/** Every flag with the value it has, as the log lists them. */
	readonly values: readonly (readonly [name: string, value: string])[];
}

const heeded = ['config', 'hostname-override', 'proxy-mode', 'v', 'cleanup', 'version'];
const defaults = new Map(flagDefaults);
const isSwitch = (name: string) => ['true', 'false'].includes(defaults.get(name) ?? '');

/** kube-proxy's command line. With `--config` the file counts and most flags do not; what is neither heeded nor idle is refused aloud by the caller. */
export function parseFlags(argv: readonly string[]): {flags: Flags; unknown: readonly string[]} {
	const found = new Map<string, string>();
	const unknown: string[] = [];
	for (let i = 1; i < argv.length; i++) {
		const word = argv[i]!;
		const match = /^--?([a-z-]+)(?:=(.*))?$/.exec(word);
		const name = match?.[1] ?? '';
		const value = match?.[2] ?? (isSwitch(name) ? 'true' : argv[i + 1]);
		if (!defaults.has(name)) {
			unknown.push(word);
			continue;
		}
		if (value === undefined) throw new ConfigError(`flag needs an argument: --${name}`);
		found.set(name, value);
		if (!heeded.includes(name)) unknown.push(word);
		if (match![2] === undefined && !isSwitch(name)) i++;
	}
	const idle = found.has('config') ? unknown.filter(word => defaults.has(/^--?([a-z-]+)/.exec(word)?.[1] ?? '')) : [];

	const flags: Flags = {
		config: found.get('config') ?? '',
		hostnameOverride: found.get('hostname-override') ?? '',
		proxyMode: found.get('proxy-mode') ?? '',
		...(found.has('v') && {verbosity: Number(found.get('v'))}),
		cleanup: found.get('cleanup') === 'true',
		version: found.get('version') === 'true',
		values: flagDefaults.map(([name, value]) => [name, found.get(name) ?? value]),
	};
	return {flags, unknown: unknown.filter(word => !idle.includes(word))};
}
