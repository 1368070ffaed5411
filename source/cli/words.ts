import {type ParseArgsConfig, parseArgs} from 'node:util';
import {type CliCommand, type CliOptions, usageError} from './command.js';

/** Splits words from options; what a command does not take is refused by name. */
export function parseWords(command: CliCommand, argv: readonly string[]): {words: string[]; options: CliOptions} {
	const parsed = parse(command, argv);
	if (!parsed.options['help']) checkCount(command, parsed.words.length);
	return parsed;
}

function parse(command: CliCommand, argv: readonly string[]) {
	try {
		const options = {help: {type: 'boolean', short: 'h'} as const, ...command.options};
		const own = command.verbatim ? firstPlainWord(argv, options) : argv.length;
		const {values, positionals} = parseArgs({args: argv.slice(0, own), options, allowPositionals: true, strict: true});
		return {words: [...positionals, ...argv.slice(own)], options: values as CliOptions};
	} catch (error) {
		const reason = (error as Error).message.split('. ')[0]!.replace(/^Unknown option '(.*)'$/, 'there is no option $1');
		throw usageError(`${reason}; "kubelab help ${command.name}" shows what it takes.`);
	}
}

function firstPlainWord(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>): number {
	const {tokens} = parseArgs({args: [...argv], options, allowPositionals: true, strict: false, tokens: true});
	return tokens.find(token => token.kind === 'positional')?.index ?? argv.length;
}

function checkCount({name, usage, words}: CliCommand, count: number) {
	if (count < words.min) throw usageError(`"kubelab ${name}" needs more words: kubelab ${usage}`);
	if (count > words.max) throw usageError(`"kubelab ${name}" takes fewer words: kubelab ${usage}`);
}
