// Bundles the program and every package it needs into dist/, so that it starts fast and installs without dependencies.
//   node scripts/build.mjs [OUT_FOLDER]
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmod, copyFile, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {expressionsOnDemand, inkForCommonJs, loadLess, onlyWhatWeUse, outsideProgram, parserOnDemand} from './bundle-plugins.mjs';
import {notices} from './notices.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = path.resolve(root, process.argv[2] ?? 'dist');
// Built aside and moved at the end: a build that fails leaves the old one in place.
const out = `${target}.new`;

/** What is run here is there in compiled form; the rest is compiled when it is first called. */
const usual = `kubectl create deployment web --image=nginx --replicas=2; kubectl expose deployment web --port 80 --dry-run=client -o yaml > web.yaml
kubectl apply -f web.yaml; kubectl get pods,svc -o wide; kubectl describe svc web; for i in 1 2; do curl -s $(kubectl get svc web -o jsonpath={.spec.clusterIP}); done
yum install -y ipvsadm; ipvsadm -Ln; iptables-save -t nat | grep web; ip a; kubectl delete -f web.yaml`;

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
	plugins: [onlyWhatWeUse, inkForCommonJs, loadLess, parserOnDemand, expressionsOnDemand],
	logLevel: 'warning',
};
/** What draws tables: of all packages the only one that must be a module (it waits while it is loaded). Loaded behind the first frame. */
const tables = await build({
	...shared,
	absWorkingDir: root,
	entryPoints: {tables: 'source/ui/drawn-table.tsx'},
	outdir: out,
	outExtension: {'.js': '.mjs'},
	metafile: true,
});
await copyFile(path.join(root, 'generated', 'schema-docs.json'), path.join(out, 'schema-docs.json'));
const parser = await bundleParser();
const program = await bundleProgram();
await escapeAll(path.join(out, 'program.cjs'));
await saveWorlds();
await compileProgram();
const inputs = [tables, parser, program].flatMap(({metafile}) => Object.keys(metafile.inputs));
await writeFile(path.join(out, 'NOTICE'), await notices(root, [...new Set(inputs)]));
await rm(target, {recursive: true, force: true});
await rename(out, target);

/** just-bash once more, as CommonJS: what needs its parser in the middle of a simulated instant cannot wait for an import. */
function bundleParser() {
	return build({
		bundle: true,
		metafile: true,
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

/** All but the tables as one file, which V8 can keep in compiled form (`launcher/load.cjs`); modules it could not, before Node 22. */
function bundleProgram() {
	const {banner: _banner, splitting: _splitting, ...common} = shared;
	return build({
		...common,
		metafile: true,
		stdin: {
			contents: "exports.program = () => import('./source/cli/main.ts'); exports.worker = () => import('./source/cli/class/worker.ts');",
			resolveDir: root,
		},
		absWorkingDir: root,
		outfile: path.join(out, 'program.cjs'),
		format: 'cjs',
		define: {...shared.define, 'import.meta.url': '__url'},
		banner: {js: "const __url=require('node:url').pathToFileURL(__filename).href;"},
		plugins: [outsideProgram, ...shared.plugins.filter(plugin => plugin !== parserOnDemand)],
		logOverride: {'empty-import-meta': 'silent'},
	});
}

/** esbuild leaves what stands in regular expressions as it is; the launcher reads one byte a character. */
async function escapeAll(file) {
	const text = await readFile(file, 'utf8');
	await writeFile(
		file,
		text.replaceAll(/[\u0080-\uffff]/g, each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`),
	);
}

/** The files that start it, and its compiled form for the node that builds. */
async function compileProgram() {
	const launcher = name => path.join(root, 'scripts', 'launcher', name);
	const id = createHash('sha256')
		.update(await readFile(path.join(out, 'program.cjs')))
		.digest('hex')
		.slice(0, 16);
	await copyFile(launcher('cli.cjs'), path.join(out, 'cli.js'));
	await copyFile(launcher('worker.cjs'), path.join(out, 'class-worker.js'));
	await writeFile(path.join(out, 'load.js'), (await readFile(launcher('load.cjs'), 'utf8')).replace('BUILD', id));
	await writeFile(path.join(out, 'package.json'), '{"type": "commonjs"}\n');
	await chmod(path.join(out, 'cli.js'), 0o755);
	const cache = path.join(out, 'program.cache');
	const env = {...process.env, NODE_OPTIONS: '', KUBELAB_CODE_CACHE: cache};
	execFileSync(process.execPath, [path.join(out, 'cli.js'), 'sh', '-c', usual], {env, stdio: 'ignore'});
	await chmod(cache, 0o644);
}

/** A world booted here need not be booted at every start of the program: same seed, same bytes. */
async function saveWorlds() {
	const outfile = path.join(out, 'save-worlds.mjs');
	await build({absWorkingDir: root, entryPoints: ['scripts/save-worlds.ts'], outfile, ...shared, splitting: false, minify: false});
	execFileSync(process.execPath, [outfile, out], {stdio: 'inherit'});
	await rm(outfile);
}
