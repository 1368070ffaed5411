import {execFile} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {promisify} from 'node:util';
import test from 'ava';
import {globalFlags} from '../../source/commands/kubectl/flags/flag.js';
import {findKubectl} from '../../scripts/real-kubectl/find.js';
import {refusedFlags, unseenFlags} from '../../source/commands/kubectl/flags/refused.js';
import {findVerb} from '../../source/commands/kubectl/find-verb.js';

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

const kubectl = findKubectl();
const withKubectl = kubectl ? test : test.skip;
if (!kubectl) console.log('test/kubectl/help-tree: no kubectl 1.33 on this machine; its help is not walked');

const run = promisify(execFile);

withKubectl('the tree is what the help of the real kubectl lists', async t => {
	const found: Record<string, string> = {};
	let paths: string[][] = [[]];
	while (paths.length > 0) {
		const below: string[][] = [];
		// A few at a time: each is a process of its own.
		for (let at = 0; at < paths.length; at += 4) {
			const answers = await Promise.all(
				paths.slice(at, at + 4).map(async path => ({path, text: (await run(kubectl!, [...path, '--help'])).stdout})),
			);
			for (const {path, text} of answers) {
				found[path.join(' ')] = [...text.matchAll(/^ {4}(?:-\w, )?--([\w-]+)=/gm)]
					.map(([, name]) => name!)
					.sort()
					.join(' ');
				const commands = /^(?:[\w ()]*[Cc]ommands[^\n]*:\n(?: {2}\S.*\n)+\n?)+/gm;
				for (const [block] of text.matchAll(commands))
					for (const [, name] of block.matchAll(/^ {2}([a-z][\w-]*) {2,}/gm)) below.push([...path, name!]);
			}
		}

		paths = below;
	}

	const sorted = (text: string) => text.split(' ').filter(Boolean).sort();
	for (const [path, flags] of Object.entries(tree)) t.deepEqual(sorted(found[path] ?? 'missing'), sorted(flags), `kubectl ${path}`);
	t.deepEqual(
		Object.keys(found).filter(path => tree[path] === undefined),
		[],
	);
});
