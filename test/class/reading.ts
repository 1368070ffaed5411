import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {deflateRawSync} from 'node:zlib';
import test from 'ava';
import {readClass} from '../../source/cli/class/folder.js';
import {readZip} from '../../source/cli/class/zip.js';
import {readAnswers} from '../../source/lab/answers.js';
import {remarks} from '../../source/lab/report-words.js';
import {classCsv, readCsv} from '../../source/lab/class/csv.js';
import {decode} from '../../source/lab/class/decode.js';
import {refusalIn} from '../../source/lab/class/refusals-zh.js';
import {inCommon, kindOf} from '../../source/lab/class/in-common.js';
import {mergeReports, missingShards, shardOf} from '../../source/lab/class/merge.js';
import {shingles} from '../../source/lab/class/similarity.js';
import {inOrder} from '../../source/lab/class/class-report.js';
import {absentStudents, nameStudents, readRoster, studentOf} from '../../source/lab/class/students.js';
import {zipOf} from '../helpers/zip-of.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

test('text is read in the encodings that editors in China and on Windows save', t => {
	t.is(decode(bytesOf('\ufeffkubectl get svc # 服务\n')), 'kubectl get svc # 服务\n');
	t.is(decode(Uint8Array.from([...bytesOf('# '), 0xb7, 0xfe, 0xce, 0xf1, 10])), '# 服务\n');
	t.is(decode(Uint8Array.from([0xff, 0xfe, ...utf16('# 服务\n')])), '# 服务\n');
	t.is(decode(utf16('kubectl get pods\n')), 'kubectl get pods\n');
});

for (const [what, bytes, reason] of [
	['nothing', new Uint8Array(), /^it is empty$/],
	['blank lines', bytesOf(' \n\n'), /^it is empty$/],
	['a PDF', bytesOf('%PDF-1.7\n...'), /^it is a PDF, not text/],
	['a Word document', bytesOf('PK\u0003\u0004...'), /^it is a Word/],
	['noise', Uint8Array.from({length: 999}, (_, index) => (index * 7919) % 251), /^it is not text$/],
] as const)
	test(`${what} is no answer`, t => {
		t.regex(t.throws(() => decode(bytes))!.message, reason);
	});

test('every format that is no answer has a Chinese name', t => {
	for (const begin of [
		'%PDF-',
		'\u0089PNG',
		'\u00ff\u00d8\u00ff',
		'PK\u0003\u0004',
		'\u00d0\u00cf\u0011\u00e0',
		'\u001f\u008b',
		'Rar!',
		'7z\u00bc\u00af',
		'\u007fELF',
	]) {
		const reason = t.throws(() => decode(Uint8Array.from(`${begin}....`, character => character.charCodeAt(0))))!.message;
		t.regex(refusalIn('zh', reason), /^这是.+，不是文本；请提交/);
		t.notRegex(refusalIn('zh', reason), /这是 an? /);
	}
});

test('a recording that would keep a core busy for hours is refused with its reason, in both languages', t => {
	const bundle = (steps: unknown[]) => JSON.stringify({kubelab: 1, lab: 'ipvs-switch', seed: '1', steps});
	const refusals = [
		[{run: 'true', atMs: 1e12}],
		[{run: 'true', atMs: 5, forMs: 1e15}],
		[{run: 'true', atMs: -5}],
		Array.from({length: 10_001}, () => ({run: 'true'})),
	].map(steps => t.throws(() => readAnswers(bundle(steps)))!.message);
	t.deepEqual(refusals, [
		'its session lasted more than 8 hours; hand in its commands as a text file',
		'its session lasted more than 8 hours; hand in its commands as a text file',
		'it looks like a bundle of "kubelab export", but its fields are damaged',
		'it has 10001 commands; at most 10000 are run',
	]);
	for (const reason of refusals) t.notRegex(refusalIn('zh', reason), /session|damaged|commands/);
});

