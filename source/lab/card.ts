import {parse} from 'yaml';
import type {Lab, Translated} from './lab.js';

/** What a list of labs shows. Read without the checks, so that the list is there at once; opening a lab reads all of it. */
export type LabCard = Pick<Lab, 'id' | 'title' | 'summary' | 'level' | 'minutes'>;

/** A part of the list of labs. */
export interface CardChapter {
	readonly title: Translated;
	readonly labs: readonly LabCard[];
}

/** A lab's goals and files are most of its text; the list does not read them. */
const head = (labYaml: string) =>
	labYaml
		.split(/^(?=[a-z])/m)
		.filter(block => /^(id|title|summary|level|minutes):/.test(block))
		.join('');

/** Undefined when the text is no lab at all; `kubelab lab validate` says why. */
export function readCard(labYaml: string): LabCard | undefined {
	try {
		const {id, title, summary, level, minutes} = parse(head(labYaml), {maxAliasCount: 50});
		return id && title?.en && summary?.en ? {id, title, summary, level, minutes} : undefined;
	} catch {
		return undefined;
	}
}
