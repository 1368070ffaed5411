import {memo} from 'react';
import {shellLines, type ShellSight} from './shell-lines.js';
import {Rows} from './rows.js';
import {Rule} from './rule.js';

export interface ShellProps extends ShellSight {
	/** Of the rule above it. */
	readonly title: string;
	/** Without lines, for a screen reader. */
	readonly plain: boolean;
}

/** What was printed, the prompt, what is typed. */
export const Shell = memo(({title, plain, ...shell}: ShellProps) => (
	<>
		<Rule columns={shell.columns} title={title} plain={plain} />
		<Rows lines={shellLines(shell)} columns={shell.columns} rows={shell.rows} />
	</>
));
