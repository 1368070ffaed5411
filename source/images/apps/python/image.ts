import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {python} from './python.js';

const versions: Readonly<Record<string, string>> = {
	'3': '3.13.3',
	'3.13': '3.13.3',
	'3.12': '3.12.10',
	'3.11': '3.11.12',
	'3.10': '3.10.17',
	'3.9': '3.9.22',
	'3.8': '3.8.20',
};
const sizes: Readonly<Record<string, number>> = {'': 365, '-slim': 42, '-alpine': 17, '-bookworm': 365, '-slim-bookworm': 42};

const plain = Object.keys(versions).flatMap(version => Object.keys(sizes).map(kind => [`${version}${kind}`, sizes[kind]!] as const));

export default {
	repository: 'docker.io/library/python',
	aliases: mirrors('python'),
	tags: tagsOf(Object.fromEntries([['latest', 365], ['slim', 42], ['alpine', 17], ...plain]), tag => ({
		entrypoint: [],
		command: ['python3'],
		env: {
			PATH: '/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
			LANG: 'C.UTF-8',
			PYTHON_VERSION: versions[/^[\d.]+/.exec(tag)?.[0] ?? '3']!,
		},
		workingDir: '/',
		files: {'/etc/os-release': osRelease.debian},
	})),
	program: python,
	binaries: {python3: python, python},
	tools: [...debianSlimTools, '/usr/local/bin/python3', '/usr/local/bin/python', '/usr/local/bin/pip'],
} satisfies Image;
