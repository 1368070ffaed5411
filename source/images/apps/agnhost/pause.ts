import type {Subcommand} from './subcommand.js';

const pause: Subcommand = {
	name: 'pause',
	start: context => context.log('Paused'),
	signal(context, signal) {
		if (signal === 'SIGTERM') context.exit(2);
		else if (signal === 'SIGINT') context.exit(1);
	},
};

export default pause;
