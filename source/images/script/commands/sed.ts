import type {ScriptCommand} from '../command.js';
import {inputs, lines, notSimulatedStatus, options} from './options.js';

interface Instruction {
	readonly from?: RegExp | number;
	readonly to?: RegExp | number;
	readonly negated: boolean;
	readonly command: string;
	readonly pattern?: RegExp;
	readonly replacement?: string;
	readonly print?: boolean;
	readonly text?: string;
}

/** `s`, `p`, `d`, `q`, `a`, `i`, `c` with line numbers, `$`, patterns and ranges: what scripts in pods use. */
export const sed: ScriptCommand = {
	name: 'sed',
	run(call) {
		const given = options(call, 'nirEsu', 'e');
		if (!given) return notSimulatedStatus;
		const [text = '', ...names] = given.values['e'] === undefined ? given.operands : [given.values['e'], ...given.operands];
		const program = parse(text, given.flags.has('E') || given.flags.has('r'));
		if (!program) {
			call.run.machine.sim.notes.notSimulated(`sed '${text}' in a container script`);
			call.err(`kubelab: not simulated: sed '${text}' in a container script\n`);
			return notSimulatedStatus;
		}

		const {texts, status} = inputs(call, names);
		for (const {name, text: input} of texts) {
			const output = apply(program, lines(input), given.flags.has('n'));
			if (given.flags.has('i') && name) call.run.machine.files.write(call.path(name), output);
			else call.out(output);
		}

		return status;
	},
};

function parse(text: string, extended: boolean): Instruction[] | undefined {
	const result: Instruction[] = [];
	let rest = text.trim();
	const address = (): RegExp | number | undefined => {
		const match = /^(?:(\d+)|(\$)|\/((?:[^/\\]|\\.)*)\/)/.exec(rest);
		if (!match) return undefined;
		rest = rest.slice(match[0].length);
		return match[1] ? Number(match[1]) : match[2] ? Number.MAX_SAFE_INTEGER : regexOf(match[3]!, extended, '');
	};
	while (rest !== '') {
		const from = address();
		let to: RegExp | number | undefined;
		if (rest.startsWith(',')) {
			rest = rest.slice(1);
			to = address();
		}

		const negated = rest.startsWith('!');
		if (negated) rest = rest.slice(1);
		const command = rest[0] ?? '';
		rest = rest.slice(1);
		if (command === 's') {
			const mark = rest[0] ?? '/';
			const escaped = mark.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
			const match = new RegExp(
				`^${escaped}((?:[^\\\\${escaped}]|\\\\[^])*)${escaped}((?:[^\\\\${escaped}]|\\\\[^])*)${escaped}([gpiI\\d]*)`,
			).exec(rest);
			if (!match) return undefined;
			rest = rest.slice(match[0].length);
			const flags = match[3]!;
			result.push({
				from,
				to,
				negated,
				command,
				pattern: regexOf(
					match[1]!.replaceAll(`\\${mark}`, mark),
					extended,
					`${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`,
				),
				replacement: match[2]!,
				print: flags.includes('p'),
			});
		} else if ('aic'.includes(command) && command !== '') {
			result.push({from, to, negated, command, text: rest.replace(/^\\?\s*/, '')});
			rest = '';
		} else if ('pdq'.includes(command) && command !== '') result.push({from, to, negated, command});
		else return undefined;
		rest = rest.replace(/^[\s;]+/, '');
	}

	return result;
}

const regexOf = (source: string, extended: boolean, flags: string) =>
	new RegExp(
		extended ? source : source.replace(/\\([+?|(){}])|([+?|(){}])/g, (_, escaped?: string, bare?: string) => escaped ?? `\\${bare}`),
		flags,
	);

function apply(program: readonly Instruction[], input: readonly string[], quiet: boolean): string {
	let output = '';
	const open = new Set<Instruction>();
	const matches = (address: RegExp | number | undefined, line: string, number: number) =>
		typeof address === 'number'
			? address === number || (address === Number.MAX_SAFE_INTEGER && number === input.length)
			: (address?.test(line) ?? true);
	const selected = (instruction: Instruction, line: string, number: number) => {
		if (instruction.to === undefined) return matches(instruction.from, line, number) !== instruction.negated;
		if (open.has(instruction)) {
			if (matches(instruction.to, line, number)) open.delete(instruction);
			return !instruction.negated;
		}

		const begins = matches(instruction.from, line, number);
		if (begins && !(typeof instruction.to === 'number' && instruction.to <= number)) open.add(instruction);
		return begins !== instruction.negated;
	};
	for (const [i, original] of input.entries()) {
		let line = original;
		let after = '';
		let deleted = false;
		for (const instruction of program) {
			if (!selected(instruction, line, i + 1)) continue;
			const {command, pattern, replacement, print, text} = instruction;
			if (command === 's') {
				const next = line.replace(pattern!, (...found) =>
					replacement!.replace(/\\(\d)|\\(n)|\\(.)|(&)/g, (_, digit?: string, newline?: string, char?: string) =>
						digit ? (found[Number(digit)] ?? '') : newline ? '\n' : (char ?? String(found[0])),
					),
				);
				if (print && next !== line) output += `${next}\n`;
				line = next;
			} else if (command === 'p') output += `${line}\n`;
			else if (command === 'i') output += `${text}\n`;
			else if (command === 'a') after += `${text}\n`;
			else if (command === 'c') {
				output += `${text}\n`;
				deleted = true;
			} else if (command === 'd') deleted = true;
			else if (command === 'q') return output + (quiet ? '' : `${line}\n`);
			if (deleted) break;
		}

		output += (deleted || quiet ? '' : `${line}\n`) + after;
	}

	return output;
}
