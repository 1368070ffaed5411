// Bundled and run by build.mjs: boots the worlds that programs start from, and saves each at rest.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {savedWorlds} from '../source/cli/saved-worlds.js';
import {bootCluster} from '../source/cluster/cluster.js';
import {snapshotToJson} from '../source/sim/state.js';

const folder = process.argv[2]!;
mkdirSync(folder, {recursive: true});
for (const profile of savedWorlds) {
	writeFileSync(path.join(folder, `${profile}.json`), JSON.stringify(snapshotToJson(bootCluster(profile).snapshot())));
}
