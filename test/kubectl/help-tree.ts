import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {globalFlags} from '../../source/commands/kubectl/flags/flag.js';
import {refusedFlags, unseenFlags} from '../../source/commands/kubectl/flags/refused.js';
import {findVerb} from '../../source/commands/kubectl/kubectl.js';

/** What `--help` of the real kubectl 1.33 lists: every command with its own flags. */
const tree: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL('../data/kubectl/help-tree.json', import.meta.url), 'utf8'));

for (const [path, flags] of Object.entries(tree)) {
	if (path === '') continue;
	test(`kubectl ${path} is there with all its flags`, t => {
		const {verb, path: found} = findVerb(path.split(' '));
		t.is(found, `kubectl ${path}`);
		const known = new Set([...globalFlags, ...verb.flags].map(([name]) => name));
		t.deepEqual(
			flags.split(' ').filter(name => name !== '' && !known.has(name)),
			[],
		);
	});
}

/** All of kubectl's sources in one text. */
function sources(folder: URL): string {
	return readdirSync(folder, {withFileTypes: true})
		.map(entry => (entry.isDirectory() ? sources(new URL(`${entry.name}/`, folder)) : readFileSync(new URL(entry.name, folder), 'utf8')))
		.join('\n');
}

test('no flag is silently ignored: it is read somewhere, refused aloud, or nobody could see its effect', t => {
	const text = sources(new URL('../../source/commands/kubectl/', import.meta.url));
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	// Of commands that are refused as a whole, or whose names are put together (`docker-${part}`).
	const elsewhere = new Set([...tree['kustomize']!.split(' ')]);
	const names = new Set(
		Object.values(tree)
			.flatMap(flags => flags.split(' '))
			.filter(Boolean),
	);
	const ignored = [...names].filter(name => {
		if (refusedFlags.includes(name) || unseenFlags.includes(name) || elsewhere.has(name) || /^(docker|bound-object)-/.test(name))
			return false;
		return count(new RegExp(`'${name}'`, 'g')) <= count(new RegExp(`\\['${name}', '(?:bool|string|int|duration|strings|array)'`, 'g'));
	});
	t.deepEqual(ignored, []);
});
