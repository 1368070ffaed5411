import type {CardChapter} from '../lab/card.js';
import {readBeside} from './beside.js';

/** Name of what the build saves: reading the YAML of all labs would take longer than all the rest of the start. */
export const savedCards = 'labs.json';

/** What the list of labs shows, without reading the labs. */
export async function readChapters(): Promise<readonly CardChapter[]> {
	return readBeside(savedCards) ?? readCardFiles();
}

/** The same from the labs themselves. */
export async function readCardFiles(): Promise<readonly CardChapter[]> {
	const {readCourse, readLabCard} = await import('./lab-files.js');
	const {chapters} = await readCourse();
	return chapters.map(chapter => ({title: chapter.title, labs: chapter.labs.flatMap(id => readLabCard(id) ?? [])}));
}
