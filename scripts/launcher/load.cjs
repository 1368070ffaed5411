'use strict';
// Runs a part: program.cjs or screen.cjs. V8's compiled form of it lies beside it for the node it was built with; for another one it is made
// after the first run, in the user's cache folder. V8 refuses a form that is not of this very version, flags and source.
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');
const {isMainThread} = require('node:worker_threads');

const build = 'BUILD';
const asked = process.env.KUBELAB_CODE_CACHE;

module.exports = part;

const loaded = new Map();

function part(name) {
	if (!loaded.has(name)) loaded.set(name, load(name));
	return loaded.get(name);
}

function load(name) {
	const file = path.join(__dirname, `${name}.cjs`);
	const {script, fresh} = compile(name, file);
	const wrapped = script.runInThisContext();
	const own = {exports: {}};
	wrapped(own.exports, require('node:module').createRequire(file), own, file, __dirname, part);
	if (isMainThread && (asked || !fresh)) process.once('exit', () => keep(name, script));
	return own.exports;
}

function compile(name, file) {
	// esbuild writes ASCII: one byte a character.
	const source = `(function (exports, require, module, __filename, __dirname, part) {${fs.readFileSync(file, 'latin1')}\n})`;
	let script;
	for (const folder of [__dirname, userCache()]) {
		const cachedData = folder && read(path.join(folder, `${name}.cache`));
		if (!cachedData) continue;
		script = new vm.Script(source, {filename: file, cachedData});
		if (!script.cachedDataRejected) return {script, fresh: true};
	}
	return {script: script ?? new vm.Script(source, {filename: file}), fresh: false};
}

function read(file) {
	try {
		return fs.readFileSync(file);
	} catch {
		return undefined;
	}
}

/** Only what this user wrote is trusted: compiled code is code. */
function userCache() {
	const {env, platform} = process;
	const home = env.HOME || env.USERPROFILE;
	const base = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME || (home && path.join(home, '.cache'));
	return base && path.join(base, 'kubelab', `${build}-${v8.cachedDataVersionTag().toString(16)}`);
}

/** After the run, when what it used is compiled. Whole or not at all; a disk that takes nothing costs only time. */
function keep(name, script) {
	const folder = asked || userCache();
	if (!folder) return;
	const file = path.join(folder, `${name}.cache`);
	const draft = `${file}.${process.pid}`;
	try {
		fs.mkdirSync(folder, {recursive: true, mode: 0o700});
		fs.writeFileSync(draft, script.createCachedData(), {mode: 0o600});
		fs.renameSync(draft, file);
	} catch {
		fs.rmSync(draft, {force: true});
	}
}
