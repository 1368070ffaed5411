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
