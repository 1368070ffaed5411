import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {createCluster} from '../../source/cluster/cluster.js';
import {type Bench, type Figure, median, round, time} from './bench.js';

const rounds = 15;

/** A kubeadm cluster from nothing to Ready, beside the nearest package that boots one. */
const bench: Bench = {
	name: 'boot',
	async run() {
		const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-bench-'));
		const bootWebernetes = await loadWebernetes(folder);
		const cold = await time(() => createCluster());
		const warm: number[] = [];
		const peer: number[] = [];
		// Taken in turns, so that a busy machine is busy for both.
		for (let each = 0; each < rounds; each++) {
			warm.push(await time(() => createCluster({seed: String(each)})));
			peer.push(await bootWebernetes());
		}

		rmSync(folder, {recursive: true, force: true});
		const figures: Figure[] = [
			{name: 'boot-first', value: round(cold), unit: 'ms'},
			{
				name: 'boot',
				value: round(median(warm)),
				unit: 'ms',
				budget: 25,
				peer: `@ngrok/webernetes cluster.init() ${round(median(peer))} ms`,
				ratio: round(median(warm) / median(peer)),
				ratioBudget: 0.6,
			},
		];
		return figures;
	},
};
export default bench;

/** It is written for bundlers (its imports name folders), so it is bundled first, as its users do. */
async function loadWebernetes(folder: string) {
	const outfile = path.join(folder, 'webernetes.mjs');
	await build({
		stdin: {contents: "export {Cluster} from '@ngrok/webernetes'", resolveDir: path.dirname(fileURLToPath(import.meta.url))},
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		logLevel: 'error',
	});
	const {Cluster} = await import(pathToFileURL(outfile).href);
	return () => time(() => new Cluster().init());
}
