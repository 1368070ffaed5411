import type {Terminal} from './terminal.js';

/** A terminal that knows whether the alternate screen is shown, so that a command that is stopped gives it back, and finds it again. */
export interface ScreenTerminal extends Terminal {
	/** To the screen from before; answers with what was on the alternate one. Undefined: that was not shown. */
	leave(): string | undefined;
	/** The alternate screen, as it was left. */
	enter(page: string): void;
}

const turn = '\u001b[?1049';
/** From here on a page is drawn; what was there before does not matter any more. */
const home = '\u001b[H';
const pageMax = 100_000;

export function followScreen(terminal: Terminal): ScreenTerminal {
	let page: string | undefined;
	const sink: Terminal['sink'] = (text, stream) => {
		const at = text.lastIndexOf(turn);
		if (at >= 0) page = text[at + turn.length] === 'h' ? text.slice(at + turn.length + 1) : undefined;
		else if (page !== undefined) page += text;
		if (page !== undefined) page = page.slice(Math.max(0, page.lastIndexOf(home))).slice(-pageMax);
		terminal.sink(text, stream);
	};
	const own = {
		sink,
		leave() {
			const left = page;
			if (left !== undefined) sink(`${turn}l`, 'stdout');
			return left;
		},
		enter: (left: string) => sink(`${turn}h${left}`, 'stdout'),
	};
	// Its size is asked for each time.
	return Object.assign(Object.create(terminal) as Terminal, own);
}
