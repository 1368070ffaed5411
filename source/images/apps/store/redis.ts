import type {Image} from '../../../node/image/image.js';
import type {Program} from '../../../node/program/program.js';
import {httpDate} from '../../http/answer.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {tagsOf} from '../../base/tags.js';
import {answer, type Data, others, readCommands} from './redis-commands.js';

interface Memory {
	readonly data: Data;
}

/** The commands that people try by hand; what else there is says so. */
const redis: Program = {
	name: 'redis-server',
	start(context) {
		const text = httpDate(context.machine.sim.clock.now());
		const say = (role: string, line: string, mark = '*') =>
			context.log(`1:${role} ${text.slice(5, 16)} ${text.slice(17, 25)}.000 ${mark} ${line}`);
		context.memory = {data: {}} satisfies Memory;
		say('C', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
		say('C', `Redis version=${context.env['REDIS_VERSION'] ?? '7.4.3'}, bits=64, commit=00000000, modified=0, pid=1, just started`);
		if (!context.argv.some(word => word.endsWith('.conf'))) say('C', noFile, '#');
		say('M', 'monotonic clock: POSIX clock_gettime');
		say('M', 'Running mode=standalone, port=6379.');
		say('M', 'Server initialized');
		say('M', 'Ready to accept connections tcp');
		context.listen('tcp', '*', 6379);
	},
	serve(context, {bytes}) {
		let sent = '';
		for (const words of readCommands(bytes)) {
			if (words[0]!.toUpperCase() === 'QUIT') return {bytes: `${sent}+OK\r\n`, end: 'closed'};
			const reply = answer((context.memory as Memory).data, words);
			if (reply?.data) context.memory = {data: reply.data} satisfies Memory;
			if (!reply && others.has(words[0]!.toUpperCase())) context.machine.sim.notes.notSimulated(`redis ${words[0]}`);
			sent += reply?.text ?? unknown(words);
		}

		return {bytes: sent, end: 'open'};
	},
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(0);
	},
};

const noFile =
	'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf';

const unknown = ([name = '', ...args]: readonly string[]) =>
	others.has(name.toUpperCase())
		? `-ERR kubelab: not simulated: redis ${name}\r\n`
		: `-ERR unknown command '${name}', with args beginning with: ${args.map(arg => `'${arg}' `).join('')}\r\n`;

/** Of a tag that names less than all of it. */
const versionOf = (tag: string) =>
	({
		latest: '8.0.1',
		'8': '8.0.1',
		'7.2': '7.2.8',
		'6': '6.2.18',
		'6.2': '6.2.18',
		'6.0': '6.0.20',
		'5': '5.0.14',
		'5.0.4': '5.0.4',
		alpine: '8.0.1',
		'6-alpine': '6.2.18',
	})[tag] ?? '7.4.3';

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
		tag => ({
			entrypoint: ['docker-entrypoint.sh'],
			wordsGoTo: 'redis-server',
			env: {REDIS_VERSION: versionOf(tag)},
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
