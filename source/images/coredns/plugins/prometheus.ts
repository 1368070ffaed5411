import type {Plugin} from '../plugin.js';

const prometheus: Plugin<{port: number}> = {
	name: 'prometheus',
	setup: ([directive]) => ({port: Number(/:(\d+)$/.exec(directive!.args[0] ?? ':9153')?.[1] ?? 9153)}),
};

export default prometheus;
