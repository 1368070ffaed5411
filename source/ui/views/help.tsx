import {Text} from 'ink';
import type {Language} from '../../lab/lab.js';
import {bindingsOf, type Context} from '../keymap.js';
import {theme} from '../theme.js';
import {shorten, padTo, widthOf} from '../width.js';
import {say, type Word} from '../words.js';
import {Pane} from './lines.js';

/** Keys of the shell itself, which the line editor handles. */
const shellKeys: ReadonlyArray<readonly [keys: string, word: Word]> = [
	['Tab', 'keyComplete'],
	['Up Down ctrl-r', 'keyHistory'],
	['ctrl-c', 'keyStop'],
];

export function HelpView({
	screen,
	language,
	columns,
	rows,
}: {
	readonly screen: Context;
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
}) {
	const entries = [
		...bindingsOf(screen).map(binding => [shownKeys(binding.keys), binding.word] as const),
		...(screen === 'lab' ? shellKeys : []),
	];
	const merged = [...new Set(entries.map(([, word]) => word))].map(
		word =>
			[
				entries
					.filter(entry => entry[1] === word)
					.map(([keys]) => keys)
					.join('  '),
				word,
			] as const,
	);
	const width = Math.max(...merged.map(([keys]) => widthOf(keys)));
	return (
		<Pane columns={columns} rows={rows}>
			<Text {...theme.header}>{` ${say(language, 'helpTitle')}`}</Text>
			{merged.map(([keys, word]) => (
				<Text key={word} wrap="truncate-end">
					{`   ${padTo(keys, width)}   ${say(language, word)}`}
				</Text>
			))}
		</Pane>
	);
}

const shownKeys = (keys: readonly string[]) => (keys[0] === 'alt-1' ? 'alt-1 ... alt-8' : keys.join('  '));

/** The keys worth knowing now, as many as fit. */
export function HelpLine({
	screen,
	language,
	columns,
	note,
}: {
	readonly screen: Context;
	readonly language: Language;
	readonly columns: number;
	readonly note: string;
}) {
	const hints = bindingsOf(screen)
		.filter(binding => binding.short)
		.map(binding => `${binding.short} ${say(language, binding.word)}`);
	let line = note ? ` ${note} ` : '';
	for (const hint of hints) if (widthOf(line) + widthOf(hint) + 3 <= columns) line += `${line ? '  ' : ' '}${hint}`;
	return (
		<Text {...(note ? theme.waiting : theme.dim)} wrap="truncate-end">
			{shorten(line, columns)}
		</Text>
	);
}
