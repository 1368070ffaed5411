import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {rfc3339} from '../../../api/values/time.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {tcpServer} from './tcp-server.js';

const entry = ({machine}: ProgramContext, c: string, id: number, ctx: string, msg: string, attr?: unknown): string => {
	const $date = rfc3339(machine.sim.clock.now()).replace('Z', '.000+00:00');
	return JSON.stringify({t: {$date}, s: 'I', c, id, ctx, msg, ...(attr !== undefined && {attr})});
};

const mongo = tcpServer({
	name: 'mongod',
	port: () => 27_017,
	readyMs: 1500,
	log: context => [
		[
			'stdout',
			[
				entry(context, 'CONTROL', 4_615_611, 'initandlisten', 'MongoDB starting', {
					pid: 1,
					port: 27_017,
					dbPath: '/data/db',
					architecture: '64-bit',
					host: context.machine.hostname,
				}),
				entry(context, 'NETWORK', 23_015, 'listener', 'Listening on', {address: '0.0.0.0'}),
				entry(context, 'NETWORK', 23_016, 'listener', 'Waiting for connections', {port: 27_017, ssl: 'off'}),
			].join('\n'),
		],
	],
});

export default {
	repository: 'docker.io/library/mongo',
	aliases: mirrors('mongo'),
	tags: tagsOf({latest: 285, '8': 285, '7': 279, '7.0': 279, '6': 252, '6.0': 252, '5': 239, '5.0': 239, '4.4': 167, '4.2': 147}, () => ({
		entrypoint: ['docker-entrypoint.sh'],
		wordsGoTo: 'mongod',
		command: ['mongod'],
		ports: ['27017/tcp'],
		files: {
			'/data/db': {folder: true},
			'/usr/local/bin/docker-entrypoint.sh': {text: '#!/bin/bash\nexec "$@"\n', mode: 0o755},
			'/etc/os-release': osRelease.ubuntu('24.04'),
		},
	})),
	program: mongo,
	tools: [...debianSlimTools, 'mongosh'],
} satisfies Image;
