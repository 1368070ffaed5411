import {FileError, type Files} from '../../os/files.js';
import type {Redirection} from '../syntax/ast.js';
import {expandWords} from '../expand/word.js';
import {isFolder, resolvePath} from '../machine.js';
import {endlessSource, isEndless} from './endless.js';
import {passedText} from './process-substitution.js';
import type {Scope} from './scope.js';
import {ShellError} from './signals.js';
import {fileSink, fileSource, nullStream, type Stream, textSource} from './stream.js';
import type {Streams} from './streams.js';

/** The descriptors after `< file >> log 2>&1`, in the order in which they are written. */
export async function redirect(scope: Scope, redirections: readonly Redirection[]): Promise<Streams> {
	if (redirections.length === 0) return scope.streams;
	const streams = new Map(scope.streams);
	for (const redirection of redirections) await apply({...scope, streams}, redirection, streams);
	return streams;
}

async function apply(scope: Scope, redirection: Redirection, streams: Map<number, Stream>) {
	const {operator, target} = redirection;
	if (target.type === 'HereDoc') {
		const text = target.quoted
			? target.content.parts.map(part => ('value' in part ? part.value : '')).join('')
			: await scope.text(target.content);
		streams.set(redirection.fd ?? 0, textSource(target.stripTabs ? text.replaceAll(/^\t+/gm, '') : text));
		return;
	}

	if (operator === '<<<') {
		streams.set(redirection.fd ?? 0, textSource(`${await scope.text(target)}\n`));
		return;
	}

	const words = await expandWords(scope, [target]);
	if (words.length !== 1) throw new ShellError(`${words.length === 0 ? await scope.text(target) : words.join(' ')}: ambiguous redirect`);
	const word = words[0]!;
	const descriptor = redirection.fd ?? (operator.startsWith('<') ? 0 : 1);
	if ((operator === '>&' || operator === '<&') && (/^\d+$/.test(word) || word === '-')) return duplicate(streams, descriptor, word);
	if (redirection.fdVariable) {
		const free = [...Array(90).keys()].map(index => index + 10).find(index => !streams.has(index)) ?? 10;
		scope.shell.variables.set(redirection.fdVariable, String(free));
		streams.set(free, open(scope, operator, word, streams));
		return;
	}

	const stream = open(scope, operator, word, streams);
	streams.set(descriptor, stream);
	if (operator === '&>' || operator === '&>>' || (operator === '>&' && redirection.fd === null)) streams.set(2, stream);
}

function duplicate(streams: Map<number, Stream>, descriptor: number, word: string) {
	if (word === '-') {
		streams.delete(descriptor);
		return;
	}

	const source = streams.get(Number(word));
	if (!source) throw new ShellError(`${word}: Bad file descriptor`);
	streams.set(descriptor, source);
}

function open({shell}: Scope, operator: string, word: string, streams: Map<number, Stream>): Stream {
	const special = device(word, streams);
	if (special) return special;
	const path = resolvePath(shell.cwd, word);
	const {machine} = shell;
	try {
		if (word === '') throw new FileError('ENOENT', path);
		if (/^\/dev\/(tcp|udp)\//.test(path)) throw new ShellError(`kubelab: not simulated: redirection to ${path}`, 125);
		if (operator === '<' || operator === '<&') {
			if (!machine.files.exists(path)) throw new FileError('ENOENT', path);
			const passed = passedText(machine, path);
			if (passed !== undefined) return textSource(passed);
			if (isEndless(path)) return endlessSource(path, shell.services.random);
			// Reading a folder fails when it is read; the shell only opens it.
			return isFolder(machine, path)
				? {...nullStream, readAll: () => Promise.reject(new ShellError('read error: Is a directory'))}
				: fileSource(machine.files, path);
		}

		if (isFolder(machine, path)) throw new FileError('EISDIR', path);
		const exists = machine.files.exists(path);
		if (operator === '>' && exists && shell.options.has('noclobber')) throw new ShellError(`${word}: cannot overwrite existing file`);
		if (!exists || operator === '>' || operator === '>|' || operator === '&>' || operator === '>&') {
			machine.files.write(path, '', exists ? undefined : {mode: 0o666 & ~shell.mask});
		}

		return operator === '<>' ? {...fileSource(machine.files, path), ...sink(machine.files, path)} : sink(machine.files, path);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		if (shell.dialect.name === 'bash') throw new ShellError(`${word}: ${error.message}`);
		// ash and dash say what they were about to do, and shorten the commonest reason.
		const missing = error.code === 'ENOENT' ? (operator === '<' ? 'no such file' : 'nonexistent directory') : error.message;
		throw new ShellError(operator === '<' ? `can't open ${word}: ${missing}` : `can't create ${word}: ${missing}`);
	}
}

/** A disk may be full, or become so. */
function sink(files: Files, path: string): Stream {
	const stream = fileSink(files, path);
	return {
		...stream,
		write(text) {
			try {
				stream.write?.(text);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				throw new ShellError(`write error: ${error.message}`);
			}
		},
	};
}

export function device(word: string, streams: Streams): Stream | undefined {
	if (word === '/dev/null') return nullStream;
	if (word === '/dev/stdout' || word === '/dev/tty') return streams.get(1);
	if (word === '/dev/stderr') return streams.get(2);
	if (word === '/dev/stdin') return streams.get(0);
	const number = /^\/dev\/fd\/(\d+)$/.exec(word)?.[1];
	return number === undefined ? undefined : streams.get(Number(number));
}
