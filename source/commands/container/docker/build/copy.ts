import {createHash} from 'node:crypto';
import type {Machine} from '../../../../node/host/machine.js';
import type {Files} from '../../../../os/files.js';
import {join, nameOf, normalise} from '../../../../os/layer.js';
import {copyTree} from '../container/copy-tree.js';
import {unpacked} from '../image/archive.js';
import {inodeOf} from '../image/tar.js';
import {DockerfileError, type Instruction, jsonWords} from './dockerfile.js';
import {words} from './substitute.js';

/** Where COPY takes things from: the context, or another stage. */
export interface CopySource {
	readonly files: Files;
	readonly root: string;
	match(pattern: string): readonly string[];
	isIgnored(path: string): boolean;
}

export interface CopyPlan {
	readonly sources: readonly string[];
	readonly target: string;
	/** What the step depends on: names and contents. */
	readonly hash: string;
	readonly bytes: number;
}

/** Looks the sources up; throws when one is not there. */
export function planCopy(its: Instruction, source: CopySource, values: Readonly<Record<string, string>>): CopyPlan {
	const list = jsonWords(its.rest)?.flatMap(word => words(JSON.stringify(word), values, its.line)) ?? words(its.rest, values, its.line);
	const target = list.at(-1) ?? '';
	const patterns = list.slice(0, -1);
	if (patterns.length === 0)
		throw new DockerfileError(
			`dockerfile parse error on line ${its.line}: ${its.name} requires at least two arguments, but only one was provided. Destination could not be determined`,
			its.line,
			its.lastLine,
		);
	if (patterns.some(each => each.startsWith('<<')))
		throw new DockerfileError('kubelab: not simulated: heredocs in a Dockerfile', its.line, its.lastLine);
	const hash = createHash('sha256');
	let bytes = 0;
	const sources = patterns.flatMap(pattern => {
		const found = source.match(pattern);
		const shown = `/${normalise(pattern).slice(1)}`;
		if (found.length === 0)
			throw new DockerfileError(
				`failed to compute cache key: failed to calculate checksum of ref ${createHash('sha256').update(pattern).digest('hex').slice(0, 25)}::${createHash('sha256').update(source.root).digest('hex').slice(0, 25)}: "${shown}": not found`,
				its.line,
				its.lastLine,
			);
		for (const path of found) bytes += digestTree(source, path, hash);
		return found;
	});
	if (sources.length > 1 && !target.endsWith('/') && target !== '.')
		throw new DockerfileError(
			`dockerfile parse error on line ${its.line}: Using ${its.name} with more than one source file, the destination must be a directory and end with a /`,
			its.line,
			its.lastLine,
		);
	return {sources, target, hash: hash.digest('hex'), bytes};
}

function digestTree(source: CopySource, path: string, hash: ReturnType<typeof createHash>): number {
	if (path !== '' && source.isIgnored(path) && source.files.lstat(join(source.root, path)).type !== 'folder') return 0;
	const full = path === '' ? source.root : join(source.root, path);
	const stat = source.files.lstat(full);
	hash.update(`${path} ${stat.type} ${stat.mode}\n`);
	if (stat.type === 'symlink') hash.update(source.files.readlink(full));
	if (stat.type === 'file') hash.update(source.files.readBytes(full));
	if (stat.type !== 'folder') return stat.size;
	return source.files.list(full).reduce((sum, name) => sum + digestTree(source, path === '' ? name : `${path}/${name}`, hash), 0);
}

/** Copies what was planned into the container of the step. */
export function performCopy(its: Instruction, plan: CopyPlan, source: CopySource, machine: Machine, workingDir: string): void {
	const {files} = machine;
	const owner = ownerOf(its, files);
	const mode = its.flags.has('chmod') ? Number.parseInt(its.flags.get('chmod')!, 8) : undefined;
	const options = {owner, ...(mode !== undefined && {mode})};
	const target = normalise(plan.target, workingDir || '/');
	const isFolder =
		plan.target.endsWith('/') ||
		plan.target === '.' ||
		plan.sources.length > 1 ||
		(files.exists(target) && files.stat(target).type === 'folder');
	files.makeFolder(isFolder ? target : target.slice(0, Math.max(1, target.lastIndexOf('/'))), {recursive: true});
	for (const inner of plan.sources) {
		const path = inner === '' ? source.root : join(source.root, inner);
		const skip = (each: string) => {
			const below = each.slice(source.root === '/' ? 1 : source.root.length + 1);
			return below !== '' && source.files.lstat(each).type !== 'folder' && source.isIgnored(below);
		};
		const archive = its.name === 'ADD' && source.files.stat(path).type === 'file' ? unpacked(source.files.readBytes(path)) : undefined;
		if (archive) {
			files.makeFolder(target, {recursive: true});
			extract(files, target, archive);
		} else if (source.files.stat(path).type === 'folder') {
			if (!files.exists(target)) files.makeFolder(target, {recursive: true});
			for (const name of source.files.list(path)) copyTree(source.files, join(path, name), files, join(target, name), {...options, skip});
		} else copyTree(source.files, source.files.realpath(path), files, isFolder ? join(target, nameOf(path)) : target, {...options, skip});
	}
}

function extract(files: Files, target: string, archive: NonNullable<ReturnType<typeof unpacked>>): void {
	for (const entry of archive) {
		const path = normalise(entry.path, target);
		const inode = inodeOf(entry);
		if (inode.type === 'folder') files.makeFolder(path, {recursive: true});
		else {
			files.makeFolder(path.slice(0, Math.max(1, path.lastIndexOf('/'))), {recursive: true});
			if (inode.type === 'symlink') files.symlink(inode.text ?? '', path);
			else files.write(path, entry.bytes, {mode: inode.mode});
		}
	}
}

/** `--chown=user:group`, by name or number. */
function ownerOf({flags, line}: Instruction, files: Files): readonly [number, number] {
	const text = flags.get('chown');
	if (text === undefined) return [0, 0];
	const [user = '', group] = text.split(':');
	const lookup = (path: string, name: string, column: number) => {
		if (/^\d+$/.test(name)) return Number(name);
		const row = (files.exists(path) ? files.readText(path) : '')
			.split('\n')
			.map(each => each.split(':'))
			.find(each => each[0] === name);
		if (!row)
			throw new DockerfileError(
				`unable to convert uid/gid chown string to host mapping: can't find ${path === '/etc/passwd' ? 'uid for user' : 'gid for group'} ${name}: no such ${path === '/etc/passwd' ? 'user' : 'group'}: ${name}`,
				line,
			);
		return Number(row[column]);
	};
	const uid = lookup('/etc/passwd', user, 2);
	return [uid, group === undefined ? (/^\d+$/.test(user) ? uid : lookup('/etc/passwd', user, 3)) : lookup('/etc/group', group, 2)];
}
