import type {Files} from '../../../../os/files.js';
import {join} from '../../../../os/layer.js';

/** The folder that a build may copy from, without what .dockerignore leaves out. */
export interface BuildContext {
	readonly files: Files;
	readonly root: string;
	/** By path below the root: `src/main.go`. */
	isIgnored(path: string): boolean;
	/** Names that match, below the root. */
	match(pattern: string): string[];
	readonly ignoreBytes: number;
	/** Of all files that are not left out. */
	bytes(): number;
}

/** `*`, `?`, `[a-z]` and, where asked for, `**`; a slash is crossed by `**` only. Models Go's filepath.Match and moby/patternmatcher. */
export function glob(pattern: string, deep: boolean): RegExp {
	let text = '';
	for (let at = 0; at < pattern.length; at++) {
		const char = pattern[at]!;
		if (deep && pattern.startsWith('**', at)) {
			const slash = pattern[at + 2] === '/';
			text += slash ? '(?:.*/)?' : '.*';
			at += slash ? 2 : 1;
		} else if (char === '*') text += '[^/]*';
		else if (char === '?') text += '[^/]';
		else if (char === '[') {
			const end = pattern.indexOf(']', at);
			if (end < 0) text += '\\[';
			else {
				text += pattern.slice(at, end + 1).replaceAll('\\', '\\\\');
				at = end;
			}
		} else text += char.replace(/[.+^${}()|\]\\/]/g, '\\$&');
	}

	return new RegExp(`^${text}$`);
}

const clean = (path: string) =>
	path
		.split('/')
		.filter(part => part !== '' && part !== '.')
		.join('/');

export function openContext(files: Files, root: string, dockerfile: string): BuildContext {
	const own = `${root}/${dockerfile}.dockerignore`;
	const path = files.exists(own) ? own : `${root}/.dockerignore`;
	const text = files.exists(path) ? files.readText(path) : '';
	const rules = text
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('#'))
		.map(line => ({keeps: line.startsWith('!'), pattern: glob(clean(line.replace(/^!/, '')), true)}));
	const isIgnored = (inner: string) => {
		let ignored = false;
		const parts = inner.split('/');
		for (const {keeps, pattern} of rules) {
			const hits = parts.some((_, index) => pattern.test(parts.slice(0, index + 1).join('/')));
			if (hits) ignored = !keeps;
		}

		return ignored;
	};

	const match = (pattern: string): string[] => {
		const wanted = clean(pattern);
		if (!/[*?[]/.test(wanted)) return files.exists(join(root, wanted) || root) && !(wanted !== '' && isHidden(wanted)) ? [wanted] : [];
		const walk = (folder: string, parts: readonly string[]): string[] => {
			const [head, ...rest] = parts;
			if (head === undefined) return [folder];
			const full = folder === '' ? root : join(root, folder);
			if (!files.exists(full) || files.stat(full).type !== 'folder') return [];
			return files
				.list(full)
				.filter(name => glob(head, false).test(name))
				.flatMap(name => walk(folder === '' ? name : `${folder}/${name}`, rest));
		};
		return walk('', wanted.split('/')).filter(inner => !isHidden(inner));
	};

	/** A folder that is left out may still hold what is kept. */
	const isHidden = (inner: string): boolean => {
		if (!isIgnored(inner)) return false;
		const full = join(root, inner);
		return (
			!rules.some(rule => rule.keeps) || files.stat(full).type !== 'folder' || files.list(full).every(name => isHidden(`${inner}/${name}`))
		);
	};
	const bytes = (folder: string): number =>
		files.list(folder === '' ? root : join(root, folder)).reduce((sum, name) => {
			const inner = folder === '' ? name : `${folder}/${name}`;
			const stat = files.lstat(join(root, inner));
			return sum + (stat.type === 'folder' ? bytes(inner) : isIgnored(inner) ? 0 : stat.size);
		}, 2);
	return {files, root, isIgnored, match, ignoreBytes: text.length, bytes: () => (root === '' ? 2 : bytes(''))};
}
