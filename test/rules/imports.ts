import path from 'node:path';
import test from 'ava';
import {lineOf, type SourceFile, sourceFiles} from '../helpers/source-files.js';

/** The rows of docs/architecture.md, top to bottom: an import may only point to a higher row or stay in its own folder. */
const rows = [
	['sim', 'regex'],
	['api', 'net', 'os', 'tls'],
	['shell', 'kinds'],
	['admission', 'controllers', 'node'],
	['images', 'commands'],
	['cluster'],
	['trace'],
	['checks'],
	['timeline'],
	['lab', 'serve'],
	['ui'],
	['cli'],
];

/** Those of the screen, within `ui`. */
const screenRows = [
	['words', 'glossary'],
	['state'],
	['text', 'keys', 'panels'],
	['table', 'slips', 'terminal'],
	['run'],
	['panes'],
	['layout', 'pages'],
	['app'],
	['views'],
	['screen'],
];

function wrongImports(files: readonly SourceFile[], of = rows): string[] {
	const rowOf = (folder: string) => of.findIndex(row => row.includes(folder));
	return files.flatMap(({name, text}) =>
		[...text.matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm)].flatMap(match => {
			const from = name.split('/')[0]!;
			const to = path.posix.join(path.posix.dirname(name), match[1] ?? match[2]!).split('/')[0]!;
			if (to === from || to === '..' || rowOf(to) < rowOf(from)) return [];
			const advice = rowOf(to) === rowOf(from) ? 'they stand on one row and are strangers' : 'it stands on a lower row';
			return [`source/${name}:${lineOf(text, match.index)}: "${from}" imports "${to}": ${advice}; see docs/architecture.md`];
		}),
	);
}

test('imports only point to a higher row', t => {
	t.deepEqual(wrongImports(sourceFiles()), []);
});

/** The screen's files, by their names within `ui`. */
const screenFiles = () => sourceFiles().flatMap(({name, text}) => (name.startsWith('ui/') ? [{name: name.slice('ui/'.length), text}] : []));

test('the screen is built in rows, too', t => {
	t.deepEqual(wrongImports(screenFiles(), screenRows), []);
});

test('every folder of source/, and of the screen, has a row', t => {
	const foldersOf = (files: readonly SourceFile[]) => [...new Set(files.map(file => file.name.split('/')[0]!))].sort();
	t.deepEqual(foldersOf(sourceFiles()), rows.flat().sort());
	t.deepEqual(foldersOf(screenFiles()), screenRows.flat().sort());
});

test('the rule finds an import that points down, and one between strangers', t => {
	const found = wrongImports([
		{name: 'net/a.ts', text: "import {x} from '../os/files.js';\n"},
		{name: 'sim/b.ts', text: "const later = await import('../cli/main.js');\n"},
		{name: 'cli/c.ts', text: "import {y} from '../sim/clock.js';\n"},
	]);
	t.is(found.length, 2);
	t.regex(found[0]!, /^source\/net\/a\.ts:1: .*strangers/);
	t.regex(found[1]!, /^source\/sim\/b\.ts:1: .*lower row/);
});
