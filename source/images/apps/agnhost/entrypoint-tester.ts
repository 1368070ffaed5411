import type {Subcommand} from './subcommand.js';

const entrypointTester: Subcommand = {
	name: 'entrypoint-tester',
	start(context) {
		context.log(`[${context.argv.join(' ')}]`);
		context.exit(0);
	},
};

export default entrypointTester;
