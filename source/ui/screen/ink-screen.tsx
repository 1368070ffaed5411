import {Writable} from 'node:stream';
import {type Instance, render} from 'ink';
import {App, isTooSmall} from '../views/app.js';
import type {AppSnapshot} from '../app/store.js';
import {labCursor} from '../views/lab-cursor.js';
import {labLayout} from '../layout/lab-layout.js';
import type {PagePorts} from '../pages/page-rows.js';
import type {Frame} from './painter.js';
import {createShownPanes} from '../layout/shown-panes.js';
import {StandIns} from '../text/stand-ins.js';
import type {Sight} from '../views/sight.js';
import {setTheme} from '../text/theme.js';
import {Failure} from '../views/failure.js';
import {StandInsContext} from '../views/rows.js';

export interface InkScreen {
	/** The screen that shows this, whole. */
	frame(snapshot: AppSnapshot): Frame;
	close(): void;
}

/** Ink composes the screen, but not on the terminal: each frame is handed out, and `painter.ts` writes the rows that changed. */
export function createInkScreen(ports: PagePorts): InkScreen {
	const [page, standIns, panesOf] = [new Page(), new StandIns(), createShownPanes()];
	const listeners = new Set<() => void>();
	let sight: Sight;
	let ink: Instance | undefined;
	let failure: unknown;
	const subscribe = (listener: () => void) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	};
	const app = (
		<Failure onError={error => (failure = error)}>
			<StandInsContext.Provider value={standIns}>
				<App subscribe={subscribe} sight={() => sight} ports={ports} />
			</StandInsContext.Provider>
		</Failure>
	);
	const draw = () => {
		for (const listener of listeners) listener();
		// The same application again: what the store has set in motion is drawn before this returns.
		if (ink) return ink.rerender(app);
		ink = render(app, {stdout: page as unknown as NodeJS.WriteStream, debug: true, exitOnCtrlC: false, patchConsole: false});
	};
	return {
		frame(snapshot) {
			const {state, size, run} = snapshot;
			setTheme(state.settings.theme);
			const lab = state.screen === 'lab' && run && !isTooSmall(size) ? {state, run, ...size} : undefined;
			sight = {snapshot, sides: lab ? panesOf(lab, labLayout(lab)) : []};
			Object.assign(page, size);
			draw();
			// Whoever owns the terminal gives it back, and tells.
			if (failure) throw failure;
			return {...size, lines: standIns.fill(page.text), cursor: lab && labCursor(lab)};
		},
		close: () => ink?.unmount(),
	};
}

/** Where Ink writes: each time the whole screen (its `debug`). */
class Page extends Writable {
	columns = 0;
	rows = 0;
	text = '';

	override write(text: string): boolean {
		this.text = text;
		return true;
	}
}
