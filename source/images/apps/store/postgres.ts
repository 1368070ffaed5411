import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools, mirrors, osRelease} from '../../base/tools.js';
import {released, versionIn} from '../version.js';
import {tcpServer} from './tcp-server.js';

const executable = '/usr/lib/postgresql/bin/postgres';

const noPassword = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html`;

const began = (context: ProgramContext): boolean => context.machine.files.exists(`${dataOf(context)}/PG_VERSION`);
const dataOf = ({env}: ProgramContext): string => env['PGDATA'] || '/var/lib/postgresql/data';

const postgres = tcpServer({
	name: 'postgres',
	port: () => 5432,
	refuses(context) {
		const {env} = context;
		if (began(context) || env['POSTGRES_PASSWORD'] || env['POSTGRES_PASSWORD_FILE']) return undefined;
		return env['POSTGRES_HOST_AUTH_METHOD'] === 'trust' ? undefined : noPassword;
	},
	readyMs: 2000,
	log(context) {
		const {machine} = context;
		const version = versionIn(machine, executable, '17.5');
		const ms = machine.sim.clock.now();
		const line = (text: string) => `${strftime('%Y-%m-%d %H:%M:%S', ms)}.${String(ms % 1000).padStart(3, '0')} UTC [1] LOG:  ${text}`;
		const data = dataOf(context);
		const first = began(context)
			? '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
			: `The files belonging to this database system will be owned by user "postgres".\nThis user must also own the server process.\n\nfixing permissions on existing directory ${data} ... ok\ncreating subdirectories ... ok\n\nPostgreSQL init process complete; ready for start up.\n\n`;
		machine.files.makeFolder(data, {recursive: true});
		if (!began(context)) machine.files.write(`${data}/PG_VERSION`, `${version.split('.')[0]}\n`);
		return [
			['stdout', first],
			[
				'stderr',
				[
					line(
						`starting PostgreSQL ${version} (Debian ${version}-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit`,
					),
					line('listening on IPv4 address "0.0.0.0", port 5432'),
					line('listening on IPv6 address "::", port 5432'),
					line('listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"'),
					line('database system is ready to accept connections'),
				].join('\n'),
			],
		];
	},
});

const versions: Readonly<Record<string, string>> = {
	latest: '17.5',
	'17': '17.5',
	'16': '16.9',
	'15': '15.13',
	'14': '14.18',
	'13': '13.21',
	'12': '12.22',
	'11': '11.22',
	'10': '10.23',
	'9.6': '9.6.24',
	'10.1': '10.1',
	'14.2': '14.2',
	'15.3': '15.3',
	'16.3': '16.3',
	alpine: '17.5',
	'17-alpine': '17.5',
	'16-alpine': '16.9',
	'15-alpine': '15.13',
	'14-alpine': '14.18',
	'13-alpine': '13.21',
};

export default {
	repository: 'docker.io/library/postgres',
	aliases: mirrors('postgres'),
	tags: tagsOf(Object.fromEntries(Object.keys(versions).map(tag => [tag, tag.includes('alpine') ? 105 : 158])), tag => ({
		entrypoint: ['docker-entrypoint.sh'],
		wordsGoTo: 'postgres',
		command: ['postgres'],
		env: {
			PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/bin',
			PGDATA: '/var/lib/postgresql/data',
			PG_VERSION: versions[tag]!,
		},
		ports: ['5432/tcp'],
		stopSignal: 'SIGINT',
		files: {
			'/var/lib/postgresql': {folder: true},
			'/usr/local/bin/docker-entrypoint.sh': {text: '#!/usr/bin/env bash\nexec "$@"\n', mode: 0o755},
			'/etc/os-release': osRelease.debian,
			...released(executable, versions[tag]!),
		},
	})),
	program: postgres,
	tools: [...debianSlimTools, 'psql', 'pg_isready', 'createdb'],
} satisfies Image;
