/** What an editor was left with: the text of the file it was opened on, if that was written, and of others that were written meanwhile. Plain data. */
export type Edited = string | {readonly text?: string; readonly others: Readonly<Record<string, string>>; readonly run?: EditorRun};

/** A command that was typed in the editor (`:!make`), which waits for it and is opened again then. */
export interface EditorRun {
	readonly line: string;
	/** As it was typed: what stands above its output. */
	readonly typed: string;
	readonly stdin?: string;
	/** Its output is for the learner to see; else the editor takes it. */
	readonly shows: boolean;
}

export const isEdited = (value: unknown): value is Edited =>
	typeof value === 'string' ||
	(isRecord(value) && ['string', 'undefined'].includes(typeof value['text']) && isTexts(value['others']) && isRun(value['run']));

const isRun = (value: unknown): boolean =>
	value === undefined ||
	(isRecord(value) &&
		[value['line'], value['typed'], value['stdin'] ?? ''].every(text => typeof text === 'string') &&
		typeof value['shows'] === 'boolean');

export const editedRun = (edited: Edited | undefined): EditorRun | undefined => (typeof edited === 'object' ? edited.run : undefined);

/** Of the file that it was opened on. */
export const editedText = (edited: Edited | undefined): string | undefined => (typeof edited === 'object' ? edited.text : edited);

export const editedOthers = (edited: Edited | undefined): Readonly<Record<string, string>> =>
	typeof edited === 'object' ? edited.others : {};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isTexts = (value: unknown) => isRecord(value) && Object.values(value).every(text => typeof text === 'string');
