import type {AppSnapshot} from './app-store.js';
import {smallestScreen} from './layout.js';
import type {Language} from '../lab/lab.js';
import type {Frame} from './painter.js';
import {createComposer, type Piece} from './pieces.js';
import {labCursor, labPieces} from './views/lab.js';
import {pagePieces, type PagePorts} from './views/page.js';
import {useTheme} from './theme.js';
import {shorten} from './width.js';
import {say} from './words.js';

/** Makes the screen out of what the application knows. */
export function createFrames(ports: PagePorts): (snapshot: AppSnapshot) => Frame {
	const compose = createComposer();
	return ({state, size, run}) => {
		const {columns, rows} = size;
		useTheme(state.settings.theme);
		if (columns < smallestScreen.columns || rows < smallestScreen.rows)
			return {columns, rows, lines: [tooSmall(state.settings.language, size)]};
		const inLab = state.screen === 'lab' && run;
		const pieces: Piece[] = inLab ? labPieces({state, run, columns, rows}) : pagePieces({state, run, ports, columns, rows});
		return {columns, rows, lines: compose(pieces, rows), ...(inLab && {cursor: labCursor({state, run, columns, rows})})};
	};
}

const tooSmall = (language: Language, {columns: c, rows: r}: AppSnapshot['size']) =>
	shorten(say(language, 'tooSmall', {c, r, mc: smallestScreen.columns, mr: smallestScreen.rows}), c);
