'use strict';
// Runs a part of program.cjs. V8's compiled form of it lies beside it for the node it was built with; for another one it is made after
// the first run, in the user's cache folder. V8 refuses a form that is not of this very version, flags and source.
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');
const {isMainThread} = require('node:worker_threads');

const build = 'BUILD';
const program = path.join(__dirname, 'program.cjs');

module.exports = part => {
	const {script, fresh} = compile();
	const wrapped = script.runInThisContext();
	const own = {exports: {}};
	wrapped(own.exports, require('node:module').createRequire(program), own, program, __dirname, file => import(file));
	if (isMainThread && !fresh) process.once('exit', () => keep(script));
	own.exports[part]();
};

function compile() {
	// esbuild writes ASCII: one byte a character.
	const source = `(function (exports, require, module, __filename, __dirname, importBeside) {${fs.readFileSync(program, 'latin1')}\n})`;
	let script;
	for (const file of [path.join(__dirname, 'program.cache'), userCache()]) {
		const cachedData = read(file);
		if (!cachedData) continue;
		script = make(source, cachedData);
		if (!script.cachedDataRejected) return {script, fresh: true};
	}
	return {script: script ?? make(source), fresh: false};
}

const make = (source, cachedData) => new vm.Script(source, {filename: program, cachedData});

function read(file) {
	try {
		return file && fs.readFileSync(file);
	} catch {
		return undefined;
	}
}

/** Only what this user wrote is trusted: compiled code is code. */
function userCache() {
	const {env, platform} = process;
	const home = env.HOME || env.USERPROFILE;
	const base = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME || (home && path.join(home, '.cache'));
	return base && path.join(base, 'kubelab', `${build}-${v8.cachedDataVersionTag().toString(16)}.cache`);
}

/** After the run, when what it used is compiled. Whole or not at all; a disk that takes nothing costs only time. */
function keep(script) {
	const file = process.env.KUBELAB_CODE_CACHE || userCache();
	if (!file) return;
	const draft = `${file}.${process.pid}`;
	try {
		fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
		fs.writeFileSync(draft, script.createCachedData(), {mode: 0o600});
		fs.renameSync(draft, file);
	} catch {
		fs.rmSync(draft, {force: true});
	}
}
