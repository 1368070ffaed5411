import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {released, versionIn} from '../version.js';
import {tcpServer} from './tcp-server.js';

const executable = '/usr/local/bin/memcached';

type Items = Readonly<Record<string, readonly [flags: string, value: string]>>;

/** The text protocol, as far as somebody types it into `nc`. */
function answer(context: ProgramContext, bytes: string): string {
	let said = '';
	const lines = bytes.split('\r\n').length > 1 ? bytes.split('\r\n') : bytes.split('\n');
	const keep = (change: (items: Items) => Items) => {
		context.memory = {...context.memory, items: change(context.memory?.items ?? {})};
	};
	for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
		const [word, ...args] = line.split(' ');
		const items: Items = context.memory?.items ?? {};
		if (line === '' && lines.length === 0) break;
		if (word === 'get')
			said += `${args.flatMap(key => (items[key] ? [`VALUE ${key} ${items[key][0]} ${items[key][1].length}\r\n${items[key][1]}\r\n`] : [])).join('')}END\r\n`;
		else if (word === 'set') {
			const value = lines.shift() ?? '';
			keep(before => ({...before, [args[0] ?? '']: [args[1] ?? '0', value]}));
			said += 'STORED\r\n';
		} else if (word === 'delete') {
			said += items[args[0] ?? ''] ? 'DELETED\r\n' : 'NOT_FOUND\r\n';
			keep(before => Object.fromEntries(Object.entries(before).filter(([key]) => key !== args[0])));
		} else if (word === 'flush_all') {
			keep(() => ({}));
			said += 'OK\r\n';
		} else if (word === 'version') said += `VERSION ${versionIn(context.machine, executable, '1.6.38')}\r\n`;
		else if (word === 'stats')
			said += `STAT pid 1\r\nSTAT version ${versionIn(context.machine, executable, '1.6.38')}\r\nSTAT curr_items ${Object.keys(items).length}\r\nEND\r\n`;
		else said += 'ERROR\r\n';
	}

	return said;
}

const memcached = tcpServer({
	name: 'memcached',
	port: ({argv}) => Number(argv[argv.indexOf('-p') + 1] ?? 11_211) || 11_211,
	log: () => [],
	answer,
});

const versions: Readonly<Record<string, string>> = {
	latest: '1.6.38',
	'1': '1.6.38',
	'1.6': '1.6.38',
	'1.6.38': '1.6.38',
	'1.5': '1.5.22',
	'1.4': '1.4.39',
	alpine: '1.6.38',
	'1.6-alpine': '1.6.38',
};

export default {
	repository: 'docker.io/library/memcached',
	aliases: mirrors('memcached'),
	tags: tagsOf(Object.fromEntries(Object.keys(versions).map(tag => [tag, tag.includes('alpine') ? 5 : 32])), tag => ({
		entrypoint: ['docker-entrypoint.sh'],
		wordsGoTo: 'memcached',
		command: ['memcached'],
		env: {MEMCACHED_VERSION: versions[tag]!},
		ports: ['11211/tcp'],
		user: 'memcache',
		files: {
			'/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nmemcache:x:11211:11211::/home/memcache:/bin/sh\n',
			'/usr/local/bin/docker-entrypoint.sh': {text: '#!/bin/sh\nexec "$@"\n', mode: 0o755},
			'/etc/os-release': osRelease.debian,
			...released(executable, versions[tag]!),
		},
	})),
	program: memcached,
	tools: debianSlimTools,
} satisfies Image;
