import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {root} from '../helpers/source-files.js';

interface Document {
	readonly name: string;
	readonly text: string;
}

const documents = (): Document[] =>
	['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...readdirSync(path.join(root, 'docs')).map(name => `docs/${name}`)]
		.filter(name => name.endsWith('.md'))
		.map(name => ({name, text: readFileSync(path.join(root, name), 'utf8')}));

const exists = (name: string) => existsSync(path.join(root, name));
const foldersOf = (name: string) =>
	readdirSync(path.join(root, name), {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));

/** Files are named from the root or from source/; `<name>` and `*` stand for any. Labs are left out: the texts make some up. */
function brokenPaths({name, text}: Document): string[] {
	const folders = new Set([...foldersOf(''), ...foldersOf('source')].filter(folder => folder !== 'labs'));
	const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
		.map(([, target = '']) => target)
		.filter(target => !/^https?:/.test(target) && !exists(path.join(path.dirname(name), target)));
	const words = [...text.matchAll(/`([^`\n]+)`/g)]
		.flatMap(([, quoted = '']) => quoted.split(/[\s,]+/))
		.filter(word => /^[\w.-]+(?:\/[\w.-]+)+\/?$/.test(word) && folders.has(word.split('/')[0]!))
		.filter(word => !exists(word) && !exists(`source/${word}`));
	return [...links, ...words].map(word => `${name}: "${word}" does not exist`);
}

function unknownScripts({name, text}: Document): string[] {
	const {scripts} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {scripts: Record<string, string>};
	return [...text.matchAll(/\bnpm run ([a-z][\w-]*)/g)].flatMap(([, script = '']) =>
		script in scripts ? [] : [`${name}: "npm run ${script}" is no script of package.json`],
	);
}

test('what the texts name is there', t => {
	t.deepEqual(
		documents().flatMap(document => [...brokenPaths(document), ...unknownScripts(document)]),
		[],
	);
});

test('the README counts the labs', t => {
	const labs = readdirSync(path.join(root, 'labs')).filter(name => exists(`labs/${name}/lab.yaml`));
	t.true(readFileSync(path.join(root, 'README.md'), 'utf8').includes(`${labs.length} labs`), `there are ${labs.length}`);
});

test('the rule finds a file that is gone, and nothing in a command', t => {
	const text = 'See `net/gone.ts` and [this](gone.md), `kubectl get pod/web`, `net/walk.ts`, `npm run nothing`, `source/kinds/<kind>/`.';
	t.deepEqual(brokenPaths({name: 'docs/x.md', text}), ['docs/x.md: "gone.md" does not exist', 'docs/x.md: "net/gone.ts" does not exist']);
	t.deepEqual(unknownScripts({name: 'docs/x.md', text}), ['docs/x.md: "npm run nothing" is no script of package.json']);
});
