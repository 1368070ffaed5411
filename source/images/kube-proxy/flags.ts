import {ConfigError} from './config.js';

export interface Flags {
	readonly config: string;
	readonly hostnameOverride: string;
	readonly proxyMode: string;
	readonly verbosity?: number;
	readonly cleanup: boolean;
	readonly version: boolean;
}

const valued = ['config', 'hostname-override', 'proxy-mode', 'v'];
const switches = ['cleanup', 'version'];

/** kube-proxy's command line. Flags that a cluster set up by kubeadm never has are refused aloud by the caller. */
export function parseFlags(argv: readonly string[]): {flags: Flags; unknown: readonly string[]} {
	const found = new Map<string, string>();
	const unknown: string[] = [];
	for (let i = 1; i < argv.length; i++) {
		const match = /^--?([a-z-]+)(?:=(.*))?$/.exec(argv[i]!);
		const name = match?.[1] ?? '';
		if (switches.includes(name)) found.set(name, match![2] ?? 'true');
		else if (valued.includes(name)) {
			const value = match![2] ?? argv[++i];
			if (value === undefined) throw new ConfigError(`flag needs an argument: --${name}`);
			found.set(name, value);
		} else unknown.push(argv[i]!);
	}

	const flags: Flags = {
		config: found.get('config') ?? '',
		hostnameOverride: found.get('hostname-override') ?? '',
		proxyMode: found.get('proxy-mode') ?? '',
		...(found.has('v') && {verbosity: Number(found.get('v'))}),
		cleanup: found.get('cleanup') === 'true',
		version: found.get('version') === 'true',
	};
	return {flags, unknown};
}
