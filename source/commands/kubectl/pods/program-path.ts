import type {Machine} from '../../../node/host/machine.js';

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What runc says about a program that it cannot start; undefined when it can. */
export function programProblem(machine: Machine, program: string): string | undefined {
	const {files} = machine;
	const quoted = JSON.stringify(program);
	if (program.includes('/')) {
		const path = program.startsWith('/') ? program : `${machine.home}/${program}`;
		if (!files.exists(path)) return `${quoted}: stat ${program}: no such file or directory`;
		const {type, mode} = files.stat(path);
		return type === 'folder' || (mode & 0o111) === 0 ? `${quoted}: permission denied` : undefined;
	}

	const folders = (machine.env['PATH'] ?? defaultPath).split(':');
	return folders.some(folder => files.exists(`${folder}/${program}`)) ? undefined : `${quoted}: executable file not found in $PATH`;
}
