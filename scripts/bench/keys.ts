import {EventEmitter} from 'node:events';
import {render} from 'ink';
import {createElement} from 'react';
import {findLab} from '../../source/cli/lab-files.js';
import type {Lab} from '../../source/lab/lab.js';
import {App} from '../../source/ui/app.js';
import {AppStore} from '../../source/ui/app-store.js';
import {createLabRun} from '../../source/ui/lab-run.js';
import {type Bench, type Figure, median, percentile, round} from './bench.js';

const presses = 150;
/** A fast typist: ink draws at most every 33 ms, which is waited out so that each key has a frame of its own. */
const pauseMs = 45;

/** From a key press in the shell pane to the frame that shows it, with the pods table beside it. */
const bench: Bench = {
	name: 'keys',
	async run() {
		const lab = await findLab('ipvs-switch');
		return [
			...figures('key-to-frame', await typing(lab, 0)),
			...figures('key-to-frame-10000-pods', await typing({...lab, cluster: 'empty'}, 10_000)),
		];
	},
};
export default bench;

const figures = (name: string, taken: readonly number[]): Figure[] => [
	{name: `${name}-median`, value: round(median(taken)), unit: 'ms'},
	{name: `${name}-p99`, value: round(percentile(taken, 0.99)), unit: 'ms', budget: 16},
];

async function typing(lab: Lab, morePods: number): Promise<number[]> {
	const wait = (ms: number) => new Promise<void>(resolve => void setTimeout(resolve, ms));
	const stdout = new Screen();
	const stdin = new Keyboard();
	const store = new AppStore(
		{
			chapters: [],
			best: () => ({}),
			keepLanguage() {},
			leave() {},
			openLab: async () => createLabRun({lab, seed: 'bench', breathe: () => wait(0), wait, onMarks() {}, onRecord() {}}),
		},
		'en',
		{columns: stdout.columns, rows: stdout.rows},
	);
	await store.open(lab.id);
	addPods(store, morePods);
	const app = render(createElement(App, {store}), {
		stdout: stdout as never,
		stdin: stdin as never,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	await wait(300);
	const taken: number[] = [];
	for (let each = 0; each < presses; each++) {
		const painted = stdout.next();
		const start = performance.now();
		stdin.type(String.fromCharCode(97 + (each % 26)));
		await painted;
		taken.push(performance.now() - start);
		await wait(pauseMs);
	}

	app.unmount();
	store.close();
	return taken.slice(20);
}

function addPods(store: AppStore, count: number) {
	const {api} = store.run!.view().world;
	const client = api.client({name: 'bench', groups: ['system:masters']});
	for (let each = 0; each < count; each++) {
		client.create({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: `pod-${each}`, namespace: 'default'},
			spec: {containers: [{name: 'c', image: 'nginx'}]},
		});
	}
}

class Screen extends EventEmitter {
	readonly columns = 120;
	readonly rows = 40;
	readonly isTTY = true;
	#waiting: (() => void) | undefined;

	next(): Promise<void> {
		return new Promise(resolve => (this.#waiting = resolve));
	}

	write(text: string): boolean {
		// Moving the cursor is not a frame.
		if (text.length > 40) this.#waiting?.();
		return true;
	}
}

class Keyboard extends EventEmitter {
	readonly isTTY = true;
	#typed: string | null = null;

	type(text: string) {
		this.#typed = text;
		this.emit('readable');
	}

	read() {
		const text = this.#typed;
		this.#typed = null;
		return text;
	}

	setEncoding() {}
	setRawMode() {}
	resume() {}
	pause() {}
	ref() {}
	unref() {}
}
