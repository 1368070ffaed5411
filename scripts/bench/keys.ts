import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {inkForCommonJs, keepPlace, loadLess, onlyWhatWeUse} from '../bundle-plugins.mjs';
import {type Bench, type Figure, median, percentile, round} from './bench.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** From a key press in the shell pane to the bytes that show it, with tables beside it and the cluster running. */
const bench: Bench = {
	name: 'keys',
	async run() {
		const {typing, typingInInk} = await bundledTyping();
		const bare = median(await typingInInk());
		const figures: Figure[] = [];
		for (const size of ['120x40', '200x60'] as const) {
			const [columns, rows] = size.split('x').map(Number) as [number, number];
			for (const pods of [30, 10_000])
				figures.push(...figuresOf(`key-to-frame-${size}-${pods}-pods`, await typing({columns, rows}, pods), bare));
		}
		return figures;
	},
};
export default bench;

const figuresOf = (name: string, taken: readonly number[], bare: number): Figure[] => [
	{
		name: `${name}-median`,
		value: round(median(taken)),
		unit: 'ms',
		peer: `one line of bare Ink ${round(bare)} ms`,
		ratio: round(median(taken) / bare),
	},
	{name: `${name}-p99`, value: round(percentile(taken, 0.99)), unit: 'ms', budget: 16},
];

/** As the program is bundled: what is shipped is measured. */
async function bundledTyping(): Promise<typeof import('./typing.js')> {
	const outfile = path.join(root, 'generated', 'bench', 'typing.mjs');
	mkdirSync(path.dirname(outfile), {recursive: true});
	await build({
		absWorkingDir: root,
		entryPoints: ['scripts/bench/typing.ts'],
		outfile,
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		external: ['just-bash', 'yaml', '@marcbachmann/cel-js'],
		loader: {'.json': 'json', '.txt': 'text'},
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		banner: {js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);"},
		alias: {'string-width': path.join(root, 'node_modules/string-width/index.js')},
		plugins: [onlyWhatWeUse, inkForCommonJs, loadLess, keepPlace],
		logLevel: 'error',
	});
	return import(pathToFileURL(outfile).href);
}
