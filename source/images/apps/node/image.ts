import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {interpreter} from '../interpreter.js';

const versions: Readonly<Record<string, string>> = {
	'24': '24.1.0',
	'22': '22.15.1',
	'20': '20.19.2',
	'18': '18.20.8',
	'16': '16.20.2',
	'14': '14.21.3',
};
const sizes: Readonly<Record<string, number>> = {'': 392, '-slim': 76, '-alpine': 52};
const tags = Object.keys(versions).flatMap(version => Object.keys(sizes).map(kind => [`${version}${kind}`, sizes[kind]!] as const));

/** Its scripts are not simulated: what `node` is asked for says so. */
export default {
	repository: 'docker.io/library/node',
	aliases: mirrors('node'),
	tags: tagsOf(Object.fromEntries([['latest', 400], ['lts', 390], ['alpine', 52], ['slim', 76], ['lts-alpine', 52], ...tags]), tag => ({
		entrypoint: ['docker-entrypoint.sh'],
		wordsGoTo: 'node',
		command: ['node'],
		env: {NODE_VERSION: versions[/^\d+/.exec(tag)?.[0] ?? (tag.startsWith('lts') ? '22' : '24')]!},
		files: {'/etc/os-release': osRelease.debian},
	})),
	binaries: {node: interpreter({name: 'nodejs', version: ({env}) => `v${env['NODE_VERSION'] ?? '22.15.1'}`})},
	tools: [...debianSlimTools, '/usr/local/bin/node', '/usr/local/bin/npm', '/usr/local/bin/docker-entrypoint.sh'],
} satisfies Image;
