import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import {build} from 'esbuild';
import {shippedAs} from '../bundle-options.mjs';
import {onlyWhatWeUse} from '../bundle-plugins.mjs';
import {type Bench, median, round, time} from './bench.js';

const rounds = 9;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const cli = path.join(root, 'dist/cli.js');

/** Whole processes, ours and a bundled Ink program that prints one line, taken in turns. */
const bench: Bench = {
	name: 'startup',
	async run() {
		const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-bench-'));
		try {
			const hello = await bundleHello(folder);
			const [command, peer, frame, peerFrame]: number[][] = [[], [], [], []];
			for (let each = 0; each < rounds; each++) {
				command!.push(await time(() => execFileSync(process.execPath, [cli, 'sh', '-c', 'kubectl get pods'], {stdio: 'ignore'})));
				peer!.push(await time(() => execFileSync(process.execPath, [hello], {stdio: 'ignore'})));
				frame!.push(await firstFrame([cli], /kubelab/, folder));
				peerFrame!.push(await firstFrame([hello], /hello/, folder));
			}

			const name = 'a bundled Ink hello world';
			return [
				{
					name: 'sh-c-process',
					value: round(median(command!)),
					unit: 'ms',
					peer: `${name} ${round(median(peer!))} ms`,
					ratio: round(median(command!) / median(peer!)),
					ratioBudget: 1,
				},
				{
					name: 'first-frame',
					value: round(median(frame!)),
					unit: 'ms',
					peer: `${name} ${round(median(peerFrame!))} ms`,
					ratio: round(median(frame!) / median(peerFrame!)),
					ratioBudget: 1.3,
				},
			];
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	},
};
export default bench;

async function bundleHello(folder: string): Promise<string> {
	const outfile = path.join(folder, 'hello.mjs');
	writeFileSync(
		path.join(folder, 'hello.js'),
		"import React from 'react'; import {render, Text} from 'ink'; render(React.createElement(Text, null, 'hello'));\n",
	);
	await build({
		...shippedAs(root),
		entryPoints: [path.join(folder, 'hello.js')],
		outfile,
		splitting: false,
		alias: {},
		nodePaths: [path.join(root, 'node_modules')],
		plugins: [onlyWhatWeUse],
	});
	return outfile;
}

/** From the start of the process to the first text on a terminal. */
function firstFrame(argv: readonly string[], sign: RegExp, home: string): Promise<number> {
	return new Promise(resolve => {
		const start = performance.now();
		const env = Object.fromEntries(
			Object.entries(process.env).filter(([name]) => !/^(CI|CONTINUOUS_INTEGRATION|NODE_OPTIONS)$/.test(name)),
		) as Record<string, string>;
		const child = spawn(process.execPath, [...argv], {cols: 100, rows: 30, name: 'xterm-256color', env: {...env, KUBELAB_HOME: home}});
		let text = '';
		let taken: number | undefined;
		child.onData(data => {
			text += data;
			if (taken !== undefined || !sign.test(text)) return;
			taken = performance.now() - start;
			child.kill('SIGKILL');
		});
		child.onExit(() => resolve(taken ?? performance.now() - start));
	});
}
