import type {Directive} from '../config/configuration.js';
import {milliseconds} from '../config/levels.js';

/** A `server` of an upstream group. */
export interface Peer {
	readonly address: string;
	readonly weight: number;
	/** So many failures within so long take it out for as long; 0 never does. */
	readonly maxFails: number;
	readonly failTimeoutMs: number;
}

export function readPeer({args}: Directive): Peer {
	const value = (name: string) => args.find(arg => arg.startsWith(`${name}=`))?.slice(name.length + 1);
	return {
		address: args[0]!,
		weight: Number(value('weight') ?? 1),
		maxFails: Number(value('max_fails') ?? 1),
		failTimeoutMs: milliseconds(value('fail_timeout') ?? '10s'),
	};
}
