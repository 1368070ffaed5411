import {type Setting, type Settings, settingList} from '../state/settings.js';
import {paint} from '../text/theme.js';
import {padTo, shorten, widthOf} from '../text/width.js';
import {say} from '../words/words.js';

/** What stands around label and value. */
const frame = 10;

export function settingsRows(settings: Settings, chosen: number, columns: number): string[] {
	const {language} = settings;
	const labels = settingList.map(setting => say(language, setting.word));
	const values = settingList.map(setting => valueText(settings, setting));
	const roomFor = (texts: readonly string[], most: number) => Math.max(most, ...texts.map(widthOf));
	const label = Math.min(roomFor(labels, 18), Math.floor(columns * 0.4));
	const value = Math.min(roomFor(values, 34), columns - label - frame);
	const rows = settingList.map((_, index) => {
		const row = `   ${padTo(shorten(labels[index]!, label), label)}  ‹ ${padTo(shorten(values[index]!, value), value)} › `;
		return paint(row, index === chosen ? 'tabFocused' : 'plain');
	});
	return [paint(` ${say(language, 'settings')}`, 'header'), '', ...rows];
}

function valueText(settings: Settings, {name, words}: Setting): string {
	const value = settings[name];
	const word = words?.[String(value)];
	return word ? say(settings.language, word) : `${value}x`;
}
