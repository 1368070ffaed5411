import {readFileSync} from 'node:fs';
import {keepWorld} from '../lab/worlds.js';
import {snapshotFromJson} from '../sim/state.js';

/** Beside the bundled program lies a world that was booted when it was built; without it (from the sources) the cluster boots as it does. */
export function loadSavedWorlds(): void {
	for (const [profile, seed] of savedWorlds) {
		try {
			const text = readFileSync(new URL(fileOf(profile, import.meta.url), import.meta.url), 'utf8');
			keepWorld(profile, seed, snapshotFromJson(JSON.parse(text)));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		}
	}
}

export const savedWorlds: ReadonlyArray<readonly [profile: string, seed: string]> = [['base', 'kubelab']];

const fileOf = (profile: string, from: string) => (/\/chunks\/[^/]*$/.test(from) ? `../worlds/${profile}.json` : `worlds/${profile}.json`);
