import {createContext, useContext} from 'react';
import type {LabSight} from '../layout/lab-layout.js';
import type {ShownPane} from '../layout/shown-panes.js';
import type {AppSnapshot} from '../app/store.js';

/** What is to be seen, with its panes drawn. */
export interface Sight {
	readonly snapshot: AppSnapshot;
	/** From left to right, and of each side from top to bottom. */
	readonly sides: ReadonlyArray<readonly ShownPane[]>;
}

/** Views look here instead of being told by the box around them: a box that is made again has Ink compose the whole screen anew. */
export const SightContext = createContext<Sight | undefined>(undefined);

export const useSight = (): Sight => useContext(SightContext)!;

/** That of the lab that is played. */
export function useLabSight(): LabSight {
	const {state, size, run} = useSight().snapshot;
	return {state, run: run!, ...size};
}
