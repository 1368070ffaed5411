import type {ProgramContext} from '../../../node/program/program.js';
import type {Subcommand} from './subcommand.js';

const read = ({machine}: ProgramContext, path: string): string => (machine.files.exists(path) ? machine.files.readText(path) : '');

/** Words of the first line of resolv.conf that begins like this. */
const listed = (name: string, begins: string): Subcommand => ({
	name,
	start(context) {
		const line = read(context, '/etc/resolv.conf')
			.split('\n')
			.find(each => each.startsWith(begins));
		if (line === undefined) {
			context.log('panic: Could not find DNS search list!', 'stderr');
			return context.exit(2);
		}

		context.log(line.split(' ').slice(1).join(','));
		context.exit(0);
	},
});

const etcHosts: Subcommand = {
	name: 'etc-hosts',
	start(context) {
		context.log(`${read(context, '/etc/hosts')}\n`);
		context.exit(0);
	},
};

export default [listed('dns-suffix', 'search'), listed('dns-server-list', 'nameserver'), etcHosts] satisfies readonly Subcommand[];
