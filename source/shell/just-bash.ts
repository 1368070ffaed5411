import {Bash, decodeBytesToUtf8, defineCommand, parse, serialize} from 'just-bash';
import type {Script} from './ast.js';
import {rewriteSystem} from './awk-system.js';
import {adaptFiles} from './files-adapter.js';
import type {ShellMachine} from './machine.js';
import {bytesToLatin1, fromBytes, latin1ToBytes, toBytes} from './stream.js';
import {SyntaxFault, type ToolContext, type Toolbox, type ToolResult, toolNames} from './toolbox.js';

/**
 * The one file that loads just-bash: its parser, and its text tools run one at a time. Shell language, descriptors, jobs and state are
 * ours, because one of its `exec` calls keeps no state, cannot stream, and runs `&` in the foreground.
 */
const tools = new Set(toolNames);
const contextKey = '__kubelab_context';
/** Tools of this many machines are kept; making them anew costs 2 ms. */
const machinesMax = 64;

interface Kit {
	readonly bash: Bash;
	readonly files: ShellMachine['files'];
	readonly faults: Array<{path: string; text: string}>;
}

export function createToolbox(commandNames: readonly string[]): Toolbox {
	const kits = new Map<string, Kit>();
	const contexts = new Map<string, ToolContext>();
	let last = 0;

	const kitOf = (machine: ShellMachine): Kit => {
		const known = kits.get(machine.name);
		if (known && known.files === machine.files) return known;
		const faults: Kit['faults'] = [];
		const kit: Kit = {bash: createBash(machine, faults, commandNames, contexts), files: machine.files, faults};
		kits.delete(machine.name);
		kits.set(machine.name, kit);
		if (kits.size > machinesMax) kits.delete(kits.keys().next().value!);
		return kit;
	};

	return {
		parse: parseText,
		write: command =>
			serialize({
				type: 'Script',
				statements: [
					{type: 'Statement', pipelines: [{type: 'Pipeline', commands: [command], negated: false}], operators: [], background: false},
				],
			}),
		writeStatement: statement => serialize({type: 'Script', statements: [{...statement, background: false}]}).trim(),
		has: tool => tools.has(tool),
		async run(tool, args, context) {
			const {bash, faults} = kitOf(context.machine);
			const id = String(++last);
			contexts.set(id, context);
			faults.length = 0;
			try {
				const {stdout, stderr, exitCode, stdoutKind} = await bash.exec(tool, {
					args: tool === 'awk' ? args.map(rewriteSystem) : [...args],
					stdin: bytesToLatin1(toBytes(context.stdin)),
					stdinKind: 'bytes',
					cwd: context.cwd,
					env: {...context.env, PATH: '/usr/bin:/bin', [contextKey]: id},
					replaceEnv: true,
					rawScript: true,
					signal: context.signal,
				});
				const text = stdoutKind === 'bytes' ? fromBytes(latin1ToBytes(stdout)) : stdout;
				return {stdout: text, stderr: reword(stderr, faults), exitCode};
			} catch (error) {
				return {stdout: '', stderr: `${tool}: ${faults[0]?.text ?? (error as Error).message}\n`, exitCode: 1};
			} finally {
				contexts.delete(id);
			}
		},
	};
}

function createBash(
	machine: ShellMachine,
	faults: Kit['faults'],
	commandNames: readonly string[],
	contexts: ReadonlyMap<string, ToolContext>,
): Bash {
	const customCommands = [...new Set([...commandNames, 'sh', 'bash', '__sh'])]
		.filter(name => !tools.has(name))
		.map(name =>
			defineCommand(name, async (args, {env, stdin, cwd}): Promise<ToolResult> => {
				const context = contexts.get(env.get(contextKey) ?? '');
				if (!context) return {stdout: '', stderr: `${name}: no shell\n`, exitCode: 126};
				return context.exec(name === '__sh' ? args.join(' ') : [name, ...args], decodeBytesToUtf8(stdin), cwd);
			}),
		);
	return new Bash({
		fs: adaptFiles(machine.files, faults),
		cwd: '/',
		customCommands,
		executionLimits: {maxCommandCount: 1_000_000, maxOutputSize: 64 * 2 ** 20, maxAwkIterations: 1_000_000, maxSedIterations: 1_000_000},
	});
}

export function parseText(text: string): Script {
	try {
		return parse(text);
	} catch (error) {
		const {line = 1, column = 1, token, message} = error as Error & {line?: number; column?: number; token?: {type: string; value: string}};
		const open = /matching `(.)'/.exec(message)?.[1];
		const named = /unexpected token `(.*)'$/s.exec(message)?.[1];
		const ended = open !== undefined || token?.type === 'EOF' || /\bEOF\b/.test(message);
		throw new SyntaxFault({
			line,
			column,
			open,
			token: ended ? undefined : token?.type === 'NEWLINE' ? 'newline' : (token?.value ?? named ?? ''),
		});
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
