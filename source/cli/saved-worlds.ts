import {readFileSync} from 'node:fs';
import {provideSchemaDocs} from '../api/schema-docs.js';
import {readGoldenImages} from '../cluster/golden-image.js';

/** Profiles whose booted world is saved beside the bundled program; without it (from the sources) the cluster boots as it does. */
export const savedWorlds: readonly string[] = ['base', 'empty', 'ingress'];

/** Tells the world where what was made at build time lies: booted clusters, and the texts of `kubectl explain`. Read when first asked for. */
export function loadSavedWorlds(): void {
	readGoldenImages(profile => (savedWorlds.includes(profile) ? readBeside(`worlds/${profile}.json`) : undefined));
	provideSchemaDocs(() => readBeside('schema-docs.json') ?? readBeside('../generated/schema-docs.json'));
}

/** A file of the bundle's folder, wherever in it this module came to lie; undefined when there is none. */
function readBeside(name: string): any {
	const folder = /\/chunks\/[^/]*$/.test(import.meta.url) ? '../' : '';
	const path = /\/source\/cli\//.test(import.meta.url) ? `../${name}` : `${folder}${name}`;
	try {
		return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return undefined;
	}
}
