import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export interface SourceFile {
	/** Below `source/`, with forward slashes. */
	readonly name: string;
	readonly text: string;
}

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** All TypeScript below source/. */
export function sourceFiles(): SourceFile[] {
	const base = path.join(root, 'source');
	return readdirSync(base, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
		.map(entry => path.join(entry.parentPath ?? entry.path, entry.name))
		.sort()
		.map(file => ({name: path.relative(base, file).replaceAll(path.sep, '/'), text: readFileSync(file, 'utf8')}));
}

/** The same text with comments and the insides of quotes blanked, so that a word in prose is not taken for code. Lines stay. */
export function codeOnly(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\/|(^|[^:\\])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, match =>
		match.replace(/[^\n]/g, ' '),
	);
}

export const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;
