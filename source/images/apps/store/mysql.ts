import type {Image} from '../../../node/image/image.js';
import type {Program} from '../../../node/program/program.js';
import {mirrors} from '../../base/tools.js';
import {debianSlimTools} from '../../base/tools.js';
import {tagsOf} from '../../base/tags.js';
import {rfc3339} from '../../../api/values/time.js';

/** Listens and greets; it refuses to start without a root password, as the image's entry point does. */
const mysql: Program = {
	name: 'mysqld',
	start(context) {
		const {env, machine} = context;
		const stamp = rfc3339(machine.sim.clock.now());
		const entry = (kind: string, text: string) =>
			context.log(
				`${stamp.replace('T', ' ').replace('Z', '')}+00:00 [${kind}] [Entrypoint]: ${text}`,
				kind === 'ERROR' ? 'stderr' : 'stdout',
			);
		entry('Note', `Entrypoint script for MySQL Server ${version(env)}-1.el9 started.`);
		if (!['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'].some(name => env[name])) {
			entry(
				'ERROR',
				'Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD',
			);
			return context.exit(1);
		}

		entry('Note', 'Initializing database files');
		context.wake(9000, 'ready');
	},
	wake(context) {
		const stamp = rfc3339(context.machine.sim.clock.now()).replace('Z', '.000000Z');
		context.listen('tcp', '*', 3306);
		context.log(
			`${stamp} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '${version(context.env)}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
			'stderr',
		);
	},
	serve: context => ({bytes: `J\0\0\0\n${version(context.env)}\0`, end: 'open'}),
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(0);
	},
};

const version = (env: Readonly<Record<string, string>>) => env['MYSQL_VERSION']?.split('-')[0] ?? '8.4.5';

const image: Image = {
	repository: 'docker.io/library/mysql',
	aliases: [...mirrors('mysql'), 'docker.io/library/mariadb'],
	tags: tagsOf({latest: 232, '8': 232, '8.4': 232, '8.0': 227, '8.0.36': 173, '5.7': 137, '5.6': 83}, tag => ({
		entrypoint: ['docker-entrypoint.sh'],
		wordsGoTo: 'mysqld',
		command: ['mysqld'],
		env: {
			MYSQL_VERSION: `${{latest: '9.3.0', '8': '8.4.5', '8.4': '8.4.5', '8.0': '8.0.42', '5.7': '5.7.44', '5.6': '5.6.51'}[tag] ?? tag}-1.el9`,
		},
		ports: ['3306/tcp', '33060/tcp'],
		files: {'/var/lib/mysql': {folder: true}, '/usr/local/bin/docker-entrypoint.sh': {text: '#!/bin/bash\nexec "$@"\n', mode: 0o755}},
	})),
	program: mysql,
	tools: [...debianSlimTools, 'mysql', 'mysqladmin'],
};

export default image;
