import {isFolder, resolvePath} from '../machine.js';
import type {Scope} from '../run/scope.js';
import {out} from '../run/streams.js';
import {type Builtin, complain} from './builtin.js';

function enter(scope: Scope, name: string, target: string): number {
	const {shell} = scope;
	const path = resolvePath(shell.cwd, target);
	if (!shell.machine.files.exists(path)) return complain(scope, name, `${target}: No such file or directory`);
	if (!isFolder(shell.machine, path)) return complain(scope, name, `${target}: Not a directory`);
	shell.variables.mark('OLDPWD', {value: shell.cwd, exported: true});
	shell.cwd = path;
	shell.variables.mark('PWD', {value: path, exported: true});
	return 0;
}

const short = (scope: Scope, path: string) => {
	const home = scope.shell.variables.text('HOME') ?? '';
	return home !== '' && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
};

const listFolders = (scope: Scope) => {
	out(scope.streams, `${[scope.shell.cwd, ...scope.shell.folders].map(path => short(scope, path)).join(' ')}\n`);
	return 0;
};

export default [
	{
		name: 'cd',
		run(scope, args) {
			const {shell} = scope;
			const words = args.filter(arg => !/^-[LPe@]+$/.test(arg) && arg !== '--');
			if (words.length > 1) return complain(scope, 'cd', 'too many arguments');
			const [word] = words;
			if (word === undefined) {
				const home = shell.variables.text('HOME');
				return home === undefined ? complain(scope, 'cd', 'HOME not set') : enter(scope, 'cd', home);
			}

			if (word === '') return 0;
			if (word !== '-') return enter(scope, 'cd', word);
			const old = shell.variables.text('OLDPWD');
			if (old === undefined) return complain(scope, 'cd', 'OLDPWD not set');
			const status = enter(scope, 'cd', old);
			if (status === 0) out(scope.streams, `${shell.cwd}\n`);
			return status;
		},
	},
	{
		name: 'pwd',
		run(scope) {
			out(scope.streams, `${scope.shell.cwd}\n`);
			return 0;
		},
	},
	{
		name: 'pushd',
		run(scope, [target]) {
			const {shell} = scope;
			const from = shell.cwd;
			const to = target ?? shell.folders[0];
			if (to === undefined) return complain(scope, 'pushd', 'no other directory');
			const status = enter(scope, 'pushd', to);
			if (status !== 0) return status;
			shell.folders = [from, ...(target === undefined ? shell.folders.slice(1) : shell.folders)];
			return listFolders(scope);
		},
	},
	{
		name: 'popd',
		run(scope) {
			const {shell} = scope;
			const [to, ...rest] = shell.folders;
			if (to === undefined) return complain(scope, 'popd', 'directory stack empty');
			const status = enter(scope, 'popd', to);
			shell.folders = rest;
			return status || listFolders(scope);
		},
	},
	{name: 'dirs', run: listFolders},
] satisfies Builtin[];
