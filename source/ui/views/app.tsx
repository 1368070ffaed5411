import {Box, Text} from './box.js';
import {useMemo, useSyncExternalStore} from 'react';
import {smallestScreen} from '../layout/layout.js';
import type {PagePorts} from '../pages/page-rows.js';
import {type Sight, SightContext} from './sight.js';
import {Lab} from './lab.js';
import {Page} from './page.js';
import {wrap} from '../text/width.js';
import {say} from '../words/words.js';
import type {AppSnapshot} from '../app/store.js';

export interface AppProps {
	/** Tells of what there is to be seen, not more often than it is drawn. */
	readonly subscribe: (listener: () => void) => () => void;
	readonly sight: () => Sight;
	readonly ports: PagePorts;
}

/** The whole screen. */
export function App({subscribe, sight, ports}: AppProps) {
	const seen = useSyncExternalStore(subscribe, sight);
	const {state, size, run} = seen.snapshot;
	const {theme, language} = state.settings;
	const {columns, rows} = size;
	const isLab = state.screen === 'lab' && run !== undefined;
	const screen = useMemo(
		// Nothing that was drawn in the colours of another theme is kept.
		() => (
			<Box key={theme} width={columns} height={rows}>
				{isLab ? <Lab /> : <Page ports={ports} />}
			</Box>
		),
		[theme, columns, rows, isLab, ports],
	);
	if (isTooSmall(size)) {
		const values = {c: columns, r: rows, mc: smallestScreen.columns, mr: smallestScreen.rows};
		const lines = wrap(say(language, 'tooSmall', values), columns).slice(0, rows);
		return <Text>{lines.join('\n')}</Text>;
	}
	return <SightContext.Provider value={seen}>{screen}</SightContext.Provider>;
}

export const isTooSmall = ({columns, rows}: AppSnapshot['size']): boolean => columns < smallestScreen.columns || rows < smallestScreen.rows;
