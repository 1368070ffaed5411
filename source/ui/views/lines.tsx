import {Box, Text} from 'ink';
import type {ReactNode} from 'react';
import type {StyledLine} from '../markdown.js';
import {theme} from '../theme.js';
import {shorten, padTo, widthOf} from '../width.js';

/** Exactly so many rows, whatever is in them. */
export function Pane({columns, rows, children}: {readonly columns: number; readonly rows: number; readonly children?: ReactNode}) {
	if (rows <= 0) return null;
	return (
		<Box width={columns} height={rows} flexDirection="column" overflow="hidden" flexShrink={0}>
			{children}
		</Box>
	);
}

export function StyledLines({lines}: {readonly lines: readonly StyledLine[]}) {
	return lines.map((line, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
		<Text key={index} wrap="truncate-end">
			{line.length === 0
				? ' '
				: line.map((span, at) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: as above
						<Text key={at} {...theme[span.look]}>
							{span.text}
						</Text>
					))}
		</Text>
	));
}

/** A full line in inverse: left and right text. */
export function Bar({columns, left, right}: {readonly columns: number; readonly left: string; readonly right: string}) {
	const room = Math.max(0, columns - widthOf(right) - 1);
	return <Text {...theme.bar}>{`${padTo(shorten(left, room), room + 1)}${right}`}</Text>;
}

/** `── title ─────` */
export function Rule({columns, title, plain = false}: {readonly columns: number; readonly title: string; readonly plain?: boolean}) {
	if (plain) return <Text {...theme.header}>{shorten(title, columns)}</Text>;
	const label = title ? `── ${shorten(title, Math.max(0, columns - 6))} ` : '';
	return (
		<Text {...theme.border} wrap="truncate-end">
			{`${label}${'─'.repeat(Math.max(0, columns - widthOf(label)))}`}
		</Text>
	);
}
