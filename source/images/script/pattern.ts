import {FileError} from '../../os/files.js';
import {join} from '../../os/layer.js';
import type {Run} from './state.js';

/** A shell pattern as a regular expression; characters marked with U+0000 before them stand for themselves. */
export function patternOf(text: string, anchors: 'both' | 'start' | 'end' | 'none' = 'both', greedy = true): RegExp {
	let source = '';
	for (let i = 0; i < text.length; i++) {
		const char = text[i]!;
		if (char === '\0') source += literal(text[++i] ?? '');
		else if (char === '*') source += greedy ? '[^]*' : '[^]*?';
		else if (char === '?') source += '[^]';
		else if (char === '[') {
			const end = text.indexOf(']', i + 2);
			if (end === -1) source += '\\[';
			else {
				const set = text
					.slice(i + 1, end)
					.replace(/^!/, '^')
					.replace(/\\/g, '\\\\')
					.replace(/\[:(\w+):\]?/g, (_, name: string) => classes[name] ?? '');
				source += `[${set}]`;
				i = end;
			}
		} else source += literal(char);
	}

	return new RegExp(
		`${anchors === 'both' || anchors === 'start' ? '^' : ''}(?:${source})${anchors === 'both' || anchors === 'end' ? '$' : ''}`,
	);
}

const classes: Readonly<Record<string, string>> = {
	digit: '0-9',
	alpha: 'A-Za-z',
	alnum: 'A-Za-z0-9',
	lower: 'a-z',
	upper: 'A-Z',
	space: ' \\t\\n\\r',
	blank: ' \\t',
	punct: '!-\\/:-@\\[-`{-~',
	xdigit: '0-9A-Fa-f',
};

export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const hasPattern = (text: string): boolean => /(?<!\0)[*?[]/.test(text);

export const plain = (text: string): string => text.replaceAll('\0', '');

/** Files that a pattern names, in byte order; none: the pattern itself. */
export function expandPath({machine}: Run, cwd: string, pattern: string): string[] {
	const absolute = pattern.startsWith('/');
	let found: string[] = [absolute ? '/' : ''];
	for (const part of pattern.split('/').filter(Boolean)) {
		found = found.flatMap(prefix => {
			const folder = prefix === '' ? cwd : prefix.startsWith('/') ? prefix : `${cwd}/${prefix}`;
			const named = (name: string) => (prefix === '' ? name : join(prefix, name));
			try {
				if (!hasPattern(part)) return machine.files.exists(join(folder, plain(part))) ? [named(plain(part))] : [];
				const regex = patternOf(part);
				return machine.files
					.list(folder)
					.filter(name => regex.test(name) && (!name.startsWith('.') || part.startsWith('.')))
					.map(named);
			} catch (error) {
				if (error instanceof FileError) return [];
				throw error;
			}
		});
	}

	return found.length > 0 ? found : [plain(pattern)];
}
