import process from 'node:process';
import {AppStore} from '../ui/app/app-store.js';
import type {Language} from '../lab/lab.js';
import type {Settings} from '../ui/state/settings.js';
import {createInkScreen, type InkScreen} from '../ui/screen/ink-screen.js';
import {createPainter} from '../ui/screen/painter.js';
import {exitStatus, usageError} from './command.js';
import {editInOwnEditor, sweepEdits} from './own-editor.js';
import type {Host} from './host.js';
import {readChapters} from './lab-cards.js';
import {languageFrom} from './language.js';
import {createPace} from './pace.js';
import {readProgress, withBest, writeProgress} from './progress.js';
import {startPump} from './pump.js';
import {lastLab, loadSettings, saveSettings} from './settings.js';
import {loadSavedWorlds} from './saved-worlds.js';
import {atCheckpoint} from './open-world.js';
import {openSession} from './sessions.js';
import {createTty, type Tty} from './tty.js';

export interface ScreenOptions {
	readonly lab?: string | boolean | undefined;
	readonly seed?: string | boolean | undefined;
	readonly at?: string | boolean | undefined;
	readonly lang?: string | boolean | undefined;
	readonly speed?: string | boolean | undefined;
	readonly demo?: boolean;
}

/** A learner reads the list for longer than this; then opening a lab takes no time. */
const readAheadMs = 200;
/** The start is not made longer by it. */
const sweepAfterMs = 2000;

/** The full-screen application, from the alternate screen to the terminal as it was. */
export async function openScreen(options: ScreenOptions, host: Host): Promise<number> {
	loadSavedWorlds();
	const seed = typeof options.seed === 'string' ? options.seed : 'kubelab';
	let progress = readProgress(host);
	const language = languageFrom(options.lang, host, progress);
	const lab = typeof options.lab === 'string' ? options.lab : undefined;
	let settings = settingsFrom(options, host, language);
	let last = lastLab(host);
	const chapters = await readChapters();
	let left = 'quit' as 'quit' | 'editor' | Error;
	let close: () => void = () => {};
	const leave = (why: typeof left) => {
		left = why;
		close();
	};
	const keep = (next: typeof progress) => {
		progress = next;
		return writeProgress(host, next);
	};
	const ports = {
		chapters,
		best: () => progress.labs,
		last: () => last,
	};
	const tty = createTty();
	const store = new AppStore(
		{
			...ports,
			// The simulation is larger than the list of labs: it is loaded when a lab is opened.
			async openLab(id) {
				const {createLabRun, findLab, variantOf} = await loadLabs();
				const chosen = variantOf(await findLab(id), seed);
				last = id;
				if (!options.demo) saveSettings(host, settings, last);
				// What --at names is a checkpoint of the lab that was started with it.
				const from = id === lab && typeof options.at === 'string' ? options.at : undefined;
				const begun = from === undefined ? undefined : await atCheckpoint(chosen, seed, from);
				const kept = options.demo ? undefined : openSession(host, chosen.id, seed, from);
				return createLabRun({
					lab: chosen,
					seed,
					...begun,
					...(options.demo && {demo: true}),
					...(kept && {before: kept.steps, bookmark: kept.bookmark, notice: kept.notice, onClose: kept.close}),
					breathe: () => new Promise(setImmediate),
					wait: ms => new Promise(resolve => void setTimeout(resolve, ms)),
					onRecord: steps => kept?.record(steps),
					onOwnEditor: () => leave('editor'),
					onMarks: ({score, max}) => keep(withBest(progress, chosen.id, score, max)),
				});
			},
			keepSettings(chosen) {
				if (chosen.language !== settings.language) keep({...progress, language: chosen.language});
				settings = chosen;
				saveSettings(host, chosen, last);
			},
			// OSC 52: the terminal that is looked at keeps it, also over ssh and without a mouse.
			copy: text => tty.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
			leave,
		},
		settings,
		{columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24},
		isFirst(progress) && !options.demo,
	);
	const onResize = () => store.resize(process.stdout.columns ?? 80, process.stdout.rows ?? 24);
	process.stdout.on('resize', onResize);
	const stopPump = startPump(
		() => store.run,
		() => settings.speed,
	);
	if (lab !== undefined) store.open(lab).catch(leave);
	else setTimeout(() => void loadLabs(), readAheadMs);
	setTimeout(sweepEdits, sweepAfterMs).unref();
	try {
		for (;;) {
			await show(store, tty, createInkScreen(ports), end => (close = end));
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

/** All that a lab needs and the list of labs does not: the simulation. */
async function loadLabs() {
	const [{createLabRun}, {variantOf}, {findLab}] = await Promise.all([
		import('../ui/run/lab-run.js'),
		import('../lab/format/variant.js'),
		import('./lab-files.js'),
	]);
	return {createLabRun, variantOf, findLab};
}

/** Between two frames that no key asked for, in milliseconds. */
const frameMs = 33;

/** Draws until the application asks to leave: at once what a key changed, what the cluster does not more often than eyes can follow. */
async function show(store: AppStore, tty: Tty, screen: InkScreen, onStart: (close: () => void) => void) {
	const painter = createPainter();
	const paint = () => tty.write(painter.paint(screen.frame(store.get())));
	const pace = createPace(paint, frameMs);
	const stop = store.subscribe(pace.soon);
	try {
		await new Promise<void>(resolve => {
			onStart(resolve);
			tty.take(key => {
				store.press(key);
				pace.now();
			});
			paint();
		});
	} finally {
		stop();
		pace.stop();
		tty.give();
		screen.close();
	}
}

/** Nobody has met a goal yet. */
const isFirst = ({labs}: {labs: object}) => Object.keys(labs).length === 0;

function settingsFrom({speed}: ScreenOptions, host: Host, language: Language): Settings {
	const settings = loadSettings(host, language);
	return speed === undefined ? settings : {...settings, speed: speedFrom(speed)};
}

function speedFrom(text: string | boolean): number {
	const speed = Number(text);
	if (!(speed > 0 && speed <= 100)) throw usageError(`"--speed ${text}" is not a number from 0.1 to 100.`);
	return speed;
}
