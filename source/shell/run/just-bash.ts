import {Bash, decodeBytesToUtf8, defineCommand, latin1FromBytes, parse, serialize} from 'just-bash';
import type {Script, Statement} from '../syntax/ast.js';
import {guarded} from '../syntax/arithmetic-guard.js';
import {adaptFiles} from '../files-adapter.js';
import {faultOf, parseEither, refuseDeferred} from '../syntax/fault-of.js';
import {selectText, withSelect} from '../syntax/select.js';
import {provideParser} from '../syntax/parser.js';
import type {ShellMachine} from '../machine.js';
import {Interrupted, LimitReached} from './signals.js';
import {bytesToLatin1, fromBytes, latin1ToBytes, toBytes} from './stream.js';
import {type ToolContext, type Toolbox, type ToolResult, toolNames} from '../session/toolbox.js';

/**
 * The one file that loads just-bash: its parser, and its text tools run one at a time. Shell language, descriptors, jobs and state are
 * ours, because one of its `exec` calls keeps no state, cannot stream, and runs `&` in the foreground.
 */
provideParser(parse);
const tools = new Set(toolNames);

const collector = '__collect';
/** Tools of this many machines are kept; making them anew costs 2 ms. */
const kitsMax = 64;

/** One just-bash on one machine's files. It runs one tool at a time, so that nested commands know whose they are. */
interface Kit {
	readonly bash: Bash;
	readonly machine: string;
	readonly files: ShellMachine['files'];
	readonly faults: Array<{path: string; text: string}>;
	context?: ToolContext;
	/** What the tool printed, a byte each character. */
	output: string;
}

export function createToolbox(commandNames: readonly string[]): Toolbox {
	let idle: Kit[] = [];
	const take = (machine: ShellMachine): Kit => {
		const kit = idle.findLast(each => each.machine === machine.name && each.files === machine.files);
		if (!kit) return createKit(machine, commandNames);
		idle = idle.filter(each => each !== kit);
		return kit;
	};

	return {
		parse: parseText,
		write: command =>
			written({type: 'Statement', pipelines: [{type: 'Pipeline', commands: [command], negated: false}], operators: [], background: false}),
		writeStatement: statement => (statement.sourceText ?? written(statement)).replace(/\s*&\s*$/, '').trim(),
		has: tool => tools.has(tool),
		async run(tool, args, context) {
			const kit = take(context.machine);
			kit.context = context;
			kit.faults.length = 0;
			try {
				return await runIn(kit, tool, args, context);
			} catch (error) {
				if (error instanceof Interrupted) throw error;
				return {stdout: '', stderr: `${tool}: ${kit.faults[0]?.text ?? (error as Error).message}\n`, exitCode: 1};
			} finally {
				kit.context = undefined;
				idle = [...idle, kit].slice(-kitsMax);
			}
		},
	};
}

async function runIn(kit: Kit, tool: string, args: readonly string[], context: ToolContext): Promise<ToolResult> {
	const {bash, faults} = kit;
	// Through a pipe the output arrives as bytes; at the end of `exec` it would be a text that may or may not have been bytes.
	kit.output = '';
	const {stderr, exitCode} = await bash.exec(`${tool} | ${collector}; exit \${PIPESTATUS[0]}`, {
		args: [...args],
		stdin: bytesToLatin1(toBytes(context.stdin)),
		stdinKind: 'bytes',
		cwd: context.cwd,
		env: {...context.env, PATH: '/usr/bin:/bin'},
		replaceEnv: true,
		rawScript: true,
		signal: context.signal,
	});
	if (context.signal?.aborted) throw new Interrupted();
	return {stdout: fromBytes(latin1ToBytes(kit.output)), stderr: reword(stderr, faults), exitCode};
}

function createKit(machine: ShellMachine, commandNames: readonly string[]): Kit {
	const faults: Kit['faults'] = [];
	const names = [...new Set([...commandNames, '__sh'])].filter(name => !tools.has(name));
	const customCommands = names.map(name =>
		defineCommand(name, async (args, {stdin, cwd}): Promise<ToolResult> => {
			if (!kit.context) return {stdout: '', stderr: `${name}: Interrupted\n`, exitCode: 130};
			return kit.context.exec(name === '__sh' ? args.join(' ') : [name, ...args], decodeBytesToUtf8(stdin), cwd);
		}),
	);
	const collect = defineCommand(collector, async (_, {stdin}): Promise<ToolResult> => {
		kit.output += latin1FromBytes(stdin);
		return {stdout: '', stderr: '', exitCode: 0};
	});
	const bash = new Bash({
		fs: adaptFiles(machine.files, faults, new Set([...names, collector].map(name => `/usr/bin/${name}`))),
		cwd: '/',
		customCommands: [...customCommands, collect],
		executionLimits: {maxCommandCount: 1_000_000, maxOutputSize: 64 * 2 ** 20},
	});
	const kit: Kit = {bash, machine: machine.name, files: machine.files, faults, output: ''};
	return kit;
}

/** The parser's work grows with the square of it. */
const bracketsMax = 2000;
const tooDeep = new RegExp(`\\({${bracketsMax}}|\\[{${bracketsMax}}`);

export function parseText(text: string): Script {
	if (tooDeep.test(text)) throw new LimitReached(`more than ${bracketsMax} brackets were nested`);
	try {
		return refuseDeferred(withSelect(text, whole => guarded(whole, shown => parseEither(shown, parse))));
	} catch (error) {
		throw faultOf(error);
	}
}

/** A here-document that the end of the file ended has no text that could be read again. */
function written(statement: Statement): string {
	try {
		return selectText(serialize({type: 'Script', statements: [statement]})).replaceAll(/( \d?[<>]&) (?=\d|-)/g, '$1');
	} catch {
		return '';
	}
}

/** Puts the true reason where a tool guessed. */
function reword(stderr: string, faults: Kit['faults']): string {
	let text = stderr;
	for (const fault of faults) {
		if (fault.text !== 'No such file or directory') text = text.replace('No such file or directory', fault.text);
	}

	return text;
}
