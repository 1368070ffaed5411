// Bundled and run by build.mjs: boots the worlds that programs start from, and saves each at rest; and what the list of labs shows.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {readCardFiles, savedCards} from '../source/cli/lab-cards.js';
import {savedWorlds} from '../source/cli/saved-worlds.js';
import {bootCluster} from '../source/cluster/cluster.js';
import {snapshotToJson} from '../source/sim/state.js';

const out = process.argv[2]!;
writeFileSync(path.join(out, savedCards), JSON.stringify(await readCardFiles()));
const folder = path.join(out, 'worlds');
mkdirSync(folder, {recursive: true});
for (const profile of savedWorlds) {
	writeFileSync(path.join(folder, `${profile}.json`), JSON.stringify(snapshotToJson(bootCluster(profile).snapshot())));
}
