import {memo} from 'react';
import {rule} from '../text/styled-row.js';
import {Row} from './rows.js';

export interface RuleProps {
	readonly columns: number;
	readonly title: string;
	/** Without the line, for a screen reader. */
	readonly plain?: boolean;
}

/** What separates two parts of the screen, and says what the lower one is. */
export const Rule = memo(({columns, title, plain = false}: RuleProps) => <Row text={rule(columns, title, plain)} />);
