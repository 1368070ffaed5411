import {failure} from '../failure.js';
import {DockerfileError, type Instruction, parseDockerfile} from './dockerfile.js';
import {expand, keyValues} from './substitute.js';

/** One FROM with what follows. */
export interface Stage {
	readonly index: number;
	readonly name?: string;
	/** What it stands on: an image, an earlier stage, or `scratch`. */
	readonly base: string;
	readonly from: Instruction;
	readonly instructions: readonly Instruction[];
}

export interface Plan {
	readonly stages: readonly Stage[];
	/** ARG before the first FROM. */
	readonly globals: Readonly<Record<string, string>>;
	readonly instructions: readonly Instruction[];
}

export function planStages(text: string, buildArgs: Readonly<Record<string, string>>): Plan {
	const instructions = parseDockerfile(text);
	const globals: Record<string, string> = {};
	const stages: Array<Stage & {instructions: Instruction[]}> = [];
	for (const its of instructions) {
		if (its.name === 'FROM') stages.push(stageOf(its, stages, globals));
		else if (stages.length > 0) stages.at(-1)!.instructions.push(its);
		else if (its.name === 'ARG') Object.assign(globals, argumentsOf(its, globals, buildArgs));
		else throw new DockerfileError(`dockerfile parse error on line ${its.line}: no build stage in current context`, its.line, its.lastLine);
	}

	if (stages.length === 0) throw new DockerfileError('no build stage in current context', 0);
	return {stages, globals, instructions};
}

function stageOf(
	its: Instruction,
	stages: readonly Stage[],
	globals: Readonly<Record<string, string>>,
): Stage & {instructions: Instruction[]} {
	const platform = its.flags.get('platform');
	if (platform !== undefined && !/^(linux\/(amd64|x86_64)|\$(BUILD|TARGET)PLATFORM|\$\{(BUILD|TARGET)PLATFORM\})$/.test(platform))
		throw failure(`kubelab: not simulated: FROM --platform=${platform}`, 125);
	const parts = its.rest.split(/\s+/);
	if (parts.length !== 1 && !(parts.length === 3 && parts[1]!.toUpperCase() === 'AS'))
		throw new DockerfileError(
			`dockerfile parse error on line ${its.line}: FROM requires either one or three arguments`,
			its.line,
			its.lastLine,
		);
	const base = expand(parts[0]!, globals, its.line);
	if (base === '') throw new DockerfileError(`base name (${parts[0]}) should not be blank`, its.line, its.lastLine);
	const name = parts[2]?.toLowerCase();
	if (name !== undefined && !/^[a-z][a-z0-9-_.]*$/.test(name))
		throw new DockerfileError(
			`invalid name for build stage: "${parts[2]}", name can't start with a number or contain symbols`,
			its.line,
			its.lastLine,
		);
	return {index: stages.length, ...(name !== undefined && {name}), base, from: its, instructions: []};
}

/** `ARG name=value`: --build-arg wins, then the default. */
export function argumentsOf(
	its: Instruction,
	values: Readonly<Record<string, string>>,
	buildArgs: Readonly<Record<string, string>>,
): Record<string, string> {
	const result: Record<string, string> = {};
	for (const word of its.rest.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []) {
		const name = word.split('=')[0]!;
		const given = buildArgs[name];
		if (given !== undefined) result[name] = given;
		else if (word.includes('=')) result[name] = keyValues(word, {...values, ...result}, its.line, 'ARG')[0]![1];
		else if (values[name] !== undefined) result[name] = values[name];
	}

	return result;
}

/** The stage that a name or number means. */
export const stageNamed = (stages: readonly Stage[], text: string): Stage | undefined =>
	stages.find(each => each.name === text.toLowerCase()) ?? (/^\d+$/.test(text) ? stages[Number(text)] : undefined);

/** The stages that the target needs, in the order of the file. */
export function neededStages(stages: readonly Stage[], target: Stage): readonly Stage[] {
	const wanted = new Set<Stage>();
	const visit = (stage: Stage) => {
		if (wanted.has(stage)) return;
		wanted.add(stage);
		const before = stages.slice(0, stage.index);
		const base = before.findLast(each => each.name === stage.base.toLowerCase());
		if (base) visit(base);
		for (const its of stage.instructions) {
			const from = its.flags.get('from');
			const other = from === undefined ? undefined : stageNamed(before, from);
			if (other) visit(other);
		}
	};
	visit(target);
	return stages.filter(stage => wanted.has(stage));
}
