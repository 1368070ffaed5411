import test from 'ava';
import {codeOnly, lineOf, type SourceFile, sourceFiles} from '../helpers/source-files.js';

/** What must not be reached for below `cli`, and what to use instead. */
const ambient: ReadonlyArray<readonly [form: RegExp, advice: string]> = [
	[/\bDate\.now\b|\bnew Date\(\)/g, 'time comes from sim.clock'],
	[/\bMath\.random\b/g, 'randomness comes from a fork of sim.random'],
	[/\b(?:setTimeout|setInterval)\(/g, 'due work is sim.clock.schedule'],
	[/\bIntl\b|\.localeCompare\(|\.toLocale\w+\(/g, 'bytes must not depend on the locale'],
	[
		/(?<![\w.'])process\.(?:exit|cwd|env|stdin|stdout|stderr|platform|hrtime|nextTick|memoryUsage|versions)\b/g,
		'only cli may touch process',
	],
	[/\b(?:randomBytes|randomUUID|randomInt|getRandomValues)\b/g, 'randomness comes from a fork of sim.random'],
	[/from 'node:(?:fs|os|process|child_process|net|http|timers)(?:\/promises)?'/g, 'only cli may touch the real machine'],
];

/** Promises belong to the shell, to whoever drives it, to the real network, and to the screen. */
const mayWait = new Set(['shell', 'serve', 'lab', 'ui', 'cli']);

function ambientUses(files: readonly SourceFile[]): string[] {
	return files.flatMap(({name, text}) => {
		const folder = name.split('/')[0]!;
		if (folder === 'cli') return [];
		const code = codeOnly(text);
		const forms = [
			...ambient,
			...(mayWait.has(folder)
				? []
				: [[/\basync\b|\bawait\b|\bnew Promise\b/g, 'the world is synchronous; see docs/architecture.md'] as const]),
		];
		return forms.flatMap(([form, advice]) => {
			const source = form.source.startsWith('from') ? text : code;
			return [...source.matchAll(form)]
				.filter(match => !allowed(name, match[0]))
				.map(match => `source/${name}:${lineOf(source, match.index)}: ${match[0].trim()}: ${advice}`);
		});
	});
}

/** Exceptions, each with its reason. */
const exceptions: ReadonlyArray<{readonly file: string; readonly form: RegExp; readonly reason: string}> = [
	{file: 'serve/', form: /node:(?:https?|net|tls|crypto)/, reason: "serves the API on loopback to a real kubectl, by the user's wish"},
	{
		file: 'shell/',
		form: /setTimeout|setImmediate/,
		reason: 'lets the event loop turn in a busy loop, so that ctrl-c is heard; no result depends on it',
	},
];

const allowed = (name: string, found: string) => exceptions.some(({file, form}) => name.startsWith(file) && form.test(found));

test('no ambient time, randomness, locale or machine below cli; no promises in the world', t => {
	t.deepEqual(ambientUses(sourceFiles()), []);
});

test('the rule finds each of them, and not their names in prose', t => {
	const found = ambientUses([
		{name: 'net/a.ts', text: 'const now = Date.now();\nconst die = Math.random();\n// Date.now() in a comment\n'},
		{name: 'api/b.ts', text: "import fs from 'node:fs';\nexport async function x() {}\nlist.sort((a, b) => a.localeCompare(b));\n"},
		{name: 'cli/c.ts', text: 'setTimeout(x, process.argv.length);\n'},
	]);
	t.deepEqual(found.map(line => line.split(':').slice(0, 2).join(':')).sort(), [
		'source/api/b.ts:1',
		'source/api/b.ts:2',
		'source/api/b.ts:3',
		'source/net/a.ts:1',
		'source/net/a.ts:2',
	]);
});
