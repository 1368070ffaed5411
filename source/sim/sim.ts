import {type Clock, createClock} from './clock.js';
import {createNotes, type Notes} from './notes.js';
import {createRandom, type RandomRoot} from './random.js';
import {State} from './state.js';

/** What every part of the world is handed: its memory, its time, its dice, and the list of what is not simulated. */
export interface Sim {
	readonly state: State;
	readonly clock: Clock;
	readonly random: RandomRoot;
	readonly notes: Notes;
}

/** The world begins at this instant, whatever the real date: bytes must not depend on the day. */
export const epochMs = Date.UTC(2026, 10, 21, 2, 0, 0);

export function createSim(seed: string): Sim {
	const state = new State();
	return {state, clock: createClock(state, epochMs), random: createRandom(state, seed), notes: createNotes(state)};
}
