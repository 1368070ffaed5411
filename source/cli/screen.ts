import process from 'node:process';
import {render} from 'ink';
import {createElement} from 'react';
import {App} from '../ui/app.js';
import {AppStore} from '../ui/app-store.js';
import {exitStatus, usageError} from './command.js';
import {editInOwnEditor} from './own-editor.js';
import type {Host} from './host.js';
import {findLab, readCourse, readLabCard} from './lab-files.js';
import {languageFrom} from './language.js';
import {readProgress, withBest, writeProgress} from './progress.js';
import {startPump} from './pump.js';
import {loadSavedWorlds} from './saved-worlds.js';
import {saveSession, stepsOfLast} from './sessions.js';

export interface ScreenOptions {
	readonly lab?: string | boolean | undefined;
	readonly seed?: string | boolean | undefined;
	readonly lang?: string | boolean | undefined;
	readonly speed?: string | boolean | undefined;
	readonly demo?: boolean;
}

/** A learner reads the list for longer than this; then opening a lab takes no time. */
const readAheadMs = 200;

/** The full-screen application, from the alternate screen to the terminal as it was. */
export async function openScreen(options: ScreenOptions, host: Host): Promise<number> {
	const speed = speedFrom(options.speed);
	loadSavedWorlds();
	const seed = typeof options.seed === 'string' ? options.seed : 'kubelab';
	let progress = readProgress(host);
	const language = languageFrom(options.lang, host, progress);
	const lab = typeof options.lab === 'string' ? options.lab : undefined;
	const chapters = await readChapters();
	let left = 'quit' as 'quit' | 'editor' | Error;
	let close: () => void = () => {};
	const keep = (next: typeof progress) => {
		progress = next;
		return writeProgress(host, next);
	};
	const store = new AppStore(
		{
			chapters,
			best: () => progress.labs,
			// The simulation is larger than the list of labs: it is loaded when a lab is opened.
			async openLab(id) {
				const {createLabRun} = await import('../ui/lab-run.js');
				const {variantOf} = await import('../lab/variant.js');
				const chosen = variantOf(await findLab(id), seed);
				return createLabRun({
					lab: chosen,
					seed,
					...(options.demo && {demo: true}),
					before: stepsOfLast(host, chosen.id, seed),
					breathe: () => new Promise(setImmediate),
					wait: ms => new Promise(resolve => void setTimeout(resolve, ms)),
					onRecord: steps => void saveSession(host, {kubelab: 1, lab: chosen.id, seed, steps}),
					onMarks: ({score, max}) => keep(withBest(progress, chosen.id, score, max)),
				});
			},
			keepLanguage: chosen => void keep({...progress, language: chosen}),
			leave(why) {
				left = why;
				close();
			},
		},
		language,
		{columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24},
	);
	const fail = (error: Error) => {
		left = error;
		close();
	};
	const onResize = () => store.resize(process.stdout.columns ?? 80, process.stdout.rows ?? 24);
	process.stdout.on('resize', onResize);
	const stopPump = startPump(() => store.run, speed);
	if (lab !== undefined) store.open(lab).catch(fail);
	else setTimeout(() => void import('../ui/lab-run.js'), readAheadMs);
	try {
		for (;;) {
			await show(store, end => (close = end));
			if (left instanceof Error) throw left;
			if (left === 'quit') return exitStatus.done;
			left = 'quit';
			await store.run?.editOutside(request => editInOwnEditor(request, host.env));
		}
	} finally {
		stopPump();
		process.stdout.off('resize', onResize);
		store.close();
	}
}

async function readChapters() {
	const {chapters} = await readCourse();
	return chapters.map(chapter => ({title: chapter.title, labs: chapter.labs.flatMap(id => readLabCard(id) ?? [])}));
}

function speedFrom(text: string | boolean | undefined): number {
	const speed = text === undefined ? 1 : Number(text);
	if (!(speed > 0 && speed <= 100)) throw usageError(`"--speed ${text}" is not a number from 0.1 to 100.`);
	return speed;
}

const enterAlternate = '\u001b[?1049h\u001b[H';
/** Leaves the alternate screen, shows the cursor, drops colours: what a terminal needs after anything. */
const restoreTerminal = '\u001b[0m\u001b[?25h\u001b[?1049l';

/** Draws until the application asks to leave. However it ends, a crash included, the terminal is given back as it was. */
async function show(store: AppStore, onStart: (close: () => void) => void): Promise<void> {
	const restore = () => {
		if (process.stdin.isTTY) process.stdin.setRawMode?.(false);
		process.stdout.write(restoreTerminal);
	};
	const onSignal = () => {
		restore();
		process.exit(143);
	};
	process.stdout.write(enterAlternate);
	process.once('exit', restore);
	process.once('SIGTERM', onSignal);
	process.once('SIGHUP', onSignal);
	try {
		const app = render(createElement(App, {store}), {exitOnCtrlC: false, patchConsole: false});
		onStart(() => app.unmount());
		await app.waitUntilExit();
	} finally {
		process.off('exit', restore);
		process.off('SIGTERM', onSignal);
		process.off('SIGHUP', onSignal);
		process.stdout.write(restoreTerminal);
	}
}
