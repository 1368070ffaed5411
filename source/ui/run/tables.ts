import type {World} from '../../node/world.js';
import type {PanelRows} from '../panels/panel.js';
import panels from '../panels/index.js';

/** Reads a panel, at most once for each state of the world and second of its clock: a key press must not list ten thousand pods. */
export type Tables = (panel: number, host: string) => PanelRows;

export function createTables(world: World): Tables {
	let stamp = '';
	let kept = new Map<string, PanelRows>();
	return (panel, host) => {
		const now = stampOf(world);
		if (now !== stamp) kept = new Map();
		stamp = now;
		const key = `${panel} ${host}`;
		const rows = kept.get(key) ?? panels[panel]!.rows(world, host);
		kept.set(key, rows);
		return rows;
	};
}

export const stampOf = ({sim}: World): string => `${sim.state.version} ${Math.floor(sim.clock.now() / 1000)}`;
