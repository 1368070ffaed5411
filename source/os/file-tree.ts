import type {Sim} from '../sim/sim.js';
import {type FileErrorCode, FileError, type Files, type FileStat} from './files.js';
import {bytesOf, contentOf, type Inode, resized, textOf} from './inode.js';
import {byteOrder, join, type Layer, linkPrefix, nameOf, normalise, parentOf} from './layer.js';
import {createMountTable, type MountEntry, type Found} from './mount-table.js';
import {createOverlay, diskBytes} from './overlay.js';
import {treeOperations} from './tree-operations.js';
import type {Volumes} from './volumes.js';

export interface FilesOptions {
	/** What mounts mean; needed as soon as something is mounted. */
	readonly volumes?: Volumes;
	/** Mounts it has from the start; they need no memory of their own. */
	readonly mounts?: readonly MountEntry[];
	/** `readOnlyRootFilesystem`. */
	readonly readOnly?: boolean;
	/** Told of every path of its own layer that was written or removed (inotify). */
	changed?(path: string): void;
}

const linksMax = 40;
const nameLengthMax = 255;

/** The files of a machine or container: `base` below, its own changes in the table `os/files/<name>`, mounts on top. */
export function createFiles(sim: Sim, name: string, base: Layer, options: FilesOptions = {}): Files {
	const mounts = createMountTable(sim, name, createOverlay(sim, `os/files/${name}`, base, options.changed), {
		...options,
		fixed: options.mounts,
	});
	const now = () => sim.clock.now();

	/** Without following symbolic links: `path` must be free of them. */
	const at = (path: string): Found => {
		const {layer, inner, readOnly, limit} = mounts.locate(path);
		let inode = layer.get(inner);
		if (inode?.shared) inode = layer.get(inode.shared);
		if (!inode && mounts.namesBelow(path)) inode = {type: 'folder', mode: 0o755, uid: 0, gid: 0, mtimeMs: now(), size: 4096};
		// Asked of every path: spelt out, since spreading costs as much as the look-up.
		return limit === undefined ? {layer, inner, readOnly, path, inode} : {layer, inner, readOnly, limit, path, inode};
	};

	/** Found, or why not: asking whether a command is in a folder of PATH is no error. */
	const look = (path: string, follow: boolean): Found | FileErrorCode => {
		const direct = at(path);
		if (direct.inode && (!follow || direct.inode.type !== 'symlink')) return direct;
		// Nothing of that name in a folder that is where its path says: a command is looked for in half a dozen of them.
		const name = nameOf(path);
		const plain = name !== '' && name !== '.' && name !== '..' && name.length <= nameLengthMax;
		if (!direct.inode && plain && at(parentOf(path)).inode?.type === 'folder') return direct;
		return walk(path, follow);
	};

	const resolve = (path: string, follow: boolean): Found => {
		const found = look(path, follow);
		if (typeof found === 'string') throw new FileError(found, path);
		return found;
	};

	/** Component by component, as the kernel's namei does. */
	const walk = (path: string, follow: boolean): Found | FileErrorCode => {
		let rest = path.split('/').filter(Boolean);
		let found = at('/');
		for (let links = 0; rest.length > 0; ) {
			const [head, ...tail] = rest as [string, ...string[]];
			if (head.length > nameLengthMax) return 'ENAMETOOLONG';
			if (!found.inode) return 'ENOENT';
			if (found.inode.type !== 'folder') return 'ENOTDIR';
			const next = at(join(found.path, head));
			if (next.inode?.type === 'symlink' && (follow || tail.length > 0)) {
				if (++links > linksMax) return 'ELOOP';
				rest = [
					...normalise(next.inode.text ?? '', found.path)
						.split('/')
						.filter(Boolean),
					...tail,
				];
				found = at('/');
			} else {
				found = next;
				rest = tail;
			}
		}

		return found;
	};

	const existing = (path: string, follow = true): Found & {inode: Inode} => {
		const found = resolve(path, follow);
		if (!found.inode) throw new FileError('ENOENT', path);
		return found as Found & {inode: Inode};
	};

	const file = (path: string): Inode => {
		const {inode} = existing(path);
		if (inode.type === 'folder') throw new FileError('EISDIR', path);
		return inode;
	};

	const writable = (found: Found): Layer & Required<Pick<Layer, 'put' | 'drop'>> => {
		if (found.readOnly || !found.layer.put) throw new FileError('EROFS', found.path);
		return found.layer as Layer & Required<Pick<Layer, 'put' | 'drop'>>;
	};

	const freeAt = ({layer, limit = diskBytes}: Found) => Math.max(0, limit - (layer.used?.() ?? 0));

	/** A new or changed entry; a new one also moves its folder's time. */
	const put = (found: Found, inode: Inode) => {
		const layer = writable(found);
		// A full disk has room for the entries of folders.
		if (inode.type === 'file' && inode.size > (found.inode?.size ?? 0) + freeAt(found)) throw new FileError('ENOSPC', found.path);
		const own = layer.get(found.inner);
		if (found.inode) return layer.put(own?.shared ?? found.inner, inode);
		const parent = at(parentOf(found.path));
		if (!parent.inode) throw new FileError('ENOENT', found.path);
		if (parent.inode.type !== 'folder') throw new FileError('ENOTDIR', found.path);
		layer.put(found.inner, inode);
		if (parent.layer === layer && layer.get(parent.inner)) layer.put(parent.inner, {...parent.inode, mtimeMs: now()});
	};

	const change = (path: string, changes: Partial<Inode>, follow = true) => {
		const found = existing(path, follow);
		put(found, {...found.inode, ...changes});
	};

	const names = (found: Found): string[] => {
		const mounted = mounts.namesBelow(found.path);
		const own = found.layer.children(found.inner);
		return mounted ? [...new Set([...own, ...mounted])].sort(byteOrder) : [...own];
	};

	const operations = treeOperations({at, resolve, existing, put, writable, names, isBusy: mounts.isMountPoint, now});
	return {
		...operations,
		readText: path => textOf(file(path)),
		readBytes: path => bytesOf(file(path)),
		write(path, content, {mode = 0o644, append = false} = {}) {
			const found = resolve(path, true);
			if (path.length > 1 && path.endsWith('/')) throw new FileError('EISDIR', path);
			const old = found.inode;
			if (old?.type === 'folder') throw new FileError('EISDIR', path);
			if (old?.type === 'device') return;
			const data = append && old && old.size > 0 ? appended(old, content) : contentOf(content);
			const {binary: _, zeros: __, ...kept} = old ?? {type: 'file' as const, mode, uid: 0, gid: 0};
			put(found, {...kept, mtimeMs: now(), ...data} as Inode);
		},
		truncate(path, size) {
			const found = resolve(path, true);
			if (found.inode?.type === 'folder') throw new FileError('EISDIR', path);
			const {text: _, binary: __, zeros: ___, ...kept} = found.inode ?? {type: 'file' as const, mode: 0o644, uid: 0, gid: 0, size: 0};
			put(found, {...kept, mtimeMs: now(), ...resized(found.inode ?? ({size: 0} as Inode), size)});
		},
		free: path => freeAt(resolve(path, true)),
		exists(path) {
			const found = look(path, true);
			return typeof found !== 'string' && found.inode !== undefined;
		},
		stat: path => statOf(existing(path).inode),
		lstat: path => statOf(existing(path, false).inode),
		list(path) {
			const found = existing(path);
			if (found.inode.type !== 'folder') throw new FileError('ENOTDIR', path);
			return names(found);
		},
		link(target, path) {
			const from = existing(target, false);
			if (from.inode.type === 'folder') throw new FileError('EPERM', target);
			const to = resolve(path, false);
			if (to.inode) throw new FileError('EEXIST', path);
			if (from.layer !== to.layer) throw new FileError('EINVAL', path);
			const layer = writable(from);
			const shared = layer.get(from.inner)?.shared ?? `${linkPrefix}${from.inner.slice(1)}@${now()}`;
			layer.put(shared, from.inode);
			layer.put(from.inner, {...from.inode, shared});
			put(to, {...from.inode, shared});
		},
		symlink(target, path) {
			const found = resolve(path, false);
			if (found.inode) throw new FileError('EEXIST', path);
			put(found, {type: 'symlink', mode: 0o777, uid: 0, gid: 0, mtimeMs: now(), ...contentOf(target)});
		},
		readlink(path) {
			const {inode} = existing(path, false);
			if (inode.type !== 'symlink') throw new FileError('EINVAL', path);
			return inode.text ?? '';
		},
		chmod: (path, mode) => change(path, {mode: mode & 0o7777}),
		chown: (path, uid, gid) => change(path, {uid, gid}),
		touch: (path, mtimeMs) => change(path, {mtimeMs}),
		realpath: path => existing(path).path,
		mount(path, mount) {
			let point = path;
			try {
				point = resolve(path, true).path;
			} catch (error) {
				// Folders on the way are made by being mounted on.
				if (!(error instanceof FileError && error.code === ('ENOENT' satisfies FileErrorCode))) throw error;
			}

			mounts.add({path: point, mount});
		},
		unmount(path) {
			if (!mounts.remove(path)) throw new FileError('EINVAL', path);
		},
		mounts: mounts.list,
	};
}

function appended(old: Inode, content: string | Uint8Array) {
	if (typeof content === 'string' && !old.binary && !old.zeros)
		return {text: (old.text ?? '') + content, size: old.size + contentOf(content).size};
	const more = typeof content === 'string' ? bytesOf({...old, ...contentOf(content), binary: false}) : content;
	const whole = new Uint8Array(old.size + more.length);
	whole.set(bytesOf(old));
	whole.set(more, old.size);
	return contentOf(whole);
}

const statOf = ({type, mode, uid, gid, size, mtimeMs}: Inode): FileStat => ({type, mode, uid, gid, size, mtimeMs});
