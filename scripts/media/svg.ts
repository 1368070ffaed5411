import type {IBufferCell, Terminal} from '@xterm/headless';

const cell = {width: 8.4, height: 18};
const margin = 12;
/** What stands for the colours of a terminal: its ground, its ink, what dim is, and the sixteen; the application uses no others. */
export interface Colours {
	readonly background: string;
	readonly foreground: string;
	readonly dim: string;
	readonly palette: readonly string[];
}

const eight = ['#14171c', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'];
export const darkGround: Colours = {
	background: '#14171c',
	foreground: '#d7dae0',
	dim: '#7f848e',
	palette: [...eight, '#7f848e', ...eight.slice(1, 7), '#ffffff'],
};

const onWhite = ['#383a42', '#c91b00', '#00a33f', '#c7a500', '#0225c7', '#ca30c7', '#00a6b2', '#c7c7c7'];
export const lightGround: Colours = {
	background: '#ffffff',
	foreground: '#24272e',
	dim: '#8c8f96',
	palette: [...onWhite, '#676b73', ...onWhite.slice(1)],
};

interface Run {
	readonly x: number;
	readonly y: number;
	text: string;
	width: number;
	readonly style: Style;
}

interface Style {
	readonly fill: string;
	readonly back: string;
	readonly bold: boolean;
	readonly underline: boolean;
}

/** What a terminal shows, as a picture that stays text. */
export function toSvg(terminal: Terminal, colours = darkGround): string {
	const width = terminal.cols * cell.width + 2 * margin;
	const height = terminal.rows * cell.height + 2 * margin;
	const runs = Array.from({length: terminal.rows}, (_, y) => runsOf(terminal, y, colours)).flat();
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace" font-size="14">
<rect width="${width}" height="${height}" rx="8" fill="${colours.background}"/>
${runs.map(run => draw(run, colours)).join('\n')}
</svg>
`;
}

function runsOf(terminal: Terminal, y: number, colours: Colours): Run[] {
	const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + y);
	const runs: Run[] = [];
	for (let x = 0; line && x < terminal.cols; x++) {
		const each = line.getCell(x);
		if (!each || each.getWidth() === 0) continue;
		const style = styleOf(each, colours);
		const text = each.getChars() || ' ';
		const last = runs.at(-1);
		// A wide character begins a run of its own, so that what follows stands where the terminal has it.
		if (last && same(last.style, style) && each.getWidth() === 1 && last.width === last.text.length) {
			last.text += text;
			last.width += 1;
		} else runs.push({x, y, text, width: each.getWidth(), style});
	}
	return runs.filter(run => run.text.trim() || run.style.back !== colours.background);
}

function styleOf(each: IBufferCell, {background, foreground, dim, palette}: Colours): Style {
	const colour = (index: number, isDefault: boolean, fallback: string) => (isDefault ? fallback : (palette[index] ?? fallback));
	const fill = colour(each.getFgColor(), each.isFgDefault(), each.isDim() ? dim : foreground);
	const back = colour(each.getBgColor(), each.isBgDefault(), background);
	const [front, behind] = each.isInverse() ? [back, fill] : [fill, back];
	return {fill: front, back: behind, bold: each.isBold() !== 0, underline: each.isUnderline() !== 0};
}

const same = (a: Style, b: Style) => a.fill === b.fill && a.back === b.back && a.bold === b.bold && a.underline === b.underline;

function draw({x, y, text, width, style}: Run, {background}: Colours): string {
	const left = (margin + x * cell.width).toFixed(1);
	const top = margin + y * cell.height;
	const box =
		style.back === background
			? ''
			: `<rect x="${left}" y="${top}" width="${(width * cell.width).toFixed(1)}" height="${cell.height}" fill="${style.back}"/>`;
	const looks = `${style.bold ? ' font-weight="bold"' : ''}${style.underline ? ' text-decoration="underline"' : ''}`;
	const letters = `<text x="${left}" y="${top + 13}" fill="${style.fill}"${looks} textLength="${(width * cell.width).toFixed(1)}" xml:space="preserve">${markup(text)}</text>`;
	return box + (text.trim() ? letters : '');
}

const markup = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
