/** One instruction of a Dockerfile. */
export interface Instruction {
	/** In capitals. */
	readonly name: string;
	/** As it was written, its lines joined. */
	readonly text: string;
	/** After the name and its flags. */
	readonly rest: string;
	/** `--from=builder` */
	readonly flags: ReadonlyMap<string, string>;
	/** From 1. */
	readonly line: number;
	readonly lastLine: number;
}

/** What is wrong, and where. */
export class DockerfileError extends Error {
	readonly line: number;
	readonly lastLine: number;

	constructor(message: string, line: number, lastLine = line) {
		super(message);
		this.line = line;
		this.lastLine = lastLine;
	}
}

const names: readonly string[] =
	'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' ');
const flagged = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN']);

/** Lines to instructions. Models moby/buildkit frontend/dockerfile/parser. */
export function parseDockerfile(text: string): Instruction[] {
	const lines = text
		.replace(/^\uFEFF/, '')
		.split('\n')
		.map(line => line.replace(/\r$/, ''));
	const backslash = /^#\s*escape\s*=\s*`\s*$/im.test(lines.slice(0, 3).join('\n')) ? '`' : '\\';
	const result: Instruction[] = [];
	for (let at = 0; at < lines.length; at++) {
		if (/^\s*(#|$)/.test(lines[at]!)) continue;
		const first = at;
		let joined = '';
		for (; ; at++) {
			const line = lines[at] ?? '';
			// A comment or an empty line in the middle of a long instruction is left out.
			if (at > first && /^\s*#/.test(line)) continue;
			if (at > first && line.trim() === '' && at < lines.length - 1 && joined !== '') continue;
			const goes = line.trimEnd().endsWith(backslash);
			joined += goes ? line.trimEnd().slice(0, -1) : line;
			if (!goes || at >= lines.length - 1) break;
		}

		result.push(instruction(joined.trim(), first + 1, Math.min(at + 1, lines.length)));
	}

	if (result.length === 0) throw new DockerfileError('the Dockerfile cannot be empty', 0);
	return result;
}

export function instruction(text: string, line: number, lastLine: number): Instruction {
	const [word = ''] = /^\S+/.exec(text) ?? [];
	const name = word.toUpperCase();
	if (!names.includes(name))
		throw new DockerfileError(`dockerfile parse error on line ${line}: unknown instruction: ${word}${meant(name)}`, line, lastLine);
	let rest = text.slice(word.length).trim();
	const flags = new Map<string, string>();
	for (
		let match = flagged.has(name) ? /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/.exec(rest) : null;
		match;
		match = /^--([a-z-]+)(?:=(\S*))?(?:\s+|$)/.exec(rest)
	) {
		flags.set(match[1]!, (match[2] ?? 'true').replace(/^"(.*)"$/, '$1'));
		rest = rest.slice(match[0].length);
	}

	if (rest === '' && !(name === 'HEALTHCHECK' && flags.size > 0)) {
		const needs: Readonly<Record<string, string>> = {FROM: 'file with no instructions', RUN: 'RUN requires at least one argument'};
		const atLeast = `${name} requires ${['CMD', 'ENTRYPOINT', 'VOLUME', 'EXPOSE', 'LABEL', 'ENV', 'ARG', 'RUN', 'HEALTHCHECK', 'SHELL'].includes(name) ? 'at least one argument' : ['ADD', 'COPY'].includes(name) ? 'at least two arguments, but only one was provided. Destination could not be determined' : 'exactly one argument'}`;
		throw new DockerfileError(
			`dockerfile parse error on line ${line}: ${name === 'FROM' ? 'FROM requires either one or three arguments' : (needs[name] ?? atLeast)}`,
			line,
			lastLine,
		);
	}

	return {name, text, rest, flags, line, lastLine};
}

/** `(did you mean COPY?)` */
function meant(name: string): string {
	const near = names.find(each => distance(each, name) <= 2);
	return near ? ` (did you mean ${near}?)` : '';
}

function distance(a: string, b: string): number {
	let row = Array.from({length: b.length + 1}, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
		row = next;
	}

	return row[b.length]!;
}

/** `["a", "b"]` as words; undefined for the shell form. */
export function jsonWords(text: string): string[] | undefined {
	if (!text.trimStart().startsWith('[')) return undefined;
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) && parsed.every(each => typeof each === 'string') ? parsed : undefined;
	} catch {
		return undefined;
	}
}
