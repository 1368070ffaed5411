import {FileError, type Files, type FileStat} from '../../os/files.js';
import {join, parentOf} from '../../os/layer.js';

/** Who a process is to the file system. */
export interface Credentials {
	readonly uid: number;
	readonly gid: number;
	readonly groups: readonly number[];
	/** Capabilities that it has nevertheless. */
	readonly may: readonly string[];
}

/** Those by which root is above the permissions of files. */
export const fileCapabilities: readonly string[] = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'];

const may = {read: 4, write: 2, enter: 1} as const;
const sticky = 0o1000;
const setGroup = 0o2000;

/** The files of a machine as somebody who is not root meets them: permission bits count, and what is made belongs to its maker. */
export function filesAs(files: Files, who: Credentials, readOnlyRoot = false): Files {
	/** What nobody can write says so first. */
	const isReadOnly = (path: string): boolean => {
		const over = files.mounts().filter(each => path === each.path || path.startsWith(`${each.path}/`));
		const holder = over.reduce((best, each) => (each.path.length > best.path.length ? each : best), {
			path: '',
			mount: {type: '', source: '', readOnly: readOnlyRoot},
		});
		return holder.mount.readOnly === true;
	};
	const has = (name: string) => who.may.includes(name);
	const allowed = ({mode, uid, gid}: FileStat, bit: number): boolean => {
		if (has('DAC_OVERRIDE')) return true;
		const shift = uid === who.uid ? 6 : gid === who.gid || who.groups.includes(gid) ? 3 : 0;
		return ((mode >> shift) & bit) !== 0;
	};
	const stat = (path: string): FileStat | undefined => {
		try {
			return files.stat(path);
		} catch {
			return undefined;
		}
	};
	const enter = (path: string) => {
		for (let at = path; at !== '/'; ) {
			at = parentOf(at);
			const folder = stat(at);
			if (folder && folder.type === 'folder' && !allowed(folder, may.enter)) throw new FileError('EACCES', path);
		}
	};
	const need = (path: string, bit: number) => {
		enter(path);
		const found = stat(path);
		if (found && !allowed(found, bit) && !(bit === may.write && isReadOnly(path))) throw new FileError('EACCES', path);
	};
	const needFolder = (path: string) => {
		enter(path);
		const folder = stat(parentOf(path));
		if (folder?.type === 'folder' && !allowed(folder, may.write) && !isReadOnly(path)) throw new FileError('EACCES', path);
	};
	const needRemovable = (path: string) => {
		needFolder(path);
		const folder = stat(parentOf(path));
		if (folder && folder.mode & sticky && folder.uid !== who.uid && files.lstat(path).uid !== who.uid && !has('FOWNER'))
			throw new FileError('EPERM', path);
	};
	const own = (path: string) => {
		const folder = stat(parentOf(path));
		files.chown(path, who.uid, folder && folder.mode & setGroup ? folder.gid : who.gid);
	};
	const needOwner = (path: string) => {
		enter(path);
		if (files.stat(path).uid !== who.uid && !has('FOWNER')) throw new FileError('EPERM', path);
	};
	const make = (path: string, act: () => void) => {
		const known = files.exists(path);
		if (!known) needFolder(path);
		act();
		if (!known) own(path);
	};

	return {
		...files,
		readText(path) {
			need(path, may.read);
			return files.readText(path);
		},
		readBytes(path) {
			need(path, may.read);
			return files.readBytes(path);
		},
		list(path) {
			need(path, may.read);
			return files.list(path);
		},
		stat(path) {
			enter(path);
			return files.stat(path);
		},
		lstat(path) {
			enter(path);
			return files.lstat(path);
		},
		write(path, content, options) {
			if (files.exists(path)) need(path, may.write);
			make(path, () => files.write(path, content, options));
		},
		truncate(path, size) {
			if (files.exists(path)) need(path, may.write);
			make(path, () => files.truncate(path, size));
		},
		makeFolder(path, options = {}) {
			if (!options.recursive) return make(path, () => files.makeFolder(path, options));
			let walked = '/';
			for (const part of path.split('/').filter(Boolean)) {
				walked = join(walked, part);
				const each = walked;
				if (!files.exists(each)) make(each, () => files.makeFolder(each, {...options, recursive: false}));
			}
		},
		remove(path, options = {}) {
			if (options.force && !files.exists(path)) return;
			needRemovable(path);
			files.remove(path, options);
		},
		rename(from, to) {
			needRemovable(from);
			needFolder(to);
			files.rename(from, to);
		},
		link(target, path) {
			needFolder(path);
			files.link(target, path);
		},
		symlink(target, path) {
			needFolder(path);
			files.symlink(target, path);
		},
		chmod(path, mode) {
			needOwner(path);
			files.chmod(path, mode);
		},
		chown(path, uid, gid) {
			if (has('CHOWN')) return files.chown(path, uid, gid);
			needOwner(path);
			if (uid !== who.uid || (gid !== who.gid && !who.groups.includes(gid))) throw new FileError('EPERM', path);
			files.chown(path, uid, gid);
		},
		touch(path, mtimeMs) {
			need(path, may.write);
			files.touch(path, mtimeMs);
		},
	};
}
