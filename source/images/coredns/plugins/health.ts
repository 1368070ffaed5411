import type {Plugin} from '../plugin.js';

/** Address it listens on and how long it goes on answering after SIGTERM. */
export interface HealthConfig {
	readonly port: number;
	readonly lameduckMs: number;
}

const health: Plugin<HealthConfig> = {
	name: 'health',
	setup([directive], setup) {
		const {args, block = [], line} = directive!;
		if (args.length > 1) setup.error(line, `Wrong argument count or unexpected line ending after '${args.at(-1)}'`);
		let lameduckMs = 0;
		for (const {words, line: at} of block) {
			if (words[0] !== 'lameduck') setup.error(at, `Wrong argument count or unexpected line ending after '${words[0]}'`);
			const match = /^(\d+)(ms|s|m)$/.exec(words[1] ?? '');
			if (!match) setup.error(at, `time: invalid duration "${words[1] ?? ''}"`);
			lameduckMs = Number(match![1]) * {ms: 1, s: 1000, m: 60_000}[match![2] as 's']!;
		}

		return {port: Number(/:(\d+)$/.exec(args[0] ?? ':8080')?.[1] ?? 8080), lameduckMs};
	},
};

export default health;
