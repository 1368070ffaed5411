import {EventEmitter} from 'node:events';
import {render, Text, useInput} from 'ink';
import {createElement, useState} from 'react';
import {findLab} from '../../source/cli/lab-files.js';
import {AppStore} from '../../source/ui/app/app-store.js';
import {createInkScreen} from '../../source/ui/screen/ink-screen.js';
import {createKeyReader} from '../../source/ui/keys/key-reader.js';
import {defaultSettings} from '../../source/ui/state/settings.js';
import {createPainter} from '../../source/ui/screen/painter.js';
import {createLabRun} from '../../source/ui/run/lab-run.js';
import {now} from './bench.js';

const presses = 150;
/** A fast typist; a bare ink application draws at most every 33 ms, which is waited out so that each key has a frame of its own. */
const pauseMs = 45;

const wait = (ms: number) => new Promise<void>(resolve => void setTimeout(resolve, ms));

/** Milliseconds for each key, in the first lab, or in an empty cluster with so many pods. */
export async function typing(size: {columns: number; rows: number}, pods: number): Promise<number[]> {
	const first = await findLab('ipvs-switch');
	const lab = pods > 1000 ? {...first, cluster: 'empty'} : first;
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
	addPods(store, pods);
	const reader = createKeyReader();
	const painter = createPainter();
	const screen = createInkScreen(ports);
	let bytes = painter.paint(screen.frame(store.get())).length;
	await wait(300);
	const taken: number[] = [];
	for (let each = 0; each < presses; each++) {
		const start = now();
		for (const key of reader.read(String.fromCharCode(97 + (each % 26)))) store.press(key);
		bytes += painter.paint(screen.frame(store.get())).length;
		taken.push(now() - start);
		await store.run!.advance(pauseMs);
		bytes += painter.paint(screen.frame(store.get())).length;
		await wait(0);
	}

	store.close();
	if (bytes === 0) throw new Error('nothing was drawn');
	return taken.slice(20);
}

/** The same keys, shown by an application of one line. */
export async function typingInInk(): Promise<number[]> {
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
		const start = now();
		stdin.type(String.fromCharCode(97 + (each % 26)));
		await painted;
		taken.push(now() - start);
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
