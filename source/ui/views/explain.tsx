import {Text} from 'ink';
import type {Language} from '../../lab/lab.js';
import {glossary} from '../glossary.js';
import {theme} from '../theme.js';
import {wrap} from '../width.js';
import {say} from '../words.js';
import {Pane} from './lines.js';

export interface ExplainProps {
	readonly ids: readonly string[];
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
}

/** Each concept with its few sentences. */
export function ExplainView({ids, language, columns, rows}: ExplainProps) {
	const concepts = glossary.filter(({id}) => ids.includes(id));
	const width = Math.min(columns - 4, 90);
	return (
		<Pane columns={columns} rows={rows}>
			<Text {...theme.header}>{` ${say(language, 'explainTitle')}`}</Text>
			{concepts.length === 0 && <Text>{`   ${say(language, 'explainNothing')}`}</Text>}
			{concepts.map(({id, text}) => (
				<Text key={id}>
					{'\n '}
					<Text {...theme.strong}>{id}</Text>
					{`\n${wrap(text[language], width)
						.map(line => `   ${line}`)
						.join('\n')}`}
				</Text>
			))}
		</Pane>
	);
}
