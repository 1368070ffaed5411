// Measures what users run, not the sources: bundles the benchmarks with the program as it is shipped, and runs them.
//   node scripts/bench.mjs [NAMES] [--compare COMMIT|FILE]
import {spawnSync} from 'node:child_process';
import {rm} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {shippedAs} from './bundle-options.mjs';
import {expressionsOnDemand, keepPlace, parserOnDemand} from './bundle-plugins.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'generated', 'bench');
const {plugins, ...options} = shippedAs(root);

await rm(out, {recursive: true, force: true});
await build({
	...options,
	entryPoints: ['scripts/bench/main.ts', 'scripts/bench/large.ts'],
	outdir: out,
	chunkNames: 'chunks/[hash]',
	// What is loaded at the first script, expression or start of a process.
	external: ['just-bash', '@marcbachmann/cel-js', 'esbuild', '@lydell/node-pty'],
	plugins: [...plugins.filter(plugin => plugin !== parserOnDemand && plugin !== expressionsOnDemand), keepPlace],
});
const {status} = spawnSync(process.execPath, [path.join(out, 'main.js'), ...process.argv.slice(2)], {stdio: 'inherit'});
process.exit(status ?? 1);
