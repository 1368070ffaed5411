import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {root} from '../helpers/source-files.js';
import {openTerminal} from '../helpers/terminal.js';

const run = (cwd: string, file: string, ...argv: string[]) =>
	execFileSync(file, argv, {cwd, encoding: 'utf8', shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe']});

test('the package installs elsewhere, without dependencies, and runs there', async t => {
	const base = mkdtempSync(path.join(tmpdir(), 'kubelab-test-'));
	const staging = path.join(base, 'package');
	const elsewhere = path.join(base, 'elsewhere');
	mkdirSync(staging);
	mkdirSync(elsewhere);
	run(root, process.execPath, 'scripts/build.mjs', path.join(staging, 'dist'));
	for (const name of ['package.json', 'labs', 'LICENSE', 'README.md'])
		cpSync(path.join(root, name), path.join(staging, name), {recursive: true});
	const tarball = run(staging, 'npm', 'pack', '--ignore-scripts', '--silent').trim().split('\n').at(-1)!;
	writeFileSync(path.join(elsewhere, 'package.json'), '{"private": true}');
	run(elsewhere, 'npm', 'install', '--offline', '--no-audit', '--no-fund', '--silent', path.join(staging, tarball));

	const bin = path.join(elsewhere, 'node_modules/kubelab/dist/cli.js');
	t.is(run(elsewhere, process.execPath, bin, 'sh', '--profile', 'empty', '-c', 'echo $((40+2))'), '42\n');
	t.regex(run(elsewhere, process.execPath, bin, 'list'), /ipvs-switch/);
	const terminal = openTerminal(t, ['start', 'ipvs-switch'], {columns: 120, rows: 40, program: [bin]});
	// What composes the screen is a part of its own.
	await terminal.shows(/│ NAME +│ READY/);
	terminal.kill('SIGKILL');
	// The launcher reads it one byte a character.
	t.notRegex(readFileSync(path.join(elsewhere, 'node_modules/kubelab/dist/program.cjs'), 'utf8'), /[\u0080-\uffff]/);
	t.deepEqual(Object.keys(JSON.parse(readFileSync(path.join(elsewhere, 'package-lock.json'), 'utf8')).packages), [
		'',
		'node_modules/kubelab',
	]);
	t.regex(readFileSync(path.join(elsewhere, 'node_modules/kubelab/dist/NOTICE'), 'utf8'), /^ink-table \d/m);
});
