import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {growFrom} from '../../source/cli/journal/file.js';
import {readJournal, seal, sealHeading} from '../../source/cli/journal/lines.js';
import {lastSession, openSession} from '../../source/cli/sessions.js';
import {randomLines} from '../helpers/random-lines.js';

const newHome = () => mkdtempSync(path.join(tmpdir(), 'kubelab-journal-'));
const hostAt = (home: string) => ({env: {KUBELAB_HOME: home}}) as never;
const fileIn = (home: string) => path.join(home, 'sessions', 'lab.jsonl');
const steps = Array.from({length: 12}, (_, i) => ({run: `echo "${i}" é\nsecond`, atMs: i * 1000, ...(i % 3 === 0 && {edits: ['text\n']})}));

function written(home: string, count = steps.length): string {
	const session = openSession(hostAt(home), 'lab', 'seed');
	for (let i = 1; i <= count; i++) if (session.record(steps.slice(0, i))) throw new Error('not kept');
	session.close();
	return readFileSync(fileIn(home), 'utf8');
}

test('what was recorded is there the next time', t => {
	const home = newHome();
	written(home);
	const session = openSession(hostAt(home), 'lab', 'seed');
	t.deepEqual(session.steps, steps);
	t.is(session.notice, undefined);
	session.record([...session.steps, {run: 'one more'}]);
	session.close();
	t.is(JSON.parse(lastSession(hostAt(home), 'lab')!).steps.length, steps.length + 1);
	t.deepEqual(JSON.parse(lastSession(hostAt(home))!), {kubelab: 1, lab: 'lab', seed: 'seed', steps: [...steps, {run: 'one more'}]});
});

test('cut off anywhere, it goes on after the last whole line', t => {
	const home = newHome();
	const whole = Buffer.from(written(home));
	const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
	for (let bytes = 0; bytes <= whole.length; bytes += 7) {
		writeFileSync(fileIn(home), whole.subarray(0, bytes));
		const good = Math.max(0, ends.filter(end => end <= bytes).length - 1);
		const session = openSession(hostAt(home), 'lab', 'seed');
		t.deepEqual(session.steps, steps.slice(0, good));
		if (good > 0 && !ends.includes(bytes)) t.regex(session.notice!, /ends in the middle of a command/);
		t.is(session.record([...session.steps, {run: 'on'}]), undefined);
		session.close();
		const again = openSession(hostAt(home), 'lab', 'seed');
		t.deepEqual(again.steps, [...steps.slice(0, good), {run: 'on'}]);
		t.is(again.notice, undefined);
		again.close();
	}
});

test('a session of another version says that it is typed again', t => {
	const home = newHome();
	written(home, 2);
	t.is(openSession(hostAt(home), 'lab', 'seed').notice, undefined);
	for (const [by, told] of [
		['0.0.9', /^this was typed in kubelab 0\.0\.9; .* types it again, and may answer differently$/],
		['', /^this was typed in an older kubelab; /],
	] as const) {
		const [elsewhere, heading] = [newHome(), sealHeading({lab: 'lab', seed: 'seed'}, by)];
		mkdirSync(path.join(elsewhere, 'sessions'));
		writeFileSync(fileIn(elsewhere), heading.line + seal({run: 'date'}, heading.sum).line);
		const session = openSession(hostAt(elsewhere), 'lab', 'seed');
		t.deepEqual(session.steps, [{run: 'date'}]);
		t.regex(session.notice!, told);
		session.close();
	}
});

