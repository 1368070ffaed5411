import type {Language} from '../../lab/lab.js';
import {glossary} from '../glossary/index.js';
import {paint} from '../text/theme.js';
import {wrap} from '../text/width.js';
import {say} from '../words/words.js';

/** Each concept with its few sentences. */
export function explainRows(ids: readonly string[], language: Language, columns: number): string[] {
	const concepts = glossary.filter(({id}) => ids.includes(id));
	const width = Math.min(columns - 4, 90);
	return [
		paint(` ${say(language, 'explainTitle')}`, 'header'),
		...(concepts.length === 0 ? [`   ${say(language, 'explainNothing')}`] : []),
		...concepts.flatMap(({id, text}) => ['', ` ${paint(id, 'strong')}`, ...wrap(text[language], width).map(line => `   ${line}`)]),
	];
}
