import {copyRows} from '../app/copy-mode.js';
import type {LabSight} from '../layout/lab-layout.js';
import {type Layout, shellRows} from '../layout/layout.js';
import {cutLines, type Scrollback, visibleRows} from '../terminal/scrollback.js';
import {padTo, shorten, widthOf} from '../text/width.js';
import type {CopyMode} from '../state/app-state.js';

/** What the shell's part of the screen is drawn from. */
export interface ShellSight {
	readonly scrollback: Scrollback;
	/** '' while a command runs. */
	readonly prompt: string;
	/** What is typed. */
	readonly text: string;
	readonly suggestion: string;
	readonly menu: {readonly candidates: readonly string[]; readonly at: number} | undefined;
	/** Shown where it stands. */
	readonly found: string;
	readonly columns: number;
	readonly rows: number;
	readonly scrolled: number;
	readonly copy: CopyMode | undefined;
}

export function shellSight({state, run, columns}: LabSight, layout: Layout): ShellSight {
	const {scrollback, prompt, input, suggestion, menu} = run;
	return {
		scrollback,
		prompt,
		text: input.text,
		suggestion: state.inPane ? '' : suggestion,
		menu,
		found: state.found.line === undefined ? '' : state.found.text,
		columns,
		rows: shellRows(layout),
		scrolled: state.shellScroll,
		copy: state.copy,
	};
}

const dim = (text: string) => (text ? `\u001b[2m${text}\u001b[0m` : '');
const inverse = (text: string) => `\u001b[7m${text}\u001b[0m`;

/** What was printed, the prompt with what is typed and may follow, the candidates. */
export function shellLines(props: ShellSight): string[] {
	const {scrollback, columns, rows, scrolled, found} = props;
	if (props.copy) return copyRows(scrollback, props.copy, columns, rows);
	const menu = menuLines(props);
	const shown = visibleRows(scrollback, lastLine(props), columns, rows - menu.length, scrolled);
	if (found) return shown.map(line => marked(line, found));
	const last = shown.at(-1) ?? '';
	const rest = scrolled > 0 ? '' : shorten(props.suggestion, columns - widthOf(last) - 1);
	return [...shown.slice(0, -1), last + dim(rest), ...menu];
}

const lastLine = ({scrollback, prompt, text}: ShellSight) => scrollback.open + prompt + text;

function marked(line: string, found: string): string {
	const at = line.toLowerCase().indexOf(found.toLowerCase());
	return at < 0 ? line : line.slice(0, at) + inverse(line.slice(at, at + found.length)) + line.slice(at + found.length);
}

/** Where the cursor stands inside the view. */
export function shellCursor(props: ShellSight, cursor: number): {x: number; y: number} {
	const {scrollback, prompt, text, columns, rows} = props;
	const shown = visibleRows(scrollback, lastLine(props), columns, rows - menuLines(props).length, 0).length;
	const last = cutLines(lastLine(props), columns).length;
	const upTo = cutLines(scrollback.open + prompt + text.slice(0, cursor), columns);
	const x = widthOf(upTo.at(-1) ?? '');
	return {x: Math.min(x, columns - 1), y: Math.max(0, shown - last + upTo.length - 1)};
}

/** Candidates in columns, as many rows as leave room for the prompt; those around the chosen one. */
function menuLines({menu, columns, rows}: ShellSight): string[] {
	if (!menu) return [];
	const {candidates, at} = menu;
	const cell = Math.min(columns - 1, Math.max(...candidates.slice(0, 500).map(widthOf)) + 2);
	const across = Math.max(1, Math.floor((columns - 1) / cell));
	const all = Math.ceil(candidates.length / across);
	const count = Math.min(all, Math.max(1, Math.min(6, rows - 2)));
	const first = Math.max(0, Math.min(Math.floor(Math.max(0, at) / across) - count + 1, all - count));
	return Array.from({length: count}, (_, row) => {
		const from = (first + row) * across;
		const line = candidates
			.slice(from, from + across)
			.map((text, index) => {
				const shown = padTo(shorten(text, cell - 2), cell - 2);
				return `${from + index === at ? inverse(shown) : shown}  `;
			})
			.join('');
		const more = row === count - 1 && first + count < all;
		return more ? `${line.trimEnd()} ${dim(`+${candidates.length - (first + count) * across}`)}` : line.trimEnd();
	});
}
