import {Box, Text} from 'ink';
import type {Marks} from '../../lab/judge.js';
import type {Lab, Language} from '../../lab/lab.js';
import {theme} from '../theme.js';
import {say} from '../words.js';
import {GoalsView} from './goals.js';
import {Pane} from './lines.js';

export interface ResultProps {
	readonly lab: Lab;
	readonly marks: Marks;
	readonly commands: number;
	readonly time: string;
	readonly notSimulated: readonly string[];
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
}

/** The mark, each objective with its reason, and once all is met another way to the same end. */
export function ResultView({lab, marks, commands, time, notSimulated, language, columns, rows}: ResultProps) {
	const percent = Math.round((100 * marks.score) / marks.max);
	const filled = Math.round((Math.min(40, columns - 12) * percent) / 100);
	const other = marks.passed
		? (lab.solutions
				.at(-1)
				?.text.trim()
				.split('\n')
				.filter(line => !line.startsWith('#')) ?? [])
		: [];
	const goalRows = Math.min(rows - 4, lab.objectives.length * 3);
	return (
		<Pane columns={columns} rows={rows}>
			<Text {...theme.title}>{` ${lab.title[language]}`}</Text>
			<Text>
				{' '}
				<Text {...(marks.passed ? theme.good : theme.waiting)}>{'█'.repeat(filled)}</Text>
				<Text {...theme.dim}>{'░'.repeat(Math.max(0, Math.min(40, columns - 12) - filled))}</Text>
				<Text bold>{` ${percent} %`}</Text>
			</Text>
			<Text
				{...(marks.passed ? theme.good : theme.dim)}
			>{` ${marks.passed ? `${say(language, 'done')} ` : ''}${say(language, 'commandsRun', {n: commands, t: time})}`}</Text>
			<Text> </Text>
			<GoalsView
				lab={lab}
				marks={marks.objectives}
				language={language}
				columns={columns - 1}
				rows={marks.passed ? lab.objectives.length : goalRows}
				reasons
			/>
			{notSimulated.length > 0 && <Text {...theme.waiting}>{` ${say(language, 'notSimulated', {what: notSimulated.join(', ')})}`}</Text>}
			{other.length > 0 && (
				<Box flexDirection="column" marginTop={1}>
					<Text {...theme.header}>{` ${say(language, 'otherWays')}`}</Text>
					{other.map(line => (
						<Text key={line} wrap="truncate-end">{`   ${line}`}</Text>
					))}
				</Box>
			)}
		</Pane>
	);
}
