import type {Plugin} from '../plugin.js';

/** Marks that loops are looked for at the start (`../loop-check.ts`). */
const loop: Plugin<null> = {name: 'loop', setup: () => null};

export default loop;
