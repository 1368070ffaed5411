import {type Block, blocksOf, isCommands, isYaml} from './blocks.js';
import {wholeCommands} from './commands.js';
import type {Look} from './theme.js';
import {widthOf, wrap} from './width.js';

/** A run of text with one look. */
export interface Span {
	readonly text: string;
	readonly look: Look;
	/** Which thing of the text it is a part of that can be taken (`task-items.ts`). */
	readonly item?: number;
}

export type StyledLine = readonly Span[];

/**
 * The Markdown that task texts use, as lines that fit: headings, paragraphs, lists, fenced code, and bold and code inside a line. Fenced
 * commands are never wrapped into two looking like one; they break with an indent.
 */
export function renderMarkdown(source: string, width: number): StyledLine[] {
	const lines: StyledLine[] = [];
	let items = 0;
	for (const block of blocksOf(source)) {
		if (lines.length > 0) lines.push([]);
		if (isYaml(block)) {
			const item = items++;
			lines.push(...block.lines.flatMap(line => codeLines(line, width, {look: 'code', item})));
		} else if (!isCommands(block)) lines.push(...renderBlock(block, width));
		else
			for (const {lines: typed, runs} of wholeCommands(block.lines)) {
				lines.push(...typed.flatMap(line => codeLines(line, width, runs ? {look: 'command', item: items} : {look: 'command'})));
				if (runs) items++;
			}
	}
	return lines;
}

function renderBlock(block: Block, width: number): StyledLine[] {
	switch (block.type) {
		case 'fence':
			return block.lines.flatMap(line => codeLines(line, width, {look: 'code'}));
		case 'heading': {
			const [, marks = '', text = ''] = /^(#+)\s*(.*)$/.exec(block.lines[0]!) ?? [];
			return wrap(text, width).map(line => [{text: line, look: marks.length === 1 ? 'title' : 'heading'}]);
		}
		case 'list':
			return block.lines.flatMap(line => indented(line.replace(/^\s*[*-] /, ''), '• ', width));
		case 'text':
			return wrapSpans(inline(block.lines.join(' ')), width);
	}
}

function codeLines(line: string, width: number, look: Omit<Span, 'text'>): StyledLine[] {
	const room = Math.max(8, width - 2);
	const pieces: string[] = [];
	let rest = line;
	while (widthOf(rest) > room) {
		const space = rest.lastIndexOf(' ', room);
		const cut = space > room / 3 ? space + 1 : room;
		pieces.push(rest.slice(0, cut));
		rest = rest.slice(cut);
	}
	return [...pieces, rest].map((text, index) => [
		{text: index === 0 ? '  ' : '    ', look: 'plain'},
		{...look, text: index === 0 ? text : text.trimStart()},
	]);
}

const indented = (text: string, mark: string, width: number): StyledLine[] =>
	wrapSpans(inline(text), width - mark.length).map((line, index) => [
		{text: index === 0 ? mark : ' '.repeat(mark.length), look: 'plain'},
		...line,
	]);

/** `**bold**` and `code` (also *emphasis*) inside a line. */
function inline(text: string): Span[] {
	return text
		.split(/(\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*)/)
		.filter(Boolean)
		.map((part): Span => {
			if (part.startsWith('**')) return {text: part.slice(2, -2), look: 'strong'};
			if (part.startsWith('`')) return {text: part.slice(1, -1), look: 'code'};
			return /^\*[^*]+\*$/.test(part) ? {text: part.slice(1, -1), look: 'strong'} : {text: part, look: 'plain'};
		});
}

/** Wraps the text as a whole, then gives each character its look back. */
function wrapSpans(spans: readonly Span[], width: number): StyledLine[] {
	const looks: Look[] = spans.flatMap(({text, look}) => Array.from({length: text.length}, () => look));
	const whole = spans.map(span => span.text).join('');
	let at = 0;
	return wrap(whole, width).map(line => {
		at = whole.indexOf(line, at);
		const start = at;
		at += line.length;
		return toSpans(line, looks.slice(start, at));
	});
}

function toSpans(line: string, looks: readonly Look[]): Span[] {
	const spans: Span[] = [];
	for (let at = 0; at < line.length; ) {
		let end = at + 1;
		while (end < line.length && looks[end] === looks[at]) end++;
		spans.push({text: line.slice(at, end), look: looks[at]!});
		at = end;
	}
	return spans;
}
