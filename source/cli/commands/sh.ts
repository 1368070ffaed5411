import {readFileSync} from 'node:fs';
import {type CliCommand, type CliOptions, inputError, usageError} from '../command.js';
import type {Host} from '../host.js';
import {checkOneStart, openWorld} from '../open-world.js';

const command: CliCommand = {
	name: 'sh',
	summary: 'The simulated shell without the full screen',
	usage: 'sh [--lab ID | --profile NAME] [-c COMMAND | FILE | -] | sh --steps FILE|- [--json]',
	options: {
		command: {type: 'string', short: 'c', value: 'COMMAND', help: 'run this and exit with its status'},
		steps: {type: 'string', value: 'FILE|-', help: 'JSON Lines {"run": "..."}; prints one result a line'},
		json: {type: 'boolean', help: 'with --steps: results as JSON Lines {"run","stdout","stderr","exitCode","at"}'},
		lab: {type: 'string', value: 'ID', help: 'start from a lab'},
		at: {type: 'string', value: 'CHECKPOINT', help: 'with --lab: start from a state on the way'},
		profile: {type: 'string', value: 'NAME', help: 'start from a profile: base (default), empty, ...'},
		seed: {type: 'string', value: 'TEXT', help: 'seed of all that is random'},
		'no-settle': {type: 'boolean', help: 'do not let the cluster come to rest after each command'},
	},
	words: {min: 0, max: 1},
	async run([file], options, host) {
		checkOptions(file, options);
		if (typeof options['steps'] === 'string') {
			const {runSteps} = await import('../steps.js');
			return runSteps(
				await openWorld(options),
				await stepLines(options['steps'], host),
				{json: Boolean(options['json']), settle: !options['no-settle']},
				host,
			);
		}
		if (typeof options['command'] === 'string') return runText(options['command'], options, host);
		if (file !== undefined && file !== '-') return runText(readText(file), options, host);
		if (file === '-' || !host.stdinIsTerminal) return runText(new TextDecoder().decode(await host.readStdin()), options, host);
		const {talk} = await import('../talk.js');
		return talk(await openWorld(options), {settle: !options['no-settle']}, host);
	},
};
export default command;

function checkOptions(file: string | undefined, options: CliOptions) {
	checkOneStart(options);
	if ([file, options['command'], options['steps']].filter(each => each !== undefined).length > 1)
		throw usageError('write one of -c COMMAND, --steps FILE and a script FILE.');
	if (options['json'] && options['steps'] === undefined) throw usageError('--json belongs to --steps: kubelab sh --steps FILE --json');
}

/** A script: runs to its end, its output as it comes, its exit status ours. */
async function runText(text: string, options: CliOptions, host: Host): Promise<number> {
	const cluster = await openWorld(options);
	const {createPlayer} = await import('../../lab/player.js');
	const player = createPlayer(cluster, {breathe: () => new Promise(setImmediate)});
	let status = 0;
	for (const command of await player.commandsOf(text)) {
		const {stdout, stderr, exitCode} = await (options['no-settle'] ? player.session.run(command) : player.play(command));
		await host.out(stdout);
		host.err(stderr);
		status = exitCode;
		if (player.session.closed) break;
	}
	return status;
}

async function stepLines(source: string, host: Host): Promise<AsyncIterable<string> | Iterable<string>> {
	return source === '-' ? host.stdinLines() : readText(source).split('\n');
}

export function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		const why = {ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'permission denied'}[code ?? ''] ?? message;
		throw inputError(`cannot read "${file}": ${why}.`);
	}
}
