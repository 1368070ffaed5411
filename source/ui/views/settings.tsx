import {Text} from 'ink';
import {type Setting, type Settings, settingList} from '../settings.js';
import {theme} from '../theme.js';
import {padTo} from '../width.js';
import {say} from '../words.js';
import {Pane} from './lines.js';

export interface SettingsProps {
	readonly settings: Settings;
	readonly chosen: number;
	readonly columns: number;
	readonly rows: number;
}

export function SettingsView({settings, chosen, columns, rows}: SettingsProps) {
	const {language} = settings;
	return (
		<Pane columns={columns} rows={rows}>
			<Text {...theme.header}>{` ${say(language, 'settings')}`}</Text>
			<Text> </Text>
			{settingList.map((setting, index) => (
				<Text key={setting.name} {...(index === chosen ? theme.tabFocused : {})} wrap="truncate-end">
					{`   ${padTo(say(language, setting.word), 18)}  ‹ ${padTo(valueText(settings, setting), 34)} › `}
				</Text>
			))}
		</Pane>
	);
}

function valueText(settings: Settings, {name, words}: Setting): string {
	const value = settings[name];
	const word = words?.[String(value)];
	return word ? say(settings.language, word) : `${value}x`;
}
