import {existsSync, readdirSync, readFileSync} from 'node:fs';
import test from 'ava';

/** What the course documents ask for has a number: document and row. How many rows each document has. */
const rowsOf: Readonly<Record<string, number>> = {'0': 24, '1': 11, '2': 8, '3': 11, '4': 3};
const all = Object.entries(rowsOf).flatMap(([document, count]) => Array.from({length: count}, (_, i) => `${document}.${i + 1}`));

/** Rows that a lab plays: its solutions are proved, and its wrong answers are refused, with all other labs. */
const inLabs: Readonly<Record<string, readonly string[]>> = {
	'0.16': ['ingress-deploy'],
	'0.18': ['ingress-paths', 'ingress-hosts'],
	'0.19': ['ingress-tls'],
	'0.20': ['ingress-auth'],
	'0.21': ['ingress-rewrite'],
	'0.22': ['canary-header', 'canary-weight'],
	'0.23': ['ingress-no-endpoints'],
	'1.5': ['pv-pvc'],
};

/** Rows that are a program of their own, with tests of its own. */
const inFolders: Readonly<Record<string, string>> = {'0.24': 'test/ui', '1.11': 'test/helm'};

/** The numbers at the head of a title: `0.2, 0.3 ...`, `3.8 to 3.10 ...`. */
function rowsIn(title: string): string[] {
	const head = /^(?:\d\.\d+(?:, | to | ))+/.exec(title)?.[0] ?? '';
	const range = /^(\d)\.(\d+) to \d\.(\d+) $/.exec(head);
	if (!range) return head.match(/\d\.\d+/g) ?? [];
	const [, document, from, to] = range;
	return Array.from({length: Number(to) - Number(from) + 1}, (_, i) => `${document}.${Number(from) + i}`);
}

const root = new URL('../../', import.meta.url);
const titles = ['documents', 'engine', 'metallb'].flatMap(folder =>
	readdirSync(new URL(`test/${folder}/`, root))
		.filter(name => name.endsWith('.ts'))
		.flatMap(name => [...readFileSync(new URL(`test/${folder}/${name}`, root), 'utf8').matchAll(/^(?:test|types)\(\s*(['"])(.+?)\1,/gm)])
		.map(([, , title]) => title!),
);
const typed = new Set(titles.flatMap(rowsIn));
const course = readFileSync(new URL('labs/course.yaml', root), 'utf8');

for (const row of all) {
	test(`row ${row} of the documents is typed by a test or played by a lab`, t => {
		const labs = inLabs[row] ?? [];
		for (const lab of labs) t.true(course.includes(`- ${lab}\n`), lab);
		const folder = inFolders[row];
		t.true(typed.has(row) || labs.length > 0 || (folder !== undefined && existsSync(new URL(`${folder}/`, root))), row);
	});
}

test('no title has the number of a row that is not there', t => {
	t.deepEqual(
		[...typed].filter(row => !all.includes(row)),
		[],
	);
});
