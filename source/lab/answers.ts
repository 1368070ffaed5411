import {type Edited, isEdited} from '../shell/session/edited.js';
import {isObject} from '../checks/validate.js';
import type {OpenedHints} from './lab.js';
import {isTyped, type Typed} from './typed-input.js';
import {extractCommands} from '../shell/session/transcript.js';

/** What a learner hands in: commands in order, and for each editor that opened, the text that was saved. */
export interface Answers {
	readonly form: 'script' | 'transcript' | 'bundle';
	readonly steps: readonly AnswerStep[];
	/** From a bundle. */
	readonly lab?: string;
	readonly seed?: string;
	readonly hints?: OpenedHints;
	readonly from?: string;
}

export interface AnswerStep {
	readonly run: string;
	/** Virtual milliseconds since the lab began at which it was typed; absent: as soon as the world is at rest. */
	readonly atMs?: number;
	/** Virtual milliseconds that it ran; a longer one was stopped by its learner. */
	readonly forMs?: number;
	/** Virtual milliseconds after it was typed at which ctrl-z stopped what ran. */
	readonly stops?: readonly number[];
	/** What was typed for commands that asked; absent: none did. */
	readonly typed?: readonly Typed[];
	/** What each editor that it opened was left with. */
	readonly edits?: readonly Edited[];
	/** Fingerprint of the world and its shells afterwards: replay must come to the same. */
	readonly hash?: string;
	/** The machine whose prompt it was typed at, where a transcript names one. */
	readonly host?: string;
	/** The host whose terminal it was typed in, where that is not the first one's: each has a shell of its own. */
	readonly tab?: string;
	/** Its place among all steps by when they began, where that is not its place in the list: a step is listed when it has ended. */
	readonly place?: number;
	/** Typed in a shell inside a container: meaningless when that shell was never entered. */
	readonly inContainer?: boolean;
}

/** What `kubelab export` writes and `check` reads. */
export interface Bundle {
	readonly kubelab: 1;
	readonly lab: string;
	readonly seed: string;
	readonly steps: readonly AnswerStep[];
	/** How many hints of each objective were opened. */
	readonly hints?: OpenedHints;
	/** The checkpoint it began at; absent: the start of the lab. */
	readonly from?: string;
}

/** Text far beyond any answer is refused before it is looked at. */
export const answerCharactersMax = 4 * 2 ** 20;

/** More than anybody types; each costs a moment even when it does nothing. */
const stepsMax = 10_000;
/** A recorded session is played at its own pace, and an hour of a cluster takes seconds. */
const sessionHoursMax = 8;

/** Thrown when the text is no answer at all; the message says why, in one sentence. */
export class AnswersError extends Error {
	override readonly name = 'AnswersError';
}

/** Tells a bundle, a pasted terminal and a script apart by what they look like. */
export function readAnswers(written: string): Answers {
	if (written.length > answerCharactersMax)
		throw new AnswersError(`it has ${written.length} characters; at most ${answerCharactersMax} are read`);
	// Editors on Windows end lines with both; the cluster's machines would take the first for a part of the word before it.
	const text = written.replaceAll('\r\n', '\n');
	if (text.includes('\u0000')) throw new AnswersError('it is not text');
	if (/^\s*\{\s*"kubelab"/.test(text)) return readBundle(text);
	if (isJson(text)) throw new AnswersError('it is JSON, but no bundle of "kubelab export"; hand in the commands that were typed');
	const typed = extractCommands(text);
	const isScript = typed.length === 0 || (typed.length === 1 && typed[0]!.text === text);
	return {
		form: isScript ? 'script' : 'transcript',
		steps: typed.map(({text: run, host, inContainer}) => ({run, ...(host && {host}), ...(inContainer && {inContainer})})),
	};
}

function readBundle(text: string): Answers {
	const bundle = parse(text);
	if (isObject(bundle) && typeof bundle['kubelab'] === 'number' && bundle['kubelab'] !== 1)
		throw new AnswersError(`it is a bundle of form ${bundle['kubelab']}, and this kubelab reads form 1; export it again with this version`);
	if (!isBundle(bundle)) throw new AnswersError('it looks like a bundle of "kubelab export", but its fields are damaged');
	const {lab, seed, steps, hints, from} = bundle;
	limitSteps(steps);
	if (steps.some(({atMs = 0, forMs = 0}) => atMs + forMs > sessionHoursMax * 3_600_000))
		throw new AnswersError(`its session lasted more than ${sessionHoursMax} hours; hand in its commands as a text file`);
	return {form: 'bundle', lab, seed, steps, ...(hints && {hints}), ...(from && {from})};
}

const isBundle = (value: unknown): value is Bundle =>
	isObject(value) &&
	value['kubelab'] === 1 &&
	typeof value['lab'] === 'string' &&
	typeof value['seed'] === 'string' &&
	Array.isArray(value['steps']) &&
	value['steps'].every(isStep) &&
	['undefined', 'string'].includes(typeof value['from']) &&
	(value['hints'] === undefined || (isObject(value['hints']) && Object.values(value['hints']).every(Number.isSafeInteger)));

const isStep = (step: unknown): step is AnswerStep =>
	isObject(step) &&
	typeof step['run'] === 'string' &&
	['undefined', 'string'].includes(typeof step['hash']) &&
	[step['atMs'], step['forMs']].every(ms => ms === undefined || isMoment(ms)) &&
	(step['typed'] === undefined || (Array.isArray(step['typed']) && step['typed'].every(isTyped))) &&
	(step['stops'] === undefined || (Array.isArray(step['stops']) && step['stops'].every(isMoment))) &&
	(step['edits'] === undefined || (Array.isArray(step['edits']) && step['edits'].every(isEdited)));

const isMoment = (ms: unknown) => typeof ms === 'number' && Number.isFinite(ms) && ms >= 0;

/** Of whatever form; a script is known to have so many only when it has been cut into commands. */
export function limitSteps(steps: readonly unknown[]): void {
	if (steps.length > stepsMax) throw new AnswersError(`it has ${steps.length} commands; at most ${stepsMax} are run`);
}

/** An object or a list; a script may well be a number or a text in quotes. */
function isJson(text: string): boolean {
	if (!/^\s*(?:\{\s*["}]|\[[\s"{[\]\d-])/.test(text)) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new AnswersError(`it looks like a bundle of "kubelab export", but it is not valid JSON (${(error as Error).message})`);
	}
}
