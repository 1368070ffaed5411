import {Box, Text, useCursor, useInput, useStdin} from 'ink';
import {useEffect, useSyncExternalStore} from 'react';
import {shellRows, smallestScreen} from './layout.js';
import type {AppStore} from './app-store.js';
import {clockText} from './run-view.js';
import {say} from './words.js';
import {HelpLine, HelpView} from './views/help.js';
import {HomeView} from './views/home.js';
import {LabScreen, labLayout, TooSmall} from './views/lab.js';
import {Bar} from './views/lines.js';
import {ResultView} from './views/result.js';
import {cursorPlace} from './views/shell.js';

/** The whole screen, one row short of the terminal: at the last row ink would clear everything at each frame. */
export function App({store}: {readonly store: AppStore}) {
	const snapshot = useSyncExternalStore(store.subscribe, store.get);
	const {state, size, run} = snapshot;
	const {columns} = size;
	const rows = size.rows - 1;
	useRawInput(store.hear);
	useInput(store.press);
	useCursor().setCursorPosition(cursorOf(store));
	if (columns < smallestScreen.columns || size.rows < smallestScreen.rows) {
		return <TooSmall columns={columns} rows={size.rows} least={smallestScreen} language={state.language} />;
	}

	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{state.screen === 'lab' && run ? (
				<LabScreen state={state} run={run} columns={columns} rows={size.rows} />
			) : (
				<Page store={store} columns={columns} rows={rows} />
			)}
		</Box>
	);
}

/** The bytes themselves, before ink reads keys from them; registered first, so heard first. */
function useRawInput(hear: (chunk: string) => void) {
	const {internal_eventEmitter: input} = useStdin();
	useEffect(() => {
		input?.on('input', hear);
		return () => void input?.off('input', hear);
	}, [input, hear]);
}

function Page({store, columns, rows}: {readonly store: AppStore; readonly columns: number; readonly rows: number}) {
	const {state, run} = store.get();
	const {language} = state;
	const inner = {language, columns, rows: rows - 2};
	const chapters = store.ports.chapters.map(chapter => ({title: chapter.title[language], labs: chapter.labs}));
	return (
		<>
			<Bar columns={columns} left=" kubelab" right=" " />
			{state.screen === 'lab' && <Text>{` ${say(language, 'starting')}`}</Text>}
			{state.screen === 'help' && <HelpView screen={state.before} {...inner} />}
			{state.screen === 'home' && <HomeView chapters={chapters} selected={state.selected} best={store.ports.best()} {...inner} />}
			{state.screen === 'result' && run && (
				<ResultView
					lab={run.lab}
					marks={run.marks}
					commands={run.commands}
					time={clockText(run.uptimeSeconds)}
					notSimulated={run.world.sim.notes.list().map(note => note.what)}
					{...inner}
				/>
			)}
			<HelpLine screen={state.screen} language={language} columns={columns} note="" />
		</>
	);
}

/** Where the terminal's own cursor belongs: in the prompt or in the editor, so that input methods open beside it. */
function cursorOf(store: AppStore): {x: number; y: number} | undefined {
	const {state, size, run} = store.get();
	if (state.screen !== 'lab' || !run) return undefined;
	if (run.editor) return {x: run.editor.cursor.x, y: 1 + run.editor.cursor.y};
	if (state.shellScroll > 0 || (run.busy && !run.prompt)) return undefined;
	const layout = labLayout({state, run, columns: size.columns, rows: size.rows});
	const before = run.prompt + run.input.text.slice(0, run.input.cursor);
	const inside = cursorPlace(
		{scrollback: run.scrollback, line: run.prompt + run.input.text, columns: size.columns, rows: shellRows(layout)},
		before,
	);
	const top = layout.pane > 0 ? layout.pane + 3 : 2;
	return {x: inside.x, y: top + inside.y};
}
