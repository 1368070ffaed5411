import type {CardChapter, LabCard} from '../../lab/card.js';
import type {Language} from '../../lab/lab.js';
import {labsCalled} from './lab-list.js';
import {paint} from '../text/theme.js';
import {shorten, padTo, wrap} from '../text/width.js';
import {say} from '../words/words.js';

export interface HomeProps {
	readonly chapters: readonly CardChapter[];
	/** Only labs in which these words stand. */
	readonly wanted: string;
	/** Of all labs. */
	readonly selected: number;
	readonly best: Readonly<Record<string, {readonly best: number; readonly max: number}>>;
	/** The lab that was opened last. */
	readonly last?: string | undefined;
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
}

/** The list of labs with what has been reached, and below it what the chosen one is about. */
export function homeRows({chapters, wanted, selected, best, last, language, columns, rows}: HomeProps): string[] {
	const labs = chapters.flatMap(chapter => chapter.labs);
	const shown = new Set(labsCalled(chapters, wanted));
	const chosen = shown.has(labs[selected]!) ? labs[selected] : undefined;
	const goesOn = chosen !== undefined && chosen.id === last ? [`↻ ${say(language, 'goOn')}`] : [];
	const about = chosen ? [...goesOn, ...wrap(chosen.summary[language], Math.min(columns - 4, 90))] : [];
	const lines = chapters
		.filter(chapter => chapter.labs.some(lab => shown.has(lab)))
		.flatMap(chapter => [
			{title: `${chapter.title[language]}  ${progressOf(chapter.labs, best, language)}`, lab: undefined},
			...chapter.labs.filter(lab => shown.has(lab)).map(lab => ({title: lab.title[language], lab})),
		]);
	if (lines.length === 0) lines.push({title: say(language, 'nothingFound'), lab: undefined});
	const room = Math.max(1, rows - about.length - 3);
	const at = lines.findIndex(line => line.lab === chosen);
	const start = Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room));
	const list = lines.slice(start, start + room).map(({title, lab}) => {
		const text = lab ? rowOf(lab, title, best[lab.id], language, columns) : ` ${title}`;
		return paint(
			padTo(shorten(text, columns), lab === chosen ? columns - 1 : 0),
			lab === undefined ? 'header' : lab === chosen ? 'tabFocused' : 'plain',
		);
	});
	const head = wanted === '' ? say(language, 'chooseLab') : say(language, 'labsFound', {n: shown.size, m: labs.length});
	return [paint(shorten(` ${head}`, columns), 'dim'), ...list, '', ...about.map(line => `   ${line}`)];
}

const isMet = (each: HomeProps['best'][string] | undefined) => each !== undefined && each.best >= each.max;

/** `■■□□ 2 of 4` */
function progressOf(labs: readonly LabCard[], best: HomeProps['best'], language: Language): string {
	const met = labs.filter(lab => isMet(best[lab.id])).length;
	return `${'■'.repeat(met)}${'□'.repeat(labs.length - met)} ${say(language, 'chapterDone', {n: met, m: labs.length})}`;
}

function rowOf(lab: LabCard, title: string, best: HomeProps['best'][string] | undefined, language: Language, columns: number): string {
	const done = best && best.best > 0 ? say(language, 'best', {n: Math.round((100 * best.best) / best.max)}) : say(language, 'notStarted');
	const sign = best && best.best >= best.max ? '✓' : best && best.best > 0 ? '◐' : '·';
	const facts = [padTo(say(language, lab.level), 12), padTo(say(language, 'minutes', {n: lab.minutes}), 9), done].join(' ');
	const room = Math.max(10, Math.min(56, columns - 45));
	return `   ${sign} ${padTo(shorten(title, room), room)} ${facts} `;
}
