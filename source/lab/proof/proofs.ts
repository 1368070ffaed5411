import {AnswersError, readAnswers} from '../answers.js';
import {drawnSeeds} from '../format/drawn-seeds.js';
import {grade, type Report} from '../grade.js';
import type {Lab} from '../lab.js';
import {mutantsOf} from './mutants.js';
import {rehearse} from './variations.js';
import {defaultSeed} from '../seed.js';
import {significant} from './significant.js';
import {SetupError} from '../start.js';
import {stoppedIn} from '../stopped.js';
import {textProofs} from './text-proofs.js';
import {variantOf} from '../format/variant.js';
import type {Proof} from './proof.js';

/** What slips in its solutions cost: each must lose marks, unless the cluster ends up as it would have without it. */
export interface Mutation {
	readonly tried: number;
	readonly survived: readonly string[];
}

export interface LabProofs {
	readonly proofs: readonly Proof[];
	readonly mutation: Mutation;
}

export interface ProofOptions {
	readonly mutants?: boolean;
}

/**
 * Plays everything a lab brings: doing nothing earns nothing, every solution earns all, every wrong answer misses exactly what it
 * names, and no slip in a solution goes unseen. A lab that draws from the seed is played with seeds that draw everything once.
 */
export async function proveLab(lab: Lab, {mutants = true}: ProofOptions = {}): Promise<LabProofs> {
	const proofs: Proof[] = textProofs(lab);
	let tried = 0;
	const survived: string[] = [];
	for (const seed of drawnSeeds(lab)) {
		const label = seed === defaultSeed ? '' : ` (seed ${seed})`;
		const variant = variantOf(lab, seed);
		const played = await proofsOf(variant, seed);
		proofs.push(...played.map(each => ({...each, name: `${each.name}${label}`})));
		if (!mutants || played.some(each => each.fault)) continue;
		const elsewhere = new Set<string>();
		for (const {name, text} of mutated(lab, variant, seed)) {
			const mutation = await mutate(variant, seed, text, elsewhere);
			tried += mutation.tried;
			survived.push(...mutation.survived.map(each => `${name}: ${each}${label}`));
		}
	}
	return {proofs, mutation: {tried, survived}};
}

/** Every solution with the usual seed; another fault or task is another solution, another value of a variable is not. */
function mutated({faults, exam}: Lab, {solutions}: Lab, seed: string) {
	if (seed === defaultSeed) return solutions;
	return faults.length > 0 || exam ? solutions.filter(each => each.name === 'solution.sh') : [];
}

async function proofsOf(lab: Lab, seed: string): Promise<Proof[]> {
	const play = (text: string) => grade(lab, readAnswers(text), {seed});
	const all: Proof[] = [await prove('doing nothing earns nothing', () => play(''), nothingEarned)];
	for (const {name, text} of lab.solutions)
		all.push(
			await prove(
				`${name} earns everything`,
				() => play(text),
				report => cutOff(report, name, text) ?? everythingEarned(report),
			),
		);
	for (const {name, text, misses} of lab.wrong) {
		// A wrong answer to a task that was not drawn is none.
		if (misses.length === 0) continue;
		all.push(
			await prove(
				`${name} misses ${misses.join(', ')}`,
				() => play(text),
				report => missesExactly(report, misses),
			),
		);
	}
	return all;
}

async function mutate(lab: Lab, seed: string, solution: string, elsewhere: Set<string>): Promise<Mutation> {
	const variations = await rehearse(lab, seed, solution);
	const world = significant(variations.ending.world);
	let tried = 0;
	const survived: string[] = [];
	for (const {name, text} of mutantsOf(lab, solution, variations.commands, elsewhere)) {
		const ending = await variations.play(text);
		if (!ending.met) tried++;
		else if (significant(ending.world) !== world) {
			tried++;
			survived.push(name);
		}
	}
	for (const command of variations.commands) elsewhere.add(command);
	return {tried, survived};
}

async function prove(name: string, play: () => Promise<Report>, faultOf: (report: Report) => string | undefined): Promise<Proof> {
	try {
		const fault = faultOf(await play());
		return {name, ...(fault && {fault})};
	} catch (error) {
		if (error instanceof SetupError || error instanceof AnswersError) return {name, fault: error.message};
		throw error;
	}
}

const nothingEarned = ({score, objectives}: Report) =>
	score === 0 ? undefined : `${objectives.filter(each => each.passed).map(each => each.id)} passed`;

/** Of a line that is quoted. */
const shownMax = 100;

/** A solution that has to be stopped is none, whatever it has reached. */
function cutOff({timeline}: Report, name: string, text: string) {
	const [stopped] = stoppedIn(timeline);
	const lacking = timeline.find(each => each.exitCode === 125);
	const run = stopped?.run ?? lacking?.run.split('\n')[0];
	if (run === undefined) return undefined;
	const line = text.split('\n').indexOf(run) + 1;
	return `${name}${line > 0 ? `:${line}` : ''}: "${run.length > shownMax ? `${run.slice(0, shownMax)}...` : run}" ${stopped ? 'had to be stopped: it never ends' : 'ends with status 125: it is not simulated'}`;
}

function everythingEarned({passed, objectives}: Report) {
	if (passed) return undefined;
	return objectives
		.filter(each => !each.passed)
		.map(each => `${each.id}: ${each.reason}`)
		.join('; ');
}

function missesExactly({objectives}: Report, misses: readonly string[]) {
	const missed = objectives.filter(each => !each.passed).map(each => each.id);
	return [...missed].sort().join() === [...misses].sort().join() ? undefined : `it misses ${missed.join(', ') || 'nothing'}`;
}
