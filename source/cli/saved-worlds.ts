import {provideSchemaDocs} from '../api/schema/schema-docs.js';
import {readGoldenImages} from '../cluster/golden-image.js';
import {readBeside} from './beside.js';

/** Profiles whose booted world is saved beside the bundled program; without it (from the sources) the cluster boots as it does. */
export const savedWorlds: readonly string[] = ['base', 'empty', 'ingress'];

/** Tells the world where what was made at build time lies: booted clusters, and the texts of `kubectl explain`. Read when first asked for. */
export function loadSavedWorlds(): void {
	readGoldenImages(profile => (savedWorlds.includes(profile) ? readBeside(`worlds/${profile}.json`) : undefined));
	provideSchemaDocs(() => readBeside('schema-docs.json') ?? readBeside('../generated/schema-docs.json'));
}
