import type {ProgramContext} from '../../../node/program/program.js';
import {FileError} from '../../../os/files.js';
import {ConfigurationError} from '../config/error.js';
import type {Directive} from '../config/configuration.js';

const cache = '/var/cache/nginx';
const kinds = ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp'];
const nginxUser = 101;
const errnos: Readonly<Record<string, number>> = {EACCES: 13, EPERM: 1, ENOENT: 2, ENOSPC: 28, EROFS: 30};

/** What the official image is built to keep bodies in, made at each start. Models ngx_create_paths. */
export function makeWorkFolders({machine: {files, user}}: ProgramContext): void {
	if (!files.exists(cache)) return;
	for (const path of kinds.map(kind => `${cache}/${kind}`)) {
		if (files.exists(path)) continue;
		refused(`mkdir() "${path}"`, () => files.makeFolder(path, {mode: 0o700}));
		if (user === 'root') refused(`chown("${path}", ${nginxUser})`, () => files.chown(path, nginxUser, 0));
	}
}

/** The last thing that can go wrong before the workers start. */
export function writePidFile({machine: {files}, pid, machine}: ProgramContext, directives: readonly Directive[]): void {
	if (!files.exists(cache)) return;
	const path = directives.find(each => each.name === 'pid')?.args[0] ?? '/run/nginx.pid';
	refused(`open() "${path}"`, () => files.write(path, `${machine.processes.get(pid)?.innerPid ?? pid}\n`));
}

/** Only root can become another user. */
export function userWarning({machine}: ProgramContext, directives: readonly Directive[]): readonly string[] {
	const user = directives.find(each => each.name === 'user');
	if (machine.user === 'root' || !user) return [];
	return [
		`the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${user.file}:${user.line}`,
	];
}

function refused(what: string, act: () => void): void {
	try {
		act();
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw new ConfigurationError(`${what} failed (${errnos[error.code] ?? 5}: ${error.message})`);
	}
}
