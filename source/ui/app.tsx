import {Box, Text} from 'ink';
import {useSyncExternalStore} from 'react';
import {smallestScreen} from './layout.js';
import type {PagePorts} from './pages/page-rows.js';
import type {ShownPane} from './shown-panes.js';
import {Lab} from './views/lab.js';
import {Page} from './views/page.js';
import {shorten} from './width.js';
import {say} from './words.js';
import type {AppSnapshot} from './store.js';

/** What is to be seen, with its panes drawn. */
export interface Sight {
	readonly snapshot: AppSnapshot;
	readonly sides: ReadonlyArray<readonly ShownPane[]>;
}

export interface AppProps {
	/** Tells of what there is to be seen, not more often than it is drawn. */
	readonly subscribe: (listener: () => void) => () => void;
	readonly sight: () => Sight;
	readonly ports: PagePorts;
}

/** The whole screen. */
export function App({subscribe, sight, ports}: AppProps) {
	const {snapshot, sides} = useSyncExternalStore(subscribe, sight);
	const {state, size, run} = snapshot;
	const {theme, language} = state.settings;
	if (isTooSmall(size)) {
		const values = {c: size.columns, r: size.rows, mc: smallestScreen.columns, mr: smallestScreen.rows};
		return <Text>{shorten(say(language, 'tooSmall', values), size.columns)}</Text>;
	}
	// Nothing that was drawn in the colours of another theme is kept.
	return (
		<Box key={theme} width={size.columns} height={size.rows}>
			{state.screen === 'lab' && run ? (
				<Lab sight={{state, run, ...size}} sides={sides} />
			) : (
				<Page state={state} run={run} ports={ports} {...size} />
			)}
		</Box>
	);
}

export const isTooSmall = ({columns, rows}: AppSnapshot['size']): boolean => columns < smallestScreen.columns || rows < smallestScreen.rows;
