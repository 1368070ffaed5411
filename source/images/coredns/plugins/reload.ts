import type {Plugin} from '../plugin.js';

/** How often the Corefile is looked at. */
const reload: Plugin<{intervalMs: number}> = {
	name: 'reload',
	setup([directive], setup) {
		const [interval = '30s'] = directive!.args;
		const match = /^(\d+)(s|m)$/.exec(interval);
		if (!match) setup.error(directive!.line, `time: invalid duration "${interval}"`);
		const intervalMs = Number(match![1]) * (match![2] === 's' ? 1000 : 60_000);
		if (intervalMs < 2000) setup.error(directive!.line, 'interval value must be greater or equal to 2s');
		return {intervalMs};
	},
};

export default reload;
