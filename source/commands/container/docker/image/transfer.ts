import {EngineError} from '../../../../node/engine/model.js';
import {familiar, fullName} from '../../../../node/engine/images.js';
import {hasTagOrDigest, parseReference} from '../../../../node/image/image-reference.js';
import {layersOf, manifestJson} from '../../../../node/registry/content.js';
import {failure, notSimulated} from '../failure.js';
import {savedCredentials} from '../system/credentials.js';
import {shortId} from '../text.js';
import type {Verb} from '../verb.js';
import {pullSteps} from './pull-steps.js';
import {manifestOf} from '../../../../node/registry/manifest.js';

function referenceOf(text: string) {
	const reference = parseReference(text);
	if ('error' in reference) throw failure(reference.error);
	return reference;
}

export const pull: Verb = {
	name: 'pull',
	aliases: ['image pull'],
	summary: 'Download an image from a registry',
	usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
	options: [
		['all-tags', '!bool', 'a'],
		['disable-content-trust', 'bool'],
		['platform', '!string'],
		['quiet', 'bool', 'q'],
	],
	arguments: [1, 1],
	*run(call) {
		const [text = ''] = call.args;
		const reference = referenceOf(text);
		const quiet = call.values.bool('quiet');
		if (!hasTagOrDigest(text) && !quiet) call.out('Using default tag: latest\n');
		yield* pullSteps(call, reference, {say: quiet ? () => undefined : call.out, bare: quiet});
		if (quiet) call.out(`${reference.name}\n`);
		return 0;
	},
};

const pushMs = 400;

export const push: Verb = {
	name: 'push',
	aliases: ['image push'],
	summary: 'Upload an image to a registry',
	usage: '[OPTIONS] NAME[:TAG]',
	options: [
		['all-tags', '!bool', 'a'],
		['disable-content-trust', 'bool'],
		['platform', '!string'],
		['quiet', 'bool', 'q'],
	],
	arguments: [1, 1],
	*run(call) {
		const {engine, io, args, out} = call;
		const [text = ''] = args;
		const reference = referenceOf(text);
		const say = call.values.bool('quiet') ? () => undefined : out;
		if (!hasTagOrDigest(text)) say('Using default tag: latest\n');
		const image = engine.images.find(reference.name);
		const shown = familiar(reference.repository);
		say(`The push refers to repository [${reference.repository}]\n`);
		if (!image) throw failure(`An image does not exist locally with the tag: ${shown}`);
		const all = layersOf(image.resolved).toReversed();
		const {layers, error} = engine.push(reference, image.resolved, savedCredentials(io, reference.registry));
		say(all.map(layer => `${shortId(layer.digest)}: Preparing\n`).join(''));
		yield {sleepMs: pushMs};
		if (error) throw failure(error.message);
		for (const {digest, state} of [...layers].reverse()) say(`${shortId(digest)}: ${state}\n`);
		say(`${reference.tag}: digest: ${image.resolved.digest} size: ${manifestJson(image.resolved).length}\n`);
		if (call.values.bool('quiet')) out(`${reference.name}\n`);
		return 0;
	},
};

export const tag: Verb = {
	name: 'tag',
	aliases: ['image tag'],
	summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
	usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
	options: [],
	arguments: [2, 2],
	*run({engine, args}) {
		const [source = '', target = ''] = args;
		const reference = parseReference(target);
		if ('error' in reference || target.includes('@'))
			throw failure(
				`Error parsing reference: ${JSON.stringify(target)} is not a valid repository/tag: ${'error' in reference ? reference.error : 'refusing to create a tag with a digest reference'}`,
			);
		const image = engine.images.get(source);
		engine.images.put(fullName(target), manifestOf(image.resolved));
		engine.event('image', 'tag', image.id, {name: familiar(reference.name)});
		return 0;
	},
};

export const search: Verb = {
	name: 'search',
	summary: 'Search Docker Hub for images',
	usage: '[OPTIONS] TERM',
	options: [
		['filter', '!list', 'f'],
		['format', '!string'],
		['limit', 'int'],
		['no-trunc', 'bool'],
	],
	arguments: [1, 1],
	*run(call) {
		const {engine, args, values, out} = call;
		const [term = ''] = args;
		const limit = values.int('limit') ?? 25;
		if (limit < 1 || limit > 100) throw new EngineError(`Limit ${limit} is outside the range of [1, 100]`);
		if (term.includes('/') && /[.:]/.test(term.split('/')[0]!)) throw notSimulated(`docker search ${term}`);
		const names = [...new Set(engine.registries.catalogue('docker.io/').map(each => each.repository.replace(/^library\//, '')))];
		const found = names
			.filter(name => name.includes(term.replace(/^library\//, '')))
			.sort((a, b) => Number(b === term) - Number(a === term) || Number(a.includes('/')) - Number(b.includes('/')) || (a < b ? -1 : 1));
		yield {sleepMs: 600};
		out(searchTable(found.slice(0, limit), values.bool('no-trunc')));
		return 0;
	},
};

const descriptions: Readonly<Record<string, string>> = {
	alpine: 'A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!',
	busybox: 'Busybox base image.',
	centos: 'DEPRECATED; The official build of CentOS.',
	debian: "Debian is a Linux distribution that's composed entirely of free and open-source software.",
	httpd: 'The Apache HTTP Server Project',
	mysql: 'MySQL is a widely used, open-source relational database management system (RDBMS).',
	nginx: 'Official build of Nginx.',
	node: 'Node.js is a JavaScript-based platform for server-side and networking applications.',
	python: 'Python is an interpreted, interactive, object-oriented, open-source programming language.',
	redis: 'Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.',
	registry: 'Distribution implementation for storing and distributing of container images and artifacts',
	ubuntu: 'Ubuntu is a Debian-based Linux operating system based on free software.',
};

/** Stars that do not change: nobody here can give one. */
const stars = (name: string) => [...name].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 20_011, 7);

function searchTable(names: readonly string[], noTrunc: boolean): string {
	const rows = names.map(name => {
		const text = descriptions[name] ?? '';
		const official = !name.includes('/');
		return [
			name,
			noTrunc || text.length <= 45 ? text : `${text.slice(0, 44)}…`,
			String(official ? stars(name) : stars(name) % 60),
			official ? '[OK]' : '',
		];
	});
	const all = [['NAME', 'DESCRIPTION', 'STARS', 'OFFICIAL'], ...rows];
	const widths = [0, 1, 2].map(column => Math.max(...all.map(row => row[column]!.length), [20, 20, 5][column]!));
	return all.map(row => `${row.map((cell, column) => (column === 3 ? cell : cell.padEnd(widths[column]! + 3))).join('')}\n`).join('');
}
