import {mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {writeAtomic} from '../../source/cli/folders.js';
import {runCli} from '../helpers/run-cli.js';

const folder = () => mkdtempSync(path.join(tmpdir(), 'kubelab-test-'));

async function refuses(t: import('ava').ExecutionContext, argv: readonly string[], exitCode: number, stderr: RegExp) {
	const result = await runCli(argv);
	t.is(result.exitCode, exitCode);
	t.regex(result.stderr, stderr);
	t.is(result.stderr.trim().split('\n').length, 1, 'one sentence');
	t.is(result.stdout, '');
}

test('an unknown command is named, with the nearest one', async t => {
	await refuses(t, ['chekc'], 2, /^kubelab: there is no command "chekc"; did you mean "check"\?/);
});

test('an unknown option is named', async t => {
	await refuses(t, ['list', '--jsno'], 2, /^kubelab: there is no option '?--jsno'?/);
});

test('too few and too many words show how it is written', async t => {
	await refuses(t, ['check', 'ipvs-switch'], 2, /needs more words: kubelab check LAB ANSWERS/);
	await refuses(t, ['list', 'x'], 2, /takes fewer words: kubelab list/);
});

test('a lab that does not exist is named, with the nearest one', async t => {
	await refuses(t, ['check', 'ipvs-swich', 'x.sh'], 3, /there is no lab "ipvs-swich"; did you mean "ipvs-switch"\?/);
});

test('a file that cannot be read says why', async t => {
	await refuses(t, ['check', 'ipvs-switch', '/nowhere/x.sh'], 3, /cannot read "\/nowhere\/x\.sh": there is no such file\./);
	await refuses(t, ['sh', folder()], 3, /: it is a folder\./);
});

test('what is no answer is refused before it is run', async t => {
	const file = path.join(folder(), 'answer.bin');
	writeFileSync(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0]));
	await refuses(t, ['check', 'ipvs-switch', file], 3, /cannot be graded: it is not text\./);
	writeFileSync(file, 'x'.repeat(10 * 2 ** 20));
	await refuses(t, ['check', 'ipvs-switch', file], 3, /it has 10485760 characters; at most 4194304 are read\./);
	writeFileSync(file, '{"kubelab":1,"lab":"ipvs-switch"}');
	await refuses(t, ['check', 'ipvs-switch', file], 3, /its fields are damaged\./);
});

test('options that exclude each other are refused', async t => {
	await refuses(t, ['sh', '--lab', 'ipvs-switch', '--profile', 'empty', '-c', 'true'], 2, /--lab or --profile, not both/);
	await refuses(t, ['sh', '--profile', 'moon', '-c', 'true'], 2, /there is no profile "moon"/);
	await refuses(t, ['start', 'ipvs-switch'], 2, /needs a terminal/);
});

test('help names every command, and each command its options', async t => {
	const {stdout, exitCode} = await runCli(['--help']);
	t.is(exitCode, 0);
	for (const name of ['start', 'demo', 'list', 'sh', 'check', 'lab', 'doctor']) t.regex(stdout, new RegExp(`^  ${name} `, 'm'));
	t.regex((await runCli(['help', 'sh'])).stdout, /--steps FILE\|-/);
	t.regex((await runCli(['--version'])).stdout, /^kubelab \d+\.\d+\.\d+\n$/);
});

test('list prints a table, or JSON and nothing else', async t => {
	t.regex((await runCli(['list'])).stdout, /^LAB .*\n(?:.*\n)*ipvs-switch +beginner +15 min +- +Switch kube-proxy to IPVS\n/);
	t.regex((await runCli(['list', '--lang', 'zh'])).stdout, /切换到 IPVS/);
	const labs: Array<{id: string}> = JSON.parse((await runCli(['list', '--json'])).stdout);
	t.deepEqual(
		labs.find(lab => lab.id === 'ipvs-switch'),
		{id: 'ipvs-switch', title: 'Switch kube-proxy to IPVS', level: 'beginner', minutes: 15, best: 0, max: 100},
	);
});

test('progress that is damaged is a fresh start', async t => {
	const home = folder();
	writeFileSync(path.join(home, 'progress.json'), '{"labs": {"ipvs-switch": {"best": 60, "max": 100}}}');
	t.regex((await runCli(['list'], {env: {KUBELAB_HOME: home}})).stdout, /60 %/);
	writeFileSync(path.join(home, 'progress.json'), '{"labs": {"ipvs-sw');
	t.regex((await runCli(['list'], {env: {KUBELAB_HOME: home}})).stdout, / - /);
});

test('a file is written whole or not at all', t => {
	const home = folder();
	const file = path.join(home, 'deep', 'progress.json');
	writeAtomic(file, 'one');
	writeAtomic(file, 'two');
	t.is(readFileSync(file, 'utf8'), 'two');
	mkdirSync(path.join(home, 'taken'));
	t.throws(() => writeAtomic(path.join(home, 'taken'), 'x'));
});

test('a lab with a mistake is explained by file, line and column', async t => {
	const lab = path.join(folder(), 'demo');
	mkdirSync(lab);
	writeFileSync(path.join(lab, 'lab.yaml'), 'id: demo\nlevle: beginner\n');
	const {exitCode, stdout} = await runCli(['lab', 'validate', lab]);
	t.is(exitCode, 3);
	t.regex(stdout, /demo\/lab\.yaml:2:1: levle: there is no key "levle" here \(did you mean "level"\?\)/);
	t.is((await runCli(['lab', 'validate'])).exitCode, 0);
});

test('doctor looks at terminal and machine', async t => {
	const {stdout, exitCode} = await runCli(['doctor', '--json'], {env: {TERM: 'dumb'}});
	t.is(exitCode, 0);
	t.is(JSON.parse(stdout).terminal.value, 'none');
});
