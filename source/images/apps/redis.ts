import type {Image} from '../../node/image.js';
import type {Program} from '../../node/program.js';
import {httpDate} from '../http/answer.js';
import {debianSlimTools, mirrors, osRelease} from '../base/tools.js';
import {tagsOf} from '../base/tags.js';

interface Memory {
	readonly data: Readonly<Record<string, string>>;
}

/** The commands that people try by hand; what else there is says so. */
const redis: Program = {
	name: 'redis-server',
	start(context) {
		const text = httpDate(context.machine.sim.clock.now());
		const say = (line: string) => context.log(`1:M ${text.slice(5, 16)} ${text.slice(17, 25)}.000 * ${line}`);
		context.memory = {data: {}} satisfies Memory;
		say('oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
		say('Running mode=standalone, port=6379.');
		context.listen('tcp', '*', 6379);
		say('Ready to accept connections tcp');
	},
	serve(context, {bytes}) {
		const words = bytes.startsWith('*') ? bytes.split('\r\n').filter((_, i) => i > 0 && i % 2 === 0) : bytes.trim().split(/\s+/);
		const {data} = context.memory as Memory;
		const [name = '', key = '', value = ''] = words;
		const bulk = (text: string | undefined) => (text === undefined ? '$-1\r\n' : `$${text.length}\r\n${text}\r\n`);
		switch (name.toUpperCase()) {
			case 'PING':
				return {bytes: '+PONG\r\n', end: 'open'};
			case 'SET':
				context.memory = {data: {...data, [key]: value}};
				return {bytes: '+OK\r\n', end: 'open'};
			case 'GET':
				return {bytes: bulk(data[key]), end: 'open'};
			case 'INCR': {
				const next = String(Number(data[key] ?? 0) + 1);
				context.memory = {data: {...data, [key]: next}};
				return {bytes: `:${next}\r\n`, end: 'open'};
			}
			case 'QUIT':
				return {bytes: '+OK\r\n', end: 'closed'};
			default:
				context.machine.sim.notes.notSimulated(`redis ${name}`);
				return {bytes: `-ERR unknown command '${name}', with args beginning with: \r\n`, end: 'open'};
		}
	},
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(0);
	},
};

const image: Image = {
	repository: 'docker.io/library/redis',
	aliases: mirrors('redis'),
	tags: tagsOf(
		{
			latest: 48.6,
			'8': 48.6,
			'7': 45.1,
			'7.4': 45.1,
			'7.2': 44.6,
			'6': 42.3,
			'6.2': 42.3,
			'6.0': 40,
			'5': 38,
			'5.0.4': 36,
			alpine: 15.9,
			'7-alpine': 15.2,
			'6-alpine': 12.4,
		},
		() => ({
			entrypoint: ['docker-entrypoint.sh'],
			command: ['redis-server'],
			workingDir: '/data',
			ports: ['6379/tcp'],
			files: {
				'/data': {folder: true},
				'/etc/os-release': osRelease.debian,
				'/usr/local/bin/docker-entrypoint.sh': {text: '#!/bin/sh\nexec "$@"\n', mode: 0o755},
			},
		}),
	),
	program: redis,
	tools: [...debianSlimTools, 'redis-cli'],
};

export default image;
