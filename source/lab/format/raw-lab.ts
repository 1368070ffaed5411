import type {Hint, Lab, LabFiles, NamedText, Objective, PlacedFile} from '../lab.js';

/** lab.yaml as it is written: much may be left out. */
export interface RawLab extends Omit<Lab, 'objectives' | 'files' | 'cluster' | 'prerequisites' | 'variables' | 'faults' | 'checkpoints'> {
	readonly cluster?: string;
	readonly prerequisites?: readonly string[];
	readonly variables?: Lab['variables'];
	readonly faults?: Lab['faults'];
	readonly checkpoints?: Lab['checkpoints'];
	readonly files?: ReadonlyArray<Omit<PlacedFile, 'content'> & {readonly content?: string; readonly from?: string}>;
	readonly objectives: ReadonlyArray<Omit<Objective, 'keep' | 'hints'> & {readonly keep?: boolean; readonly hints?: readonly RawHint[]}>;
}

type RawHint = Omit<Hint, 'cost'> & {readonly cost?: number};

/** Files of a lab whose names have a form, in the order of their names. */
export const named = (files: LabFiles, form: RegExp): NamedText[] =>
	[...files]
		.filter(([name]) => form.test(name))
		.map(([name, text]) => ({name, text}))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
