import {mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {readCsv} from '../../source/lab/class/csv.js';
import {runCli} from '../helpers/run-cli.js';
import {root} from '../helpers/source-files.js';
import {zipOf} from '../helpers/zip-of.js';

const solution = readFileSync(path.join(root, 'labs/ipvs-switch/solution.sh'), 'utf8');
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Two good answers, a half one, and every kind of bad file. */
function makeClass(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-class-'));
	const put = (name: string, content: string | Uint8Array) => {
		mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
		writeFileSync(path.join(folder, name), content);
	};
	put('张三.sh', solution);
	put('utf16.sh', Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Buffer.from(solution, 'utf16le'))]));
	put('half_<b>.sh', 'kubectl get pods\nwhile true; do sleep 1; done\n');
	put('bundle.json', JSON.stringify({kubelab: 1, lab: 'cluster-tour', seed: 's', steps: []}));
	put('broken.json', '{"kubelab": 1, "lab"');
	put('empty.sh', '');
	put('huge.sh', new Uint8Array(9 * 2 ** 20));
	put(
		'noise.bin',
		Uint8Array.from({length: 999}, (_, index) => (index * 7919) % 251),
	);
	put('cut.zip', zipOf([{name: bytesOf('a.sh'), content: solution}]).subarray(0, 50));
	put('handed/in.zip', zipOf([{name: bytesOf('a.sh'), content: solution}]));
	put('evil.zip', zipOf([{name: bytesOf('../evil.sh'), content: solution}]));
	put('.DS_Store', 'x');
	symlinkSync('/etc/hostname', path.join(folder, 'link.sh'));
	return folder;
}

test('a class with every kind of bad file gives every mark it can, in CSV, HTML and JUnit', async t => {
	t.timeout(300_000);
	const folder = makeClass();
	const out = (name: string) => path.join(folder, '..', `${path.basename(folder)}.${name}`);
	writeFileSync(out('roster'), 'name,id\n张三,7\n王五,8\n');
	const reports = ['csv', 'html', 'junit'].flatMap(form => [`--${form}`, out(form)]);
	const argv = ['grade', folder, '--lab', 'ipvs-switch', '--roster', out('roster'), '--json', '--threads', '2', ...reports];
	const {exitCode, stdout, stderr} = await runCli(argv);
	t.is(stderr, '');
	t.is(exitCode, 1);
	const {submissions} = JSON.parse(stdout);
	t.deepEqual(
		submissions.map((each: any) => [each.file, each.report?.score ?? each.reason.replace(/[(;:].*$/, '').trim()]),
		[
			['张三.sh', 100],
			['roster:8', 'no file of this student was found'],
			['broken.json', 'it looks like a bundle of "kubelab export", but it is not valid JSON'],
			['bundle.json', 'it is a bundle of the lab "cluster-tour", not of "ipvs-switch"'],
			['cut.zip', 'it is a damaged zip archive'],
			['empty.sh', 'it is empty'],
			['evil.zip/../evil.sh', 'its path leads out of the archive'],
			['half_<b>.sh', 0],
			['handed/in.zip/a.sh', 100],
			['huge.sh', 'it has 9437184 bytes'],
			['link.sh', 'it is a link'],
			['noise.bin', 'it is not text'],
			['utf16.sh', 100],
		],
	);

	const csv = readCsv(readFileSync(out('csv'), 'utf8'));
	t.deepEqual(csv.find(row => row[0] === '张三')!.slice(0, 8), ['张三', '7', '张三.sh', 'ipvs-switch', 'marked', '100', '100', '100']);
	t.true(csv.every(row => row.length === csv[0]!.length));

	const page = readFileSync(out('html'), 'utf8');
	t.notRegex(page, /<script|<link|<img|<iframe|\b(?:src|href)=|@import|url\(|half_<b>/i);
	t.regex(page, /default-src 'none'/);
	for (const text of ['张三', 'half_&lt;b&gt;', 'ipvsadm is installed on every node', '3 of 4 met it', 'while true', '0:0'])
		t.true(page.includes(text), text);

	const chinese = path.join(folder, '..', `${path.basename(folder)}.json`);
	writeFileSync(chinese, stdout);
	t.is((await runCli(['grade', '--merge', chinese, '--lang', 'zh', '--html', out('zh')])).exitCode, 1);
	const translated = readFileSync(out('zh'), 'utf8');
	for (const text of ['<html lang="zh">', '目标与常见错误', '4 人中 3 人达成', '未提交', '✗ 未达成'])
		t.true(translated.includes(text), text);
	t.notRegex(translated, /met it|missed|Students|\$\{|undefined/);

	const junit = readFileSync(out('junit'), 'utf8');
	t.is(junit.match(/<testsuite /g)!.length, submissions.length);
	t.is(junit.match(/<error /g)!.length, submissions.filter((each: any) => !each.report).length);
});

test('shards on two machines give, joined, the bytes of one run', async t => {
	t.timeout(300_000);
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-class-'));
	for (const name of ['a', 'b']) writeFileSync(path.join(folder, `${name}_cluster-tour.sh`), 'kubectl get nodes\n');
	const whole = await runCli(['grade', folder, '--json', '--threads', '1']);
	t.is(whole.exitCode, 0);
	t.deepEqual(
		JSON.parse(whole.stdout).submissions.map((each: any) => each.student.name),
		['a', 'b'],
	);
	const parts: string[] = [];
	for (const shard of ['2/2', '1/2']) {
		const file = path.join(folder, '..', `${path.basename(folder)}-${shard[0]}.json`);
		writeFileSync(file, (await runCli(['grade', folder, '--json', '--threads', '1', '--shard', shard])).stdout);
		parts.push(file);
	}
	const merged = await runCli(['grade', '--merge', ...parts, '--json']);
	t.deepEqual(JSON.parse(merged.stdout).submissions, JSON.parse(whole.stdout).submissions);
	t.regex((await runCli(['grade', '--merge', parts[0]!])).stderr, /shard 1 of 2 is missing/);
});

for (const [what, argv, exitCode, message] of [
	['a folder that is not there', ['/nowhere'], 3, /there is no such file or folder/],
	['a lab that is not there', ['.', '--lab', 'nothing'], 3, /there is no lab "nothing"/],
	['a shard beyond the last', ['.', '--shard', '3/2'], 2, /not I\/N/],
	['a report that is none', ['--merge', 'package.json'], 3, /not what "kubelab grade --json" printed/],
] as const)
	test(`refuses ${what}`, async t => {
		const result = await runCli(['grade', ...argv]);
		t.is(result.exitCode, exitCode);
		t.regex(result.stderr, message);
	});
