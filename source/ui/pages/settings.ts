import {type Setting, type Settings, settingList} from '../settings.js';
import {paint} from '../theme.js';
import {padTo, shorten} from '../width.js';
import {say} from '../words.js';

export function settingsRows(settings: Settings, chosen: number, columns: number): string[] {
	const {language} = settings;
	const rows = settingList.map((setting, index) => {
		const row = `   ${padTo(say(language, setting.word), 18)}  ‹ ${padTo(valueText(settings, setting), 34)} › `;
		return paint(shorten(row, columns), index === chosen ? 'tabFocused' : 'plain');
	});
	return [paint(` ${say(language, 'settings')}`, 'header'), '', ...rows];
}

function valueText(settings: Settings, {name, words}: Setting): string {
	const value = settings[name];
	const word = words?.[String(value)];
	return word ? say(settings.language, word) : `${value}x`;
}
