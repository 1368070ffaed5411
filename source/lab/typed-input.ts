/**
 * One line, or one key, that a command asked for and was given, so many virtual milliseconds after it was typed itself. `null`: ctrl-d.
 * Or an editor that was left then: with nothing but that it was, as its text stands elsewhere; `null`: unsaved.
 */
export type Typed = readonly [afterMs: number, text: string | null];

export const isTyped = (value: unknown): value is Typed =>
	Array.isArray(value) &&
	value.length === 2 &&
	Number.isFinite(value[0]) &&
	value[0] >= 0 &&
	(value[1] === null || typeof value[1] === 'string');

/** The keyboard of a session that is played again: what commands ask for is given when it was typed then. */
export interface TypedInput {
	/** A line is about to run, for which so much was typed; undefined: it is not known, and whoever asks has come to the end of input. */
	begin(typed: readonly Typed[] | undefined): void;
	next(signal?: AbortSignal): Promise<string | undefined>;
	/** An editor waits to be left; whether it was saved. */
	left(signal?: AbortSignal): Promise<boolean>;
	give(text: string | null): void;
}

export function createTypedInput(): TypedInput {
	let isKnown = false;
	let early: Array<string | null> = [];
	let waiting: ((text: string | undefined) => void) | undefined;
	const next = async (signal?: AbortSignal): Promise<string | undefined> => {
		const [text] = early.splice(0, 1);
		if (text !== undefined || !isKnown) return text ?? undefined;
		// Until it is due, or the line is interrupted as it was then.
		return new Promise(resolve => {
			waiting = resolve;
			signal?.addEventListener('abort', () => resolve(undefined), {once: true});
		});
	};
	return {
		next,
		left: async signal => !isKnown || (await next(signal)) !== undefined,
		begin(typed) {
			isKnown = typed !== undefined;
			early = [];
		},
		give(text) {
			const ask = waiting;
			waiting = undefined;
			if (ask) ask(text ?? undefined);
			else early.push(text);
		},
	};
}
