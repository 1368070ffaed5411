import {Box, Text} from 'ink';
import type {Language} from '../../lab/lab.js';
import {bindingsOf, type Context} from '../keymap.js';
import {theme} from '../theme.js';
import {padTo, shorten, widthOf} from '../width.js';
import {say, type Word} from '../words.js';
import {merged, shownKey} from './key-list.js';
import {Pane} from './lines.js';

type Entry = readonly [keys: string, word: Word];

/** Keys of the shell itself, which the line editor handles. */
const shellKeys: readonly Entry[] = [
	['Tab', 'keyComplete'],
	['→', 'keySuggest'],
	['↑ ↓ ^R', 'keyHistory'],
	['^C', 'keyStop'],
];

export interface HelpProps {
	readonly screen: Context;
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
}

/** All keys: of the shell at the left, of the panes at the right. */
export function HelpView({screen, language, columns, rows}: HelpProps) {
	const inLab = screen === 'lab';
	const half = inLab ? Math.floor(columns / 2) : columns;
	return (
		<Pane columns={columns} rows={rows}>
			<Box flexShrink={0}>
				<KeyList
					title={inLab ? say(language, 'shell') : say(language, 'helpTitle')}
					entries={[...keysOf(screen), ...(inLab ? shellKeys : [])]}
					language={language}
					columns={half}
				/>
				{inLab && <KeyList title={say(language, 'helpPane')} entries={keysOf('pane')} language={language} columns={half} />}
			</Box>
		</Pane>
	);
}

/** Numbers are one key; of the others, two are enough. */
const keysOf = (screen: Context): Entry[] =>
	merged(
		bindingsOf(screen).flatMap(({keys, word}) => {
			const shown = /1$/.test(keys[0]!) ? [`${keys[0]}..9`] : keys.map(shownKey);
			return shown.map(key => [key, word] as const);
		}),
	);

interface KeyListProps {
	readonly title: string;
	readonly entries: readonly Entry[];
	readonly language: Language;
	readonly columns: number;
}

function KeyList({title, entries, language, columns}: KeyListProps) {
	const width = Math.max(...entries.map(([keys]) => widthOf(keys)));
	return (
		<Box flexDirection="column" width={columns} flexShrink={0}>
			<Text {...theme.header}>{` ${title}`}</Text>
			{entries.map(([keys, word]) => (
				<Text key={word} wrap="truncate-end">
					{shorten(`  ${padTo(keys, width)}  ${say(language, word)}`, columns - 1)}
				</Text>
			))}
		</Box>
	);
}
