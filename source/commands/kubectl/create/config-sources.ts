import {isEnvVarName} from '../../../api/selector/label-syntax.js';
import {FileError} from '../../../os/files.js';
import {utf8} from '../config/identity.js';
import {failure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import type {Call} from '../verb.js';

export const sourceFlags: readonly Flag[] = [
	['append-hash', 'bool', 'false'],
	['from-file', 'strings', ''],
	['from-literal', 'array', ''],
	['from-env-file', 'strings', ''],
];

export type Entries = Map<string, Uint8Array>;

/** What `--from-file`, `--from-literal` and `--from-env-file` give, for a ConfigMap or a Secret. `fileKey`: of files that name no key. */
export function readSources(call: Call, owner: {kind: 'ConfigMap' | 'Secret'; name: string; fileKey?: string}): Entries {
	const {flags} = call;
	const entries: Entries = new Map();
	const files = flags.list('from-file');
	const literals = flags.has('from-literal') ? flags.list('from-literal') : [];
	const envFiles = flags.has('from-env-file') ? flags.list('from-env-file') : [];
	if (envFiles.length > 0 && (files.length > 0 || literals.length > 0))
		throw failure('from-env-file cannot be combined with from-file or from-literal');
	const add = (key: string, value: Uint8Array) => {
		checkKey(key, owner.kind);
		if (entries.has(key))
			throw failure(
				`cannot add key ${owner.kind === 'ConfigMap' ? `"${key}"` : key}, another key by that name already exists${owner.kind === 'ConfigMap' ? ` in Data for ConfigMap "${owner.name}"` : ''}`,
			);
		entries.set(key, value);
	};

	// Files come before literals for a Secret, after them for a ConfigMap; only duplicate keys show it.
	for (const source of files) addFile(call, owner.fileKey && !source.includes('=') ? `${owner.fileKey}=${source}` : source, add);
	for (const literal of literals) addLiteral(literal, add);
	for (const file of envFiles) addEnvFile(call, file, (key, value) => add(key, value));
	return entries;
}

function addLiteral(literal: string, add: (key: string, value: Uint8Array) => void): void {
	const equals = literal.indexOf('=');
	if (equals <= 0) throw failure(`invalid literal source ${literal}, expected key=value`);
	add(literal.slice(0, equals), new TextEncoder().encode(literal.slice(equals + 1)));
}

function addFile(call: Call, source: string, add: (key: string, value: Uint8Array) => void): void {
	const parts = source.split('=');
	if (parts.length > 2) throw failure("key names or file paths cannot contain '='");
	const [first, second] = parts as [string, string | undefined];
	if (second !== undefined && first === '') throw failure(`key name for file path ${second} missing`);
	if (second === '') throw failure(`file path for key name ${first} missing`);
	const path = second ?? first;
	if (path === '/dev/stdin') {
		add(second === undefined ? 'stdin' : first, new TextEncoder().encode(call.session.io.stdin));
		return;
	}

	const {files} = call.session.machine;
	const full = call.session.io.path(path);
	if (!files.exists(full)) throw failure(`error reading ${path}: no such file or directory`);
	if (files.stat(full).type !== 'folder') {
		add(second === undefined ? path.slice(path.lastIndexOf('/') + 1) : first, files.readBytes(full));
		return;
	}

	if (second !== undefined) throw failure('cannot give a key name for a directory path');
	for (const name of files.list(full)) {
		const file = full === '/' ? `/${name}` : `${full}/${name}`;
		if (files.stat(file).type === 'file') add(name, files.readBytes(file));
	}
}

function addEnvFile(call: Call, path: string, add: (key: string, value: Uint8Array) => void): void {
	const {files} = call.session.machine;
	const full = call.session.io.path(path);
	if (!files.exists(full)) throw failure(`error reading ${path}: no such file or directory`);
	if (files.stat(full).type === 'folder') throw failure('env config file cannot be a directory');
	for (const line of envLines(readFile(call, path))) {
		const equals = line.indexOf('=');
		const key = equals === -1 ? line : line.slice(0, equals);
		const problems = isEnvVarName(key);
		if (problems.length > 0) throw failure(`"${key}" is not a valid key name: ${problems.join(';')}`);
		const value = equals === -1 ? (call.session.io.env[key] ?? '') : line.slice(equals + 1);
		add(key, new TextEncoder().encode(value));
	}
}

const envLines = (text: string): string[] =>
	text
		.split(/\r?\n/)
		.map(line => line.trimStart())
		.filter(line => line !== '' && !line.startsWith('#'));

export function readFile(call: Call, path: string): string {
	try {
		return utf8(call.session.machine.files.readBytes(call.session.io.path(path)));
	} catch (error) {
		if (error instanceof FileError) throw failure(`Cannot read file ${path}, open ${path}: ${error.message.toLowerCase()}`);
		throw error;
	}
}

function checkKey(key: string, kind: string): void {
	if (/^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && key !== '..' && !key.startsWith('..')) return;
	const problem =
		key === '.' || key === '..' || key.startsWith('..')
			? key === '.'
				? "must not be '.'"
				: key === '..'
					? "must not be '..'"
					: "must not start with '..'"
			: "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
	throw failure(`"${key}" is not a valid key name for a ${kind}: ${problem}`);
}

export function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', {fatal: true}).decode(bytes);
		return true;
	} catch {
		return false;
	}
}
