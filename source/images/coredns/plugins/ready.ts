import type {Plugin} from '../plugin.js';

const ready: Plugin<{port: number}> = {
	name: 'ready',
	setup: ([directive]) => ({port: Number(/:(\d+)$/.exec(directive!.args[0] ?? ':8181')?.[1] ?? 8181)}),
};

export default ready;
