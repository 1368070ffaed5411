import {isEdited} from '../../shell/session/edited.js';
import type {AnswerStep, Bundle} from '../../lab/answers.js';
import {isTyped} from '../../lab/typed-input.js';
import {hashJson} from '../../sim/hash.js';

/**
 * A session on disk: a heading, then one JSON line a command. Each line carries a checksum over itself and the one before, so that
 * what was cut off, changed or put in another order is noticed. Version 1 was one bundle, written anew after each command.
 */
export const journalVersion = 2;

export type Heading = Pick<Bundle, 'lab' | 'seed' | 'from'>;

export interface JournalRead {
	readonly heading: Heading;
	/** The kubelab it was begun in; older ones did not say. */
	readonly by: string | undefined;
	readonly steps: readonly AnswerStep[];
	/** Bytes up to the end of the last good line. */
	readonly goodBytes: number;
	/** Checksum of the last good line. */
	readonly sum: string;
	/** Why reading ended before the end of the text: nothing, a line that was being written, or damage. */
	readonly end: 'whole' | 'cut' | 'damaged';
}

/** Written by a kubelab that knows more than this one. */
export class NewerJournal extends Error {}

export interface Sealed {
	readonly line: string;
	readonly sum: string;
}

export const sealHeading = ({lab, seed, from}: Heading, by: string): Sealed =>
	seal({kubelab: journalVersion, by, lab, seed, ...(from !== undefined && {from})}, '');

/** One line, its checksum last. */
export function seal(value: object, previous: string): Sealed {
	const sum = sumOf(value, previous);
	return {line: `${JSON.stringify({...value, sum})}\n`, sum};
}

const sumOf = (value: object, previous: string): string => hashJson([previous, value]);

/** Undefined when not even the heading can be read. */
export function readJournal(text: string): JournalRead | undefined {
	const end = text.indexOf('\n');
	if (Number(/^\{"kubelab":(\d+)/.exec(text)?.[1]) > journalVersion) throw new NewerJournal();
	const first = end < 0 ? undefined : parse(text.slice(0, end), '');
	if (!first) return undefined;
	const {kubelab, by, lab, seed, from} = first.value;
	if (kubelab !== journalVersion || typeof lab !== 'string' || typeof seed !== 'string') return undefined;
	const steps: AnswerStep[] = [];
	let {sum} = first;
	let at = end + 1;
	for (;;) {
		const stop = text.indexOf('\n', at);
		const line = stop < 0 ? undefined : parse(text.slice(at, stop), sum);
		if (!line || !isStep(line.value)) break;
		steps.push(line.value);
		sum = line.sum;
		at = stop + 1;
	}
	const rest = text.slice(at);
	return {
		heading: {lab, seed, ...(typeof from === 'string' && {from})},
		by: typeof by === 'string' ? by : undefined,
		steps,
		goodBytes: Buffer.byteLength(text.slice(0, at)),
		sum,
		end: rest === '' ? 'whole' : rest.includes('\n') ? 'damaged' : 'cut',
	};
}

function parse(line: string, previous: string): {value: Record<string, unknown>; sum: string} | undefined {
	try {
		const {sum, ...value} = JSON.parse(line);
		return sum === sumOf(value, previous) ? {value, sum} : undefined;
	} catch {
		return undefined;
	}
}

const isStep = (value: Record<string, unknown>): value is Record<string, unknown> & AnswerStep =>
	typeof value['run'] === 'string' && isListOf(value['edits'], isEdited) && isListOf(value['typed'], isTyped);

const isListOf = (value: unknown, is: (each: unknown) => boolean) => value === undefined || (Array.isArray(value) && value.every(is));
