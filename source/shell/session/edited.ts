/** What an editor was left with: the text of the file it was opened on, if that was written, and of others that were written meanwhile. Plain data. */
export type Edited = string | {readonly text?: string; readonly others: Readonly<Record<string, string>>};

export const isEdited = (value: unknown): value is Edited =>
	typeof value === 'string' || (isRecord(value) && ['string', 'undefined'].includes(typeof value['text']) && isTexts(value['others']));

/** Of the file that it was opened on. */
export const editedText = (edited: Edited | undefined): string | undefined => (typeof edited === 'object' ? edited.text : edited);

export const editedOthers = (edited: Edited | undefined): Readonly<Record<string, string>> =>
	typeof edited === 'object' ? edited.others : {};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isTexts = (value: unknown) => isRecord(value) && Object.values(value).every(text => typeof text === 'string');
