import path from 'node:path';
import test from 'ava';
import {lineOf, type SourceFile, sourceFiles} from '../helpers/source-files.js';

/** A file with `export default` is an entry of a registry; an `index.ts` above it must import it, once. */
function unlistedEntries(files: readonly SourceFile[]): string[] {
	const imported = new Map<string, number>();
	for (const {name, text} of files.filter(file => file.name.endsWith('/index.ts'))) {
		for (const [, target] of text.matchAll(/from '(\.[^']+)\.js'/g)) {
			const file = path.posix.join(path.posix.dirname(name), target!);
			imported.set(file, (imported.get(file) ?? 0) + 1);
		}
	}

	return files
		.filter(({name, text}) => !name.endsWith('/index.ts') && /^export default /m.test(text))
		.filter(({name}) => imported.get(name.replace(/\.tsx?$/, '')) !== 1)
		.map(
			({name, text}) =>
				`source/${name}:${lineOf(text, text.search(/^export default /m))}: listed ${imported.get(name.replace(/\.tsx?$/, '')) ?? 0} times; each entry stands once in the index.ts of its registry`,
		);
}

test('every registry entry is listed exactly once', t => {
	t.deepEqual(unlistedEntries(sourceFiles()), []);
});

test('the rule finds an entry that nobody lists', t => {
	const found = unlistedEntries([
		{name: 'checks/index.ts', text: "import file from './file.js';\nexport default [file];\n"},
		{name: 'checks/file.ts', text: 'export default {};\n'},
		{name: 'checks/lost.ts', text: 'const x = 1;\nexport default x;\n'},
	]);
	t.is(found.length, 1);
	t.regex(found[0]!, /^source\/checks\/lost\.ts:2: listed 0 times/);
});
