// Bundles the program and every package it needs into dist/, so that it starts fast and installs without dependencies.
//   node scripts/build.mjs [OUT_FOLDER]
import {execFileSync} from 'node:child_process';
import {chmod, copyFile, mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {inkForCommonJs, loadLess, onlyWhatWeUse, parserOnDemand} from './bundle-plugins.mjs';
import {notices} from './notices.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = path.resolve(root, process.argv[2] ?? 'dist');
// Built aside and moved at the end: a build that fails leaves the old one in place.
const out = `${target}.new`;

// The first file only turns on the compile cache (Node 22.1 and later) before anything worth caching is loaded.
const bin = `#!/usr/bin/env node
import module from 'node:module';
module.enableCompileCache?.();
await import('./main.js');
`;

// The field schema of Kubernetes is compiled from its published types; sources import the result.
await import('./schema/build.mjs');
await rm(out, {recursive: true, force: true});
await mkdir(out, {recursive: true});
const shared = {
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	minify: true,
	legalComments: 'none',
	loader: {'.json': 'json', '.txt': 'text'},
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
	// CommonJS packages ask for node's own modules with `require`, which an ES module does not have.
	banner: {js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);"},
	// One way to measure text: wrap-ansi would bring an older one with it.
	alias: {'string-width': path.join(root, 'node_modules/string-width/index.js')},
	plugins: [onlyWhatWeUse, inkForCommonJs, loadLess, parserOnDemand],
	logLevel: 'warning',
};
const result = await build({
	...shared,
	absWorkingDir: root,
	entryPoints: {main: 'source/cli/main.ts', 'class-worker': 'source/cli/class/worker.ts'},
	outdir: out,
	metafile: true,
	chunkNames: 'chunks/[name]-[hash]',
});
await copyFile(path.join(root, 'generated', 'schema-docs.json'), path.join(out, 'schema-docs.json'));
await bundleParser();
await saveWorlds();
await writeFile(path.join(out, 'cli.js'), bin);
await chmod(path.join(out, 'cli.js'), 0o755);
await writeFile(path.join(out, 'NOTICE'), await notices(root, Object.keys(result.metafile.inputs)));
await rm(target, {recursive: true, force: true});
await rename(out, target);

/** just-bash once more, as CommonJS: what needs its parser in the middle of a simulated instant cannot wait for an import. */
async function bundleParser() {
	await build({
		bundle: true,
		entryPoints: [createRequire(import.meta.url).resolve('just-bash')],
		outfile: path.join(out, 'chunks', 'just-bash.cjs'),
		format: 'cjs',
		platform: 'node',
		target: 'node20',
		minify: true,
		legalComments: 'none',
		plugins: [onlyWhatWeUse],
		logLevel: 'warning',
	});
}

/** A world booted here need not be booted at every start of the program: same seed, same bytes. */
async function saveWorlds() {
	const outfile = path.join(out, 'save-worlds.mjs');
	await build({absWorkingDir: root, entryPoints: ['scripts/save-worlds.ts'], outfile, ...shared, splitting: false, minify: false});
	execFileSync(process.execPath, [outfile, path.join(out, 'worlds')], {stdio: 'inherit'});
	await rm(outfile);
}
