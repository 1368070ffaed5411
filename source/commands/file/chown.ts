import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import {join} from '../../os/layer.js';
import type {Command, Io} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';

const long = {
	recursive: '=R',
	verbose: '=v',
	changes: '=c',
	silent: '=f',
	quiet: '=f',
	'no-dereference': '=h',
	reference: 'value',
} as const;

/** chown and chgrp: users and groups by name are looked up in the machine's own files. */
const owning = (name: 'chown' | 'chgrp', summary: string): Command<Machine> => ({
	name,
	summary,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'RvhfcH', long});
		if (args.problem) return refuse(io, args.problem);
		const {files} = io.machine;
		const names = [...args.operands];
		const reference = args.value('reference');
		const owner = reference === undefined ? names.shift() : asOwner(files.stat(io.path(reference)));
		if (owner === undefined) return refuse(io, 'missing operand');
		if (names.length === 0) return refuse(io, `missing operand after ‘${owner}’`);
		const ids = name === 'chgrp' ? {gid: idOf(io, '/etc/group', owner)} : idsOf(io, owner);
		if (typeof ids === 'string') {
			io.err(`chown: ${ids}\n`);
			return 1;
		}

		if (name === 'chgrp' && ids.gid === undefined) {
			io.err(`chgrp: invalid group: ‘${owner}’\n`);
			return 1;
		}

		let status = 0;
		const own = (word: string, path: string): void => {
			const {type, uid, gid} = files.stat(path);
			try {
				files.chown(path, ('uid' in ids ? ids.uid : undefined) ?? uid, ids.gid ?? gid);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				if (!args.has('f')) io.err(`${name}: changing ${name === 'chgrp' ? 'group' : 'ownership'} of '${word}': ${error.message}\n`);
				status = 1;
			}

			if (args.has('R') && type === 'folder') for (const each of files.list(path)) own(join(word, each), join(path, each));
		};
		for (const word of names) {
			if (files.exists(io.path(word))) own(word, io.path(word));
			else {
				if (!args.has('f')) io.err(`${name}: cannot access '${word}': No such file or directory\n`);
				status = 1;
			}
		}

		return status;
	},
});

const asOwner = ({uid, gid}: {uid: number; gid: number}): string => `${uid}:${gid}`;

/** `user`, `user:group`, `:group`; what is wrong, as text. */
function idsOf(io: Io<Machine>, owner: string): {readonly uid?: number | undefined; readonly gid?: number | undefined} | string {
	const [user = '', group = ''] = owner.split(/[:.]/);
	const uid = idOf(io, '/etc/passwd', user);
	const gid = idOf(io, '/etc/group', group);
	if (user !== '' && uid === undefined) return `invalid user: ‘${owner}’`;
	if (group !== '' && gid === undefined) return `invalid group: ‘${owner}’`;
	return {uid, gid};
}

function idOf({machine: {files}}: Io<Machine>, table: string, name: string): number | undefined {
	if (name === '') return undefined;
	const rows = files.exists(table) ? files.readText(table).split('\n') : [];
	const row = rows.find(line => line.startsWith(`${name}:`));
	if (row !== undefined) return Number(row.split(':')[2]);
	return /^\d+$/.test(name) ? Number(name) : undefined;
}

export default [owning('chown', 'set the owner of files'), owning('chgrp', 'set the group of files')] satisfies Command<any>[];
