import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

// In the bundle ink no longer waits while it is loaded (`loadLess`), so ink-table gets it as it asks for it.
export const inkForCommonJs = {
	name: 'ink-for-commonjs',
	setup(build) {
		build.onLoad({filter: /source[\\/]ui[\\/]table[\\/]ink-table\.ts$/}, () => ({
			loader: 'js',
			contents: "import table from 'ink-table'; export const Table = table.default;",
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

// source/shell/syntax/parser.ts loads just-bash with `require`, at the first script. In the bundle it gets a CommonJS copy beside the chunks.
export const parserOnDemand = {
	name: 'parser-on-demand',
	setup(build) {
		insteadOfParser(build, "('just-bash')", "('./just-bash.cjs')");
	},
};

/** Beside the sources the package is found either way: a file that was moved must not go unseen until somebody installs the program. */
function insteadOfParser(build, from, to) {
	let changed = false;
	build.onLoad({filter: /source[\\/]shell[\\/]syntax[\\/]parser\.ts$/}, async ({path}) => {
		const text = await readFile(path, 'utf8');
		changed = text.includes(from);
		return {loader: 'ts', contents: text.replace(from, to)};
	});
	build.onEnd(() => (changed ? undefined : {errors: [{text: `the shell's parser no longer says ${from}`}]}));
}

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

/** What composes the screen. A file of its own: most runs of the program need no screen. */
export const screenPackages = ['react', 'react/jsx-runtime', 'ink', 'ink-table'];

// Of the one-file program: the packages of the screen are another part (`launcher/load.cjs`), just-bash is the file above.
export const outsideProgram = {
	name: 'outside-program',
	setup(build) {
		build.onResolve({filter: /^(react|react\/jsx-runtime|ink|ink-table)$/}, ({path}) => ({path, namespace: 'screen'}));
		build.onLoad({filter: /.*/, namespace: 'screen'}, ({path}) => ({contents: `module.exports = part('screen')['${path}']`}));
		build.onResolve({filter: /just-bash(\.cjs)?$/}, ({path}) =>
			path.startsWith('.') && !path.endsWith('.cjs') ? undefined : {path: './chunks/just-bash.cjs', external: true},
		);
		insteadOfParser(build, "createRequire(import.meta.url)('just-bash')", "require('just-bash')");
	},
};

const [yoga, output] = [/yoga-wasm-base64-esm\.js$/, /ink[\\/]build[\\/]output\.js$/];

// What packages do while they are loaded or for each frame, and would not have to.
const changes = [
	// Layout is WebAssembly in a data URL, which is read and compiled at once. Whoever waits while he is loaded cannot be kept in compiled form.
	{file: yoga, from: /if\(h\.instantiateWasm\)try\{/, to: 'a(new WebAssembly.Instance(new WebAssembly.Module(wa()),d));return{};try{'},
	{file: yoga, from: 'return loadYoga.ready', to: 'return loadYoga'},
	{file: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/, from: 'await loadYoga()', to: 'loadYoga()'},
	{file: /ink[\\/]build[\\/]reconciler\.js$/, from: "await import('./devtools.js');", to: ''},
	{file: /ink[\\/]build[\\/]reconciler\.js$/, from: '? await loadPackageJson()', to: '? {}'},
	// Of a screen that is mostly blanks, each was an object of its own, compared with the one before by what colours it has.
	{file: output, from: /row\.push\((\{\s+type: 'char',\s+value: ' ',[^}]+\})\)/, to: 'row.push(blank)'},
	{
		file: output,
		from: 'class OutputCaches',
		to: "const blank = {type: 'char', value: ' ', fullWidth: false, styles: []};\nclass OutputCaches",
	},
	{
		file: /ansi-tokenize[\\/]build[\\/]styledChars\.js$/,
		from: /else \{(\s+ret \+= ansiCodesToString\(diffAnsiCodes\(chars)/,
		to: 'else if (chars[i - 1].styles !== char.styles) {$1',
	},
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
	// Rules, dashes, ellipses and what stands in for a drawn row (`ui/text/stand-ins.ts`) are one column wide each, as ASCII is.
	{
		file: /string-width[\\/]index\.js$/,
		from: '/^[\\u0020-\\u007E]*$/.test',
		to: '/^[\\u0020-\\u007E\\u00B7\\u2010-\\u2015\\u2018-\\u2022\\u2026\\u2190-\\u2193\\u2500-\\u257F]*$/.test',
	},
];

export const loadLess = {
	name: 'load-less',
	setup(build) {
		build.onLoad({filter: /(yoga-wasm-base64-esm|(yoga-layout|string-width|ink|ansi-tokenize)[\\/].*)\.js$/}, async ({path}) => {
			const due = changes.filter(({file}) => file.test(path));
			if (due.length === 0) return undefined;
			let text = await readFile(path, 'utf8');
			for (const {from, to} of due) {
				const changed = text.replace(from, typeof from === 'string' ? () => to : to);
				if (changed === text) throw new Error(`${path} has changed: it no longer says ${from}`);
				text = changed;
			}

			return {contents: text};
		});
	},
};

/** A bundled module still stands where its source does: tests read their data, and programs their files, from there. */
export const keepPlace = {
	name: 'keep-place',
	setup(builder) {
		builder.onLoad({filter: /[\\/](source|test|scripts)[\\/].*\.tsx?$/}, async ({path: file}) => {
			const text = await readFile(file, 'utf8');
			const placed = text
				.replaceAll(/(?<!')import\.meta\.url/g, JSON.stringify(pathToFileURL(file).href))
				.replaceAll(/(?<!')import\.meta\.dirname/g, JSON.stringify(path.dirname(file)));
			return {loader: file.endsWith('x') ? 'tsx' : 'ts', contents: placed};
		});
	},
};