test('a changed line is noticed, and the file put aside', t => {
	const home = newHome();
	const text = written(home);
	writeFileSync(fileIn(home), text.replace('echo \\"7\\"', 'echo \\"8\\"'));
	const session = openSession(hostAt(home), 'lab', 'seed');
	t.deepEqual(session.steps, steps.slice(0, 7));
	t.regex(session.notice!, /damaged after its first 7 commands; the whole file was put aside as .*lab\.jsonl\.damaged$/);
	t.is(readFileSync(`${fileIn(home)}.damaged`, 'utf8').length, text.length);
	session.close();
	const lines = text.split('\n');
	writeFileSync(fileIn(home), [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n'));
	t.deepEqual(openSession(hostAt(home), 'lab', 'seed').steps, []);
});

test('the bundle of version 1 is taken over; what a newer kubelab wrote is left alone', t => {
	const home = newHome();
	mkdirSync(path.join(home, 'sessions'));
	const old = path.join(home, 'sessions', 'lab.json');
	writeFileSync(old, JSON.stringify({kubelab: 1, lab: 'lab', seed: 'seed', steps}));
	const session = openSession(hostAt(home), 'lab', 'seed');
	t.deepEqual(session.steps, steps);
	session.record([...session.steps, {run: 'new'}]);
	session.close();
	t.false(existsSync(old));
	t.is(readJournal(readFileSync(fileIn(home), 'utf8'))!.steps.length, steps.length + 1);
	const newer = '{"kubelab":3,"everything":"else"}\n';
	writeFileSync(fileIn(home), newer);
	const apart = openSession(hostAt(home), 'lab', 'seed');
	t.regex(apart.notice!, /kept apart, as lab~2/);
	apart.record([{run: 'x'}]);
	t.is(readFileSync(fileIn(home), 'utf8'), newer);
});

test('a second process in the same lab keeps its session apart', t => {
	const home = newHome();
	written(home, 3);
	const first = openSession(hostAt(home), 'lab', 'seed');
	const second = openSession(hostAt(home), 'lab', 'seed');
	t.regex(second.notice!, /another kubelab is in this lab.*lab~2/);
	t.deepEqual(second.steps, []);
	second.record([{run: 'second'}]);
	first.record([...first.steps, {run: 'first'}]);
	first.close();
	second.close();
	t.deepEqual(openSession(hostAt(home), 'lab', 'seed').steps.at(-1), {run: 'first'});
});

test('the lock of a dead process holds nobody up', t => {
	const home = newHome();
	written(home, 3);
	const {pid} = spawnSync(process.execPath, ['-e', '']);
	for (const left of [String(pid), String(process.pid), '', 'x']) {
		writeFileSync(`${fileIn(home)}.lock`, left);
		const session = openSession(hostAt(home), 'lab', 'seed');
		t.is(session.steps.length, 3, left);
		session.close();
		t.false(existsSync(`${fileIn(home)}.lock`));
	}
});

test('another seed, or another beginning, starts anew and keeps the old one', t => {
	const home = newHome();
	const text = written(home);
	const session = openSession(hostAt(home), 'lab', 'other');
	t.deepEqual(session.steps, []);
	session.record([{run: 'fresh'}]);
	session.close();
	t.is(readFileSync(`${fileIn(home)}.previous`, 'utf8'), text);
	t.is(readJournal(readFileSync(fileIn(home), 'utf8'))!.heading.seed, 'other');
});

test('a disk that takes no more is told, and what was kept stays', t => {
	if (!existsSync('/dev/full')) return t.pass('no /dev/full here');
	const full = growFrom('/dev/full', 0);
	t.throws(() => full.append('x\n'), {code: 'ENOSPC'});
	full.close();
	const home = newHome();
	writeFileSync(path.join(home, 'sessions'), 'a file where a folder should be');
	const session = openSession(hostAt(home), 'lab', 'seed');
	t.regex(session.notice!, /^what is typed here cannot be kept: /);
	t.is(session.record([{run: 'x'}]), undefined);
});

test('a line that could be written only in part is taken back', t => {
	const file = path.join(newHome(), 'grow');
	const growing = growFrom(file, 0);
	const heading = sealHeading({lab: 'lab', seed: 'seed'}, '0.1.0');
	growing.append(heading.line);
	growing.append(seal({run: 'whole'}, heading.sum).line);
	growing.close();
	truncateSync(file, readFileSync(file).length - 5);
	const read = readJournal(readFileSync(file, 'utf8'))!;
	t.is(read.end, 'cut');
	growFrom(file, read.goodBytes).close();
	t.is(readFileSync(file, 'utf8'), heading.line);
});

const recorder = fileURLToPath(new URL('../helpers/recording-process.ts', import.meta.url));

test('killed at any moment, at most the command in flight is lost', async t => {
	const home = newHome();
	const typed = randomLines('killed', 4000);
	for (const delayMs of [0, 3, 11, 40]) {
		const child = spawn(process.execPath, ['--import=tsx', recorder, home, '4000'], {stdio: ['ignore', 'pipe', 'inherit']});
		let said = '';
		const ready = new Promise<void>(resolve => child.stdout.on('data', chunk => (said += chunk).includes('ready') && resolve()));
		const gone = new Promise(resolve => child.on('close', resolve));
		await ready;
		await new Promise(resolve => setTimeout(resolve, delayMs));
		child.kill('SIGKILL');
		await gone;
		const safe = Number(said.trim().split('\n').at(-1)!.replace('ready ', ''));
		const session = openSession(hostAt(home), 'killed', 'seed');
		t.true(session.steps.length >= safe && session.steps.length <= safe + 1, `${session.steps.length} of ${safe}`);
		t.deepEqual(
			session.steps.map(step => step.run),
			typed.slice(0, session.steps.length),
		);
		session.close();
	}
});
