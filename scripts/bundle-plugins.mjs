import {readFile} from 'node:fs/promises';

// ink-table is CommonJS and asks for ink with `require`, which cannot load ink 6 (top-level await). In the bundle it is handed the
// ink that is there already; outside of it source/ui/ink-table.ts does the same through require.cache.
export const inkForCommonJs = {
	name: 'ink-for-commonjs',
	setup(build) {
		build.onResolve({filter: /^ink$/}, request => (request.kind === 'require-call' ? {path: 'ink', namespace: 'ink-loaded'} : undefined));
		build.onLoad({filter: /.*/, namespace: 'ink-loaded'}, () => ({contents: 'module.exports = globalThis.__kubelabInk'}));
		build.onLoad({filter: /source[\\/]ui[\\/]ink-table\.ts$/}, ({path}) => ({
			loader: 'js',
			resolveDir: path.replace(/[\\/][^\\/]+$/, ''),
			contents: "import * as ink from 'ink'; globalThis.__kubelabInk = ink; export const Table = require('ink-table').default;",
		}));
	},
};

// Runtimes of just-bash commands that kubelab does not offer, and ink's debugger: tens of megabytes that nothing reaches.
const unused = /^(react-devtools-core|sql\.js|quickjs-emscripten(-core)?|@jitl\/.*|turndown|seek-bzip|node-liblzma|@mongodb-js\/zstd)$/;

export const onlyWhatWeUse = {
	name: 'only-what-we-use',
	setup(build) {
		build.onResolve({filter: unused}, request => ({path: request.path, namespace: 'unused'}));
		build.onLoad({filter: /.*/, namespace: 'unused'}, () => ({contents: 'export default {}'}));
	},
};

// source/shell/parser.ts loads just-bash with `require`, at the first script. In the bundle it gets a CommonJS copy beside the chunks.
export const parserOnDemand = {
	name: 'parser-on-demand',
	setup(build) {
		build.onLoad({filter: /source[\\/]shell[\\/]parser\.ts$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			return {loader: 'ts', contents: text.replace("('just-bash')", "('./just-bash.cjs')")};
		});
	},
};

// source/api/cel/library.ts loads its package at the first expression. In the bundle it is a part that is run no sooner.
export const expressionsOnDemand = {
	name: 'expressions-on-demand',
	setup(build) {
		build.onLoad({filter: /source[\\/]api[\\/]cel[\\/]library\.ts$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			return {loader: 'ts', contents: text.replace('createRequire(import.meta.url)(', 'require(')};
		});
	},
};

// Of the one-file program: what draws tables comes as a module (ink waits while it is loaded; code
// that V8 has kept in compiled form cannot import, so the launcher does), just-bash as the file above.
export const outsideProgram = {
	name: 'outside-program',
	setup(build) {
		build.onLoad({filter: /source[\\/]ui[\\/]table-drawer\.ts$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			return {loader: 'ts', contents: text.replace("await import('./drawn-table.js')", "await importBeside('./tables.mjs')")};
		});
		build.onResolve({filter: /just-bash(\.cjs)?$/}, ({path}) =>
			path.startsWith('.') && !path.endsWith('.cjs') ? undefined : {path: './chunks/just-bash.cjs', external: true},
		);
		build.onLoad({filter: /source[\\/]shell[\\/]parser\.ts$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			return {loader: 'ts', contents: text.replace("createRequire(import.meta.url)('just-bash')", "require('just-bash')")};
		});
	},
};

// What packages do while they are loaded, and would not have to: together a third of the time to the first frame.
const changes = [
	// Layout comes as WebAssembly in a data URL; `fetch` would load node's whole HTTP client to read it, `atob` reads it as well.
	{file: /yoga-wasm-base64-esm\.js$/, from: '"function"!=typeof fetch', to: 'true'},
	// The table of all emoji takes 30 ms to compile, the segmenter 8: only a text that could hold an emoji needs them.
	{file: /string-width[\\/]index\.js$/, from: 'const segmenter = new Intl.Segmenter();', to: 'let segmenter;'},
	{file: /string-width[\\/]index\.js$/, from: 'of segmenter.segment(', to: 'of (segmenter ??= new Intl.Segmenter()).segment('},
	{
		file: /string-width[\\/]index\.js$/,
		from: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
		to: `let allEmoji;
const rgiEmojiRegex = {test: text =>
	/[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\p{Emoji_Modifier}\\u20E3]/u.test(text) && (allEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};`,
	},
	// Rules, dashes and ellipses are one column wide each, as ASCII is.
	{
		file: /string-width[\\/]index\.js$/,
		from: '/^[\\u0020-\\u007E]*$/.test',
		to: '/^[\\u0020-\\u007E\\u00B7\\u2010-\\u2015\\u2018-\\u2022\\u2026\\u2190-\\u2193\\u2500-\\u257F]*$/.test',
	},
];

export const loadLess = {
	name: 'load-less',
	setup(build) {
		build.onLoad({filter: /(yoga-wasm-base64-esm|string-width[\\/]index)\.js$/}, async ({path}) => {
			let text = await readFile(path, 'utf8');
			for (const {from, to} of changes.filter(({file}) => file.test(path))) {
				if (!text.includes(from)) throw new Error(`${path} has changed: it no longer says ${from}`);
				text = text.replace(from, () => to);
			}

			return {contents: text};
		});
	},
};
