import {FileError} from '../../os/files.js';
import {normalise} from '../../os/layer.js';
import type {Run, Task} from './state.js';

/** `test` and `[`: 0 true, 1 false, 2 wrong. POSIX's rules for up to four arguments, then -a and -o. */
export function testWords(run: Run, task: Task, words: readonly string[]): number {
	const or = words.indexOf('-o');
	if (or > 0 && words.length > 3)
		return testWords(run, task, words.slice(0, or)) === 0 || testWords(run, task, words.slice(or + 1)) === 0 ? 0 : 1;
	const and = words.indexOf('-a');
	if (and > 0 && words.length > 3)
		return testWords(run, task, words.slice(0, and)) === 0 && testWords(run, task, words.slice(and + 1)) === 0 ? 0 : 1;
	if (words[0] === '!' && words.length > 1) {
		const inner = testWords(run, task, words.slice(1));
		return inner > 1 ? inner : 1 - inner;
	}

	if (words.length === 0) return 1;
	if (words.length === 1) return words[0] === '' ? 1 : 0;
	if (words.length === 2) return unary(run, task, words[0]!, words[1]!) ? 0 : 1;
	return binary(words[0]!, words[1]!, words[2]!) ? 0 : 1;
}

function unary({machine: {files}}: Run, task: Task, operator: string, operand: string): boolean {
	if (operator === '-z') return operand === '';
	if (operator === '-n') return operand !== '';
	if (operator === '-t') return false;
	const path = normalise(operand, task.cwd);
	try {
		if (operator === '-L' || operator === '-h') return files.lstat(path).type === 'symlink';
		const {type, size, mode} = files.stat(path);
		switch (operator) {
			case '-f':
				return type === 'file';
			case '-d':
				return type === 'folder';
			case '-s':
				return size > 0;
			case '-x':
				return (mode & 0o111) !== 0;
			case '-c':
				return type === 'device';
			case '-p':
			case '-S':
			case '-b':
				return false;
			default:
				return true;
		}
	} catch (error) {
		if (error instanceof FileError) return false;
		throw error;
	}
}

function binary(left: string, operator: string, right: string): boolean {
	switch (operator) {
		case '=':
		case '==':
			return left === right;
		case '!=':
			return left !== right;
		case '<':
			return left < right;
		case '>':
			return left > right;
		case '-eq':
			return Number(left) === Number(right);
		case '-ne':
			return Number(left) !== Number(right);
		case '-lt':
			return Number(left) < Number(right);
		case '-le':
			return Number(left) <= Number(right);
		case '-gt':
			return Number(left) > Number(right);
		case '-ge':
			return Number(left) >= Number(right);
		default:
			return false;
	}
}
