// Runs the tests from a bundle: each test file is a process of its own, and reading two thousand small modules costs more than most tests.
//   node scripts/test.mjs [AVA ARGUMENTS]
// `npx ava test/net/walk.ts` runs a single file straight from its source.
import {spawnSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {keepPlace} from './bundle-plugins.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'generated', 'tests');

const names = readdirSync(path.join(root, 'test'), {recursive: true})
	.map(name => name.replaceAll('\\', '/'))
	.filter(name => /\.tsx?$/.test(name) && !/^(helpers|data)\//.test(name));

await rm(out, {recursive: true, force: true});
await build({
	absWorkingDir: root,
	entryPoints: names.map(name => ({in: `test/${name}`, out: name.replace(/\.tsx?$/, '')})),
	outdir: out,
	chunkNames: 'chunks/[hash]',
	bundle: true,
	splitting: true,
	packages: 'external',
	format: 'esm',
	platform: 'node',
	target: 'node20',
	jsx: 'automatic',
	sourcemap: 'linked',
	loader: {'.json': 'json', '.txt': 'text'},
	plugins: [keepPlace],
	logLevel: 'warning',
});
const ava = path.join(root, 'node_modules', 'ava', 'entrypoints', 'cli.mjs');
const {status} = spawnSync(process.execPath, [ava, '--config', 'bundled-tests.config.mjs', ...process.argv.slice(2)], {
	cwd: root,
	stdio: 'inherit',
});
process.exit(status ?? 1);