test('a zip is read, with names in the code page of Chinese Windows', t => {
	const entries = readZip(zipOf([{name: Uint8Array.from([0xd5, 0xc5, 0xc8, 0xfd, ...bytesOf('.sh')]), content: 'ls\n'}]));
	t.deepEqual(
		entries.map(entry => [entry.name, Buffer.from(entry.read()).toString()]),
		[['张三.sh', 'ls\n']],
	);
});

// Other systems take only names that are UTF-8.
(process.platform === 'linux' ? test : test.skip)('a folder is read, with a name in that code page', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-names-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]), Buffer.from('.sh')]), 'ls\n');
	t.deepEqual(
		readClass(folder).map(each => [each.file, Buffer.from(each.read()).toString()]),
		[['张三.sh', 'ls\n']],
	);
});

test('a zip whose paths lead out of it is refused', t => {
	for (const name of ['../../etc/cron.d/x', '/etc/passwd', 'C:\\x.sh', 'a/../../b'])
		t.throws(() => readZip(zipOf([{name: bytesOf(name), content: 'x'}]))[0]!.read(), {message: 'its path leads out of the archive'});
});

test('JSON that is no bundle is no answer', t => {
	for (const text of ['[]', '{}', '[[1]]', '{"kind": "Pod"}'])
		t.regex(t.throws(() => readAnswers(text))!.message, /^it is JSON, but no bundle/);
	for (const text of ['[ -f /x ] && ls', '{ ls; }', '[root@k8s-master ~]# ls', '[]; ls']) t.notThrows(() => readAnswers(text));
});

test('whoever takes fingerprints out of a recording takes the proof away', t => {
	const timeline = ['a', 'b\nc'].map(run => ({run, exitCode: 0, at: 0}));
	const told = (proof: any) => remarks({notSimulated: [], timeline, proof}, 'en');
	t.deepEqual(told({steps: 2}), ['replay: the same world after each of 2 steps']);
	t.deepEqual(told({steps: 0}), ['replay: 2 of 2 steps carry no fingerprint: whether they led there is not proved']);
	t.regex(told({steps: 2, diverged: {step: 2, run: 'b\nc'}})[0]!, /^replay: another world from step 2 on \(b\.\.\.\);/);
	t.throws(() => readAnswers('{"kubelab":2,"lab":"a","seed":"1","steps":[]}'), {
		message: /^it is a bundle of form 2, and this kubelab reads form 1/,
	});
});

test('a zip bomb is refused, whether it says its size or lies about it', t => {
	const honest = zipOf([{name: bytesOf('a'), content: 'x', claims: 2 ** 30}]);
	t.regex(t.throws(() => readZip(honest))!.message, /refused as a zip bomb/);
	const liar = readZip(zipOf([{name: bytesOf('a'), content: '\0'.repeat(5_000_000), claims: 100}]));
	t.regex(t.throws(() => liar[0]!.read())!.message, /larger than the archive says/);
	t.true(deflateRawSync('\0'.repeat(5_000_000)).length < 10_000);
});

test('a zip that is cut off is refused', t => {
	const whole = zipOf([{name: bytesOf('a.sh'), content: 'kubectl get pods\n'}]);
	for (let length = 0; length < whole.length; length += 3)
		t.throws(() => readZip(whole.subarray(0, length)), {message: /damaged zip/}, `cut at ${length}`);
});

test('names come from the roster, from Moodle, from a folder of one file, from the file', t => {
	const roster = readRoster('学号;姓名\r\n12;李雷\r\n120;韩梅梅\r\n7;王五\r\n');
	const files = ['120.sh', '12_ipvs-switch.sh', '张三_1024_assignsubmission_file_/answer.sh', 'team/a.sh', 'team/b.sh', 'x/zhang-wei.txt'];
	const students = nameStudents(files, roster, ['ipvs-switch']);
	t.deepEqual(
		files.map(file => students.get(file)!.name),
		['韩梅梅', '李雷', '张三', 'a', 'b', 'x'],
	);
	t.deepEqual(
		absentStudents(roster, students.values()).map(each => each.name),
		['王五'],
	);
	t.throws(() => readRoster('a,b\n1,2\n'), {message: /no column "name"/});
});

