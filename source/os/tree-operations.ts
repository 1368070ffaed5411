import {FileError, type Files} from './files.js';
import type {Inode} from './inode.js';
import {join, type Layer, parentOf} from './layer.js';
import type {Found} from './mount-table.js';

interface Tree {
	at(path: string): Found;
	resolve(path: string, follow: boolean): Found;
	existing(path: string, follow?: boolean): Found & {inode: Inode};
	put(found: Found, inode: Inode): void;
	writable(found: Found): Layer & Required<Pick<Layer, 'put' | 'drop'>>;
	names(found: Found): string[];
	isBusy(path: string): boolean;
	now(): number;
}

/** What moves whole trees: making, removing and renaming folders. */
export function treeOperations(tree: Tree): Pick<Files, 'makeFolder' | 'remove' | 'rename'> {
	const folder = (mode: number): Inode => ({type: 'folder', mode, uid: 0, gid: 0, mtimeMs: tree.now(), size: 4096});

	const drop = (found: Found) => {
		if (tree.isBusy(found.path)) throw new FileError('EBUSY', found.path);
		const layer = tree.writable(found);
		if (found.inode?.type === 'folder') for (const name of tree.names(found)) drop(tree.at(join(found.path, name)));
		layer.drop(found.inner);
	};

	const copy = (from: Found, to: Found) => {
		tree.put(to, from.inode!);
		if (from.inode!.type !== 'folder') return;
		for (const name of tree.names(from)) copy(tree.at(join(from.path, name)), tree.at(join(to.path, name)));
	};

	return {
		makeFolder(path, {recursive = false, mode = 0o755} = {}) {
			if (!recursive) {
				const found = tree.resolve(path, true);
				if (found.inode) throw new FileError('EEXIST', path);
				return tree.put(found, folder(mode));
			}

			let walked = '/';
			for (const part of path.split('/').filter(Boolean)) {
				const found = tree.resolve(join(walked, part), true);
				if (!found.inode) tree.put(found, folder(mode));
				else if (found.inode.type !== 'folder') throw new FileError(found.path === path ? 'EEXIST' : 'ENOTDIR', path);
				walked = found.path;
			}
		},
		remove(path, {recursive = false, force = false} = {}) {
			let found: Found;
			try {
				found = tree.existing(path, false);
			} catch (error) {
				if (force && error instanceof FileError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return;
				throw error;
			}

			if (found.path === '/') throw new FileError('EBUSY', path);
			if (found.inode!.type === 'folder' && !recursive && tree.names(found).length > 0) throw new FileError('ENOTEMPTY', path);
			drop(found);
			const parent = tree.at(parentOf(found.path));
			if (parent.inode && parent.layer.get(parent.inner)) tree.put(parent, {...parent.inode, mtimeMs: tree.now()});
		},
		rename(from, to) {
			const source = tree.existing(from, false);
			const target = tree.resolve(to, false);
			if (source.path === target.path) return;
			if (target.path.startsWith(`${source.path}/`)) throw new FileError('EINVAL', to);
			if (target.inode?.type === 'folder') {
				if (source.inode.type !== 'folder') throw new FileError('EISDIR', to);
				if (tree.names(target).length > 0) throw new FileError('ENOTEMPTY', to);
			} else if (target.inode && source.inode.type === 'folder') throw new FileError('ENOTDIR', to);

			tree.writable(source);
			if (target.inode) drop(target);
			copy(source, {...target, inode: undefined});
			drop(source);
		},
	};
}
