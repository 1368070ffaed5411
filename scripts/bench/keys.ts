import {EventEmitter} from 'node:events';
import {render, Text, useInput} from 'ink';
import {createElement, useState} from 'react';
import {findLab} from '../../source/cli/lab-files.js';
import type {Lab} from '../../source/lab/lab.js';
import {AppStore} from '../../source/ui/app-store.js';
import {createFrames} from '../../source/ui/frame.js';
import {createKeyReader} from '../../source/ui/key-reader.js';
import {defaultSettings} from '../../source/ui/settings.js';
import {createPainter} from '../../source/ui/painter.js';
import {createLabRun} from '../../source/ui/lab-run.js';
import {loadTableDrawer} from '../../source/ui/table-drawer.js';
import {type Bench, type Figure, median, percentile, round} from './bench.js';

const presses = 150;
/** A fast typist; a bare ink application draws at most every 33 ms, which is waited out so that each key has a frame of its own. */
const pauseMs = 45;
const size = {columns: 120, rows: 40};

/** From a key press in the shell pane to the bytes that show it, with the pods table beside it and the cluster running. */
const bench: Bench = {
	name: 'keys',
	async run() {
		await loadTableDrawer();
		const lab = await findLab('ipvs-switch');
		const bare = median(await typingInInk());
		return [
			...figures('key-to-frame', await typing(lab, 0), bare),
			...figures('key-to-frame-10000-pods', await typing({...lab, cluster: 'empty'}, 10_000), bare),
		];
	},
};
export default bench;

const figures = (name: string, taken: readonly number[], bare: number): Figure[] => [
	{
		name: `${name}-median`,
		value: round(median(taken)),
		unit: 'ms',
		peer: `one line of bare Ink ${round(bare)} ms`,
		ratio: round(median(taken) / bare),
	},
	{name: `${name}-p99`, value: round(percentile(taken, 0.99)), unit: 'ms', budget: 16},
];

const wait = (ms: number) => new Promise<void>(resolve => void setTimeout(resolve, ms));

async function typing(lab: Lab, morePods: number): Promise<number[]> {
	const ports = {chapters: [], best: () => ({})};
	const store = new AppStore(
		{
			...ports,
			keepSettings() {},
			leave() {},
			openLab: async () => createLabRun({lab, seed: 'bench', breathe: () => wait(0), wait, onMarks() {}, onRecord: () => undefined}),
		},
		defaultSettings,
		size,
	);
	await store.open(lab.id);
	addPods(store, morePods);
	const reader = createKeyReader();
	const painter = createPainter();
	const frameOf = createFrames(ports);
	let bytes = painter.paint(frameOf(store.get())).length;
	await wait(300);
	const taken: number[] = [];
	for (let each = 0; each < presses; each++) {
		const start = performance.now();
		for (const key of reader.read(String.fromCharCode(97 + (each % 26)))) store.press(key);
		bytes += painter.paint(frameOf(store.get())).length;
		taken.push(performance.now() - start);
		await store.run!.advance(pauseMs);
		bytes += painter.paint(frameOf(store.get())).length;
		await wait(0);
	}

	store.close();
	if (bytes === 0) throw new Error('nothing was drawn');
	return taken.slice(20);
}

/** The same keys, shown by an application of one line. */
async function typingInInk(): Promise<number[]> {
	const stdout = new Screen();
	const stdin = new Keyboard();
	const Line = () => {
		const [text, setText] = useState('');
		useInput(input => setText(before => before + input));
		return createElement(Text, {}, `this is a prompt and it shows what was typed: ${text}`);
	};
	const app = render(createElement(Line), {stdout: stdout as never, stdin: stdin as never, exitOnCtrlC: false, patchConsole: false});
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
	readonly columns = size.columns;
	readonly rows = size.rows;
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