test('CSV: quotes, separators and line ends come back as they were; formulas are text', t => {
	t.deepEqual(readCsv('\ufeffa,b\r\n"x ""y"", z","two\nlines"\r\n'), [
		['a', 'b'],
		['x "y", z', 'two\nlines'],
	]);
	t.throws(() => readCsv('a,b\n"open,1\n'), {message: /quotation mark/});
	const submission = (name: string) => ({file: 'f', student: {name}, status: 'unmarked' as const, reason: 'r'});
	const csv = classCsv({
		kubelab: 1,
		form: 'class',
		shards: [1],
		shardCount: 1,
		submissions: ['=cmd()', '+1', '-1', '@x', '张三'].map(submission),
	});
	t.true(csv.startsWith('\ufeff'));
	t.deepEqual(
		readCsv(csv)
			.slice(1)
			.map(row => row[0]),
		["'=cmd()", "'+1", "'-1", "'@x", '张三'],
	);
	t.true(csv.split('\n').every(line => line === '' || line.endsWith('\r')));
});

test('shards hold everything once, and join to the whole', t => {
	const files = ['a', 'b', 'c', 'd', 'e'];
	const part = (shard: number) => ({
		kubelab: 1 as const,
		form: 'class' as const,
		shards: [shard],
		shardCount: 2,
		submissions: shardOf(files, shard, 2).map(file => ({file, student: {name: file}, status: 'unmarked' as const})),
	});
	const whole = mergeReports([part(2), part(1)]);
	t.deepEqual(
		whole.submissions.map(each => each.file),
		files,
	);
	t.deepEqual(missingShards(whole), []);
	t.deepEqual(missingShards(mergeReports([part(2)])), [1]);
	t.throws(() => mergeReports([part(1), part(1)]), {message: /shard 1 of 2 is there twice/});
});

test('renaming everything hides nothing from the comparison', t => {
	const typed = (name: string) => [`kubectl create deployment ${name} --image=myapp:v1`, `kubectl expose deployment ${name} --port 80`];
	t.deepEqual(shingles(typed('web')), shingles(typed('shop')));
	t.notDeepEqual(shingles(typed('web')), shingles([...typed('web')].reverse()));
});

test('what each seed drew otherwise is left out of what a class has in common', t => {
	t.is(inCommon(['same Service (10.96.80.55), open', 'same Service (10.96.80.7), open']), 'same Service (…), open');
	t.is(inCommon(['one', 'one']), 'one');
	t.is(inCommon(['one', 'quite another']), 'one');
	const [a, b] = ['pod web-5d8-x2 -> 10.96.0.9:80/: connection refused', 'pod web-77-q1 -> 10.96.0.12:80/: connection refused'];
	t.is(kindOf(a!), kindOf(b!));
	t.not(kindOf(a!), kindOf(a!.replace('refused', 'reset')));
});

test('the order of a report is that of the roster; who is not on it stands behind', t => {
	const roster = readRoster('name,file\nZoe,z\nAnn,a\nBob,b\n');
	const students = nameStudents(['a.sh', 'x.sh', 'z.sh'], roster, []);
	const files = [...students].map(([file, student]) => ({file, student, status: 'unmarked' as const}));
	const absent = absentStudents(roster, students.values()).map(entry => ({
		file: 'roster:b',
		student: studentOf(entry),
		status: 'absent' as const,
	}));
	t.deepEqual(
		[...files, ...absent].sort(inOrder).map(({student}) => student.name),
		['Zoe', 'Ann', 'Bob', 'x'],
	);
});
