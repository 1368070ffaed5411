import type {Command} from '../../../shell/command.js';
import {refuse} from '../arguments.js';

const units: Readonly<Record<string, number>> = {'': 1, s: 1, m: 60, h: 3600, d: 86_400};

/** `1.5`, `10s`, `2m`, `1e3` in milliseconds. */
export function durationMs(text: string): number | undefined {
	const match = /^((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)([smhd]?)$/.exec(text);
	return match ? Math.round(Number(match[1]) * units[match[2]!]! * 1000) : text === 'infinity' ? Number.MAX_SAFE_INTEGER : undefined;
}

export default {
	name: 'sleep',
	summary: 'let time pass',
	*run(io) {
		const words = io.argv.slice(1);
		if (words.length === 0) return refuse(io, 'missing operand');
		let total = 0;
		for (const word of words) {
			const ms = durationMs(word);
			if (ms === undefined) return refuse(io, word.startsWith('-') ? `invalid option -- '${word[1]}'` : `invalid time interval '${word}'`);
			total += ms;
		}

		if (total > 0) yield {sleepMs: Math.min(total, 366 * 86_400_000)};
		return 0;
	},
} satisfies Command;
