import {readFileSync} from 'node:fs';
import {readGoldenImages} from '../cluster/golden-image.js';

/** Profiles whose booted world is saved beside the bundled program; without it (from the sources) the cluster boots as it does. */
export const savedWorlds: readonly string[] = ['base', 'empty'];

/** Tells the cluster where booted worlds lie; each is read when first asked for. */
export function loadSavedWorlds(): void {
	readGoldenImages(profile => {
		if (!savedWorlds.includes(profile)) return undefined;
		try {
			return JSON.parse(readFileSync(new URL(fileOf(profile, import.meta.url), import.meta.url), 'utf8'));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
			return undefined;
		}
	});
}

const fileOf = (profile: string, from: string) => (/\/chunks\/[^/]*$/.test(from) ? `../worlds/${profile}.json` : `worlds/${profile}.json`);
