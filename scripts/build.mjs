// Bundles the program and every package it needs into dist/, so that it starts fast and installs without dependencies.
//   node scripts/build.mjs [OUT_FOLDER]
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmod, copyFile, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import {build} from 'esbuild';
import {shippedAs} from './bundle-options.mjs';
import {onlyWhatWeUse, outsideProgram, parserOnDemand, screenPackages} from './bundle-plugins.mjs';
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
const shared = shippedAs(root);
await copyFile(path.join(root, 'generated', 'schema-docs.json'), path.join(out, 'schema-docs.json'));
const parser = await bundleParser();
const parts = [
	await bundlePart('screen', `Object.assign(exports, {${screenPackages.map(name => `'${name}': require('${name}')`)}})`),
	await bundlePart(
		'program',
		"exports.program = () => import('./source/cli/main.ts'); exports.worker = () => import('./source/cli/class/worker.ts');",
		outsideProgram,
	),
];
await saveWorlds();
await compileProgram();
const inputs = [parser, ...parts].flatMap(({metafile}) => Object.keys(metafile.inputs));
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

/** One file, which V8 can keep in compiled form (`launcher/load.cjs`); modules it could not, before Node 22. */
async function bundlePart(name, contents, ...plugins) {
	const {banner: _banner, splitting: _splitting, ...common} = shared;
	const built = await build({
		...common,
		metafile: true,
		stdin: {contents, resolveDir: root},
		outfile: path.join(out, `${name}.cjs`),
		format: 'cjs',
		define: {...shared.define, 'import.meta.url': '__url'},
		banner: {js: "const __url=require('node:url').pathToFileURL(__filename).href;"},
		plugins: [...plugins, ...shared.plugins.filter(plugin => plugin !== parserOnDemand)],
		logOverride: {'empty-import-meta': 'silent'},
	});
	await escapeAll(path.join(out, `${name}.cjs`));
	return built;
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
	const hash = createHash('sha256');
	for (const part of ['program.cjs', 'screen.cjs']) hash.update(await readFile(path.join(out, part)));
	await copyFile(launcher('cli.cjs'), path.join(out, 'cli.js'));
	await copyFile(launcher('worker.cjs'), path.join(out, 'class-worker.js'));
	await writeFile(
		path.join(out, 'load.js'),
		(await readFile(launcher('load.cjs'), 'utf8')).replace('BUILD', hash.digest('hex').slice(0, 16)),
	);
	await writeFile(path.join(out, 'package.json'), '{"type": "commonjs"}\n');
	await chmod(path.join(out, 'cli.js'), 0o755);
	const env = {...process.env, NODE_OPTIONS: '', KUBELAB_CODE_CACHE: out, KUBELAB_HOME: path.join(out, 'home')};
	execFileSync(process.execPath, [path.join(out, 'cli.js'), 'sh', '-c', usual], {env, stdio: 'ignore'});
	await openOnce(env);
	await rm(path.join(out, 'home'), {recursive: true, force: true});
	for (const part of ['program.cache', 'screen.cache']) await chmod(path.join(out, part), 0o644);
}

/** The screen, on a terminal: the list of labs is there, and it is left. */
function openOnce(env) {
	const {CI: _, ...rest} = env;
	const terminal = spawn(process.execPath, [path.join(out, 'cli.js')], {cols: 120, rows: 40, name: 'xterm-256color', env: rest});
	terminal.onData(text => text.includes('kubelab') && terminal.write('q'));
	const late = setTimeout(() => terminal.kill(), 60_000);
	return new Promise(resolve => terminal.onExit(resolve)).finally(() => clearTimeout(late));
}

/** A world booted here need not be booted at every start of the program: same seed, same bytes. */
async function saveWorlds() {
	const outfile = path.join(out, 'save-worlds.mjs');
	await build({...shared, entryPoints: ['scripts/save-worlds.ts'], outfile, splitting: false, minify: false});
	execFileSync(process.execPath, [outfile, out], {stdio: 'inherit'});
	await rm(outfile);
}
