import path from 'node:path';
import {expressionsOnDemand, inkForCommonJs, loadLess, onlyWhatWeUse, parserOnDemand} from './bundle-plugins.mjs';

/** How the program is bundled (`build.mjs`); what is measured is bundled likewise (`bench.mjs`). */
export const shippedAs = root => ({
	absWorkingDir: root,
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
	plugins: [onlyWhatWeUse, inkForCommonJs, loadLess, parserOnDemand, expressionsOnDemand],
	logLevel: 'warning',
});
