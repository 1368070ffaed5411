import {setTimeout as delay} from 'node:timers/promises';
import type {ExecutionContext} from 'ava';
import {findLab} from '../../source/cli/lab-files.js';
import type {AnswerStep} from '../../source/lab/answers.js';
import type {Lab} from '../../source/lab/lab.js';
import {AppStore} from '../../source/ui/app/app-store.js';
import {createInkScreen} from '../../source/ui/screen/ink-screen.js';
import {createKeyReader} from '../../source/ui/keys/key-reader.js';
import {createLabRun} from '../../source/ui/run/lab-run.js';
import {defaultSettings, type Settings} from '../../source/ui/state/settings.js';

/** The application without a terminal: what is typed, and the rows that it would show. */
export interface TestApp {
	readonly store: AppStore;
	/** Keys as a terminal sends them; then the shell is given time to answer. */
	type(keys: string): Promise<void>;
	/** The same, without waiting for whatever runs. */
	press(keys: string): Promise<void>;
	/** Rows without colours. */
	screen(): string;
	/** Rows as they are painted. */
	rows(): readonly string[];
	/** What was typed, as it is kept. */
	steps(): readonly AnswerStep[];
	/** Lets the cluster's time pass. */
	pass(ms: number): Promise<void>;
}

export interface TestAppOptions {
	/** A lab of the course, or one made for the test. */
	readonly lab?: string | Lab;
	readonly columns?: number;
	readonly rows?: number;
	readonly settings?: Partial<Settings>;
	readonly tour?: boolean;
	readonly copy?: (text: string) => void;
	/** A session of last time. */
	readonly before?: readonly AnswerStep[];
}

const turn = () => new Promise<void>(resolve => void setImmediate(resolve));
/** After so many, a command is left to run on: it waits for keys, or for ctrl-c. */
const waitsMax = 100;
/** Virtual time in the steps of the pump. */
const tickMs = 100;

export async function openApp(t: ExecutionContext, given: TestAppOptions = {}): Promise<TestApp> {
	const {lab = 'ipvs-switch', columns = 100, rows = 30, settings = {}, tour = false, before = [], copy} = given;
	const labs = [typeof lab === 'string' ? await findLab(lab) : lab];
	const ports = {chapters: [{title: {en: 'Labs', zh: '实验'}, labs}], best: () => ({})};
	let recorded: readonly AnswerStep[] = [];
	const store = new AppStore(
		{
			...ports,
			keepSettings() {},
			...(copy && {copy}),
			leave(why) {
				if (why instanceof Error) throw why;
			},
			openLab: async id =>
				createLabRun({
					lab: labs.find(each => each.id === id)!,
					seed: 'kubelab',
					breathe: turn,
					wait: () => new Promise(() => {}),
					onMarks() {},
					before,
					onRecord: steps => void (recorded = [...steps]),
				}),
		},
		{...defaultSettings, ...settings},
		{columns, rows},
		tour,
	);
	await store.open(labs[0]!.id);
	t.teardown(() => store.close());
	const reader = createKeyReader();
	const screen = createInkScreen(ports);
	t.teardown(() => screen.close());
	const painted = () => screen.frame(store.get()).lines;
	const app: TestApp = {
		store,
		rows: painted,
		steps: () => recorded,
		screen: () =>
			painted()
				.map(line => line.replaceAll(/\u001b\[[0-9;]*m/g, '').trimEnd())
				.join('\n'),
		async press(keys) {
			for (const key of [...reader.read(keys), ...reader.flush()]) store.press(key);
			for (let each = 0; each < 20; each++) await turn();
		},
		async type(keys) {
			await app.press(keys);
			// The shell's parser may have to be read from disk first; a command that sleeps needs time to pass.
			for (let each = 0; each < waitsMax && store.run?.view().busy; each++) {
				await delay(5);
				await store.run.advance(tickMs);
			}
		},
		async pass(ms) {
			for (let passed = 0; passed < ms; passed += tickMs) await store.run?.advance(tickMs);
		},
	};
	return app;
}
