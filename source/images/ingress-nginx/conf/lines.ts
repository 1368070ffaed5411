/** A directive, a block of them, or a blank line (`''`). */
export type Line = string | Block;

export interface Block {
	readonly head: string;
	readonly body: readonly Line[];
}

export const block = (head: string, ...body: ReadonlyArray<Line | readonly Line[]>): Block => ({head, body: body.flat() as Line[]});

/** Names and values in two columns, each ended by a semicolon. */
export const aligned = (rows: ReadonlyArray<readonly [name: string, value: string | number]>, width = 31): string[] =>
	rows.map(([name, value]) => `${name.padEnd(width)} ${value};`);

export const onOff = (value: boolean): string => (value ? 'on' : 'off');
export const when = (wanted: unknown, ...lines: ReadonlyArray<Line>): readonly Line[] => (wanted ? lines : []);

/** nginx.conf as ingress-nginx writes it: tabs, and no line with blanks only. */
export function render(lines: readonly Line[], depth = 0): string {
	const indent = '\t'.repeat(depth);
	return lines
		.map(line => {
			if (line === '') return '\n';
			if (typeof line === 'string')
				return line
					.split('\n')
					.map(each => (each === '' ? '\n' : `${indent}${each}\n`))
					.join('');
			return `${indent}${line.head} {\n${render(line.body, depth + 1)}${indent}}\n`;
		})
		.join('');
}
