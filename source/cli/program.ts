import {type CliCommand, CliError, exitStatus} from './command.js';
import commands from './commands/index.js';
import {nearest} from '../checks/nearest.js';
import {commandHelp, programHelp} from './help.js';
import type {Host} from './host.js';
import {parseWords} from './words.js';
import {version} from './version.js';

/** Finds the command, reads its words, runs it; whatever goes wrong becomes one sentence and an exit status. */
export async function runProgram(argv: readonly string[], host: Host): Promise<number> {
	try {
		return await dispatch(argv, host);
	} catch (error) {
		if (!(error instanceof CliError)) throw error;
		host.err(`kubelab: ${error.message}\n`);
		return error.exitCode;
	}
}

async function dispatch(argv: readonly string[], host: Host): Promise<number> {
	const [first, ...rest] = argv;
	if (first === '--version' || first === '-V') return print(host, `kubelab ${version()}\n`);
	if (first === '--help' || first === '-h') return print(host, programHelp(commands));
	if (first === 'help') return print(host, rest[0] ? commandHelp(find(rest[0])) : programHelp(commands));
	const named = first !== undefined && !first.startsWith('-');
	const command = named ? find(first) : find('home');
	const {words, options} = parseWords(command, named ? rest : argv);
	if (options['help']) return print(host, commandHelp(command));
	return command.run(words, options, host);
}

function find(name: string): CliCommand {
	const command = commands.find(each => each.name === name);
	if (command) return command;
	const near = nearest(
		name,
		commands.filter(each => each.summary).map(each => each.name),
	);
	throw new CliError(
		exitStatus.usage,
		`there is no command "${name}"${near ? `; did you mean "${near}"` : ''}? "kubelab --help" lists them.`,
	);
}

async function print(host: Host, text: string): Promise<number> {
	await host.out(text);
	return exitStatus.done;
}
