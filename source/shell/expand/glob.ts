import {isFolder, resolvePath, type ShellMachine} from '../machine.js';
import {matchesPattern} from './pattern.js';

/** Paths that match, in byte order; none when nothing does. Hidden names only match a pattern that begins with a dot. */
export function glob(machine: ShellMachine, cwd: string, pattern: string, {hidden = false, globstar = false} = {}): string[] {
	const absolute = pattern.startsWith('/');
	const parts = pattern.split('/').filter((part, index) => part !== '' || index > 0);
	const onlyFolders = parts.at(-1) === '';
	if (onlyFolders) parts.pop();
	let found: string[] = [absolute ? '/' : ''];
	parts.forEach((part, index) => {
		const last = index === parts.length - 1;
		const next: string[] = [];
		for (const base of found) {
			for (const path of globstar && part === '**' ? below(machine, cwd, base, last) : step(machine, cwd, base, part, hidden))
				next.push(path);
		}

		found = last ? next : next.filter(path => isFolder(machine, resolvePath(cwd, path)));
	});
	if (onlyFolders) found = found.filter(path => isFolder(machine, resolvePath(cwd, path))).map(path => `${path}/`);
	return found.sort(byBytes);
}

function step(machine: ShellMachine, cwd: string, base: string, part: string, hidden: boolean): string[] {
	const plain = part.replaceAll(/\\(.)/g, '$1');
	const join = (name: string) => (base === '' ? name : base.endsWith('/') ? base + name : `${base}/${name}`);
	if (!/[*?[]|[@+!]\(/.test(part)) return machine.files.exists(resolvePath(cwd, join(plain))) ? [join(plain)] : [];
	return names(machine, resolvePath(cwd, base || '.'))
		.filter(name => (hidden || !name.startsWith('.') || part.startsWith('.')) && matchesPattern(name, part))
		.map(join);
}

function below(machine: ShellMachine, cwd: string, base: string, files: boolean, depth = 0): string[] {
	const found = [base];
	if (depth > 50) return found;
	for (const name of names(machine, resolvePath(cwd, base || '.'))) {
		if (name.startsWith('.')) continue;
		const path = base === '' ? name : base.endsWith('/') ? base + name : `${base}/${name}`;
		if (isFolder(machine, resolvePath(cwd, path))) for (const each of below(machine, cwd, path, files, depth + 1)) found.push(each);
		else if (files) found.push(path);
	}

	return found.filter(path => path !== '');
}

function names({files}: ShellMachine, path: string): string[] {
	try {
		return files.list(path);
	} catch {
		return [];
	}
}

/** Byte order of UTF-8 is code point order. */
export function byBytes(a: string, b: string): number {
	const first = [...a];
	const second = [...b];
	for (let i = 0; i < Math.min(first.length, second.length); i++) {
		const difference = first[i]!.codePointAt(0)! - second[i]!.codePointAt(0)!;
		if (difference !== 0) return difference;
	}

	return first.length - second.length;
}
