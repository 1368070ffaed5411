import {type Document, parseAllDocuments, visit, type YAMLParseError} from 'yaml';

/** A manifest that is not YAML, in go-yaml's words: `yaml: line 5: mapping values are not allowed in this context`. */
export class YamlError extends Error {}

/** All documents of a text as plain data, read as go-yaml v2 reads YAML 1.1 (yes/no are booleans, times are strings). `1.2`: as v3 does, where they are not. */
export function parseDocuments(text: string, version: '1.1' | '1.2' = '1.1'): unknown[] {
	const tab = /^( *)\t[ \t]*[^\s#]/m.exec(text);
	const documents = parseAllDocuments(text, {
		version,
		schema: version === '1.1' ? 'yaml-1.1' : 'core',
		customTags: tags => tags.filter(keepTag),
		merge: true,
		logLevel: 'silent',
		uniqueKeys: false,
	});
	if ('empty' in documents) return [];
	return [...documents].map(document => {
		const error = document.errors[0];
		// The scanner ends the last line itself (fetch_stream_end), so that what is missed at the end is missed on a line.
		if (error && !text.endsWith('\n')) return parseDocuments(`${text}\n`, version);
		if (error) throw new YamlError(goYamlText(error, text, tab));
		refuseOwnAlias(document);
		const data = plain(toPlain(document));
		if (version === '1.1') refuseInfinite(data);
		return data;
	});
}

function toPlain(document: {toJS(options: {maxAliasCount: number}): unknown}): unknown {
	try {
		return document.toJS({maxAliasCount: 1000});
	} catch (error) {
		const alias = /Unresolved alias .*: (.*)$/.exec((error as Error).message);
		throw new YamlError(alias ? `yaml: unknown anchor '${alias[1]}' referenced` : 'yaml: document contains excessive aliasing');
	}
}

/** An alias inside of what its anchor names would never end. */
function refuseOwnAlias(document: Document): void {
	visit(document, {
		Alias(_key, {source}, path) {
			if (path.some(node => 'anchor' in node && node.anchor === source))
				throw new YamlError(`yaml: anchor '${source}' value contains itself`);
		},
	});
}

/** A manifest goes through JSON, which has no word for them. */
function refuseInfinite(value: unknown): void {
	if (typeof value === 'number' && !Number.isFinite(value))
		throw new YamlError(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`);
	if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) refuseInfinite(inner);
}

const dropped = new Set(['timestamp', 'binary', 'omap', 'pairs', 'set']);
const keepTag = (tag: unknown): boolean => {
	if (typeof tag === 'string') return !dropped.has(tag);
	const {tag: name, format} = tag as {tag?: string; format?: string};
	return format !== 'TIME' && !/timestamp|binary|omap|pairs|set$/.test(name ?? '');
};

/** Keys become text, as they do on the way to JSON. */
function plain(value: unknown): unknown {
	if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]));
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value === 'bigint') return Number(value);
	if (typeof value === 'object' && value !== null) {
		const record = value as Record<string, unknown>;
		for (const key of Object.keys(record)) record[key] = plain(record[key]);
	}

	return value;
}

/** go-yaml's scanner counts lines from one and leaves the first out; its parser is one line behind. */
const scanner = (line: number, text: string) => `yaml: ${line > 1 ? `line ${line}: ` : ''}${text}`;
const parser = (line: number, text: string) =>
	scanner(line === 1 ? 1 : line - 1 || 1, text).replace(/^yaml: (?!line )/, line > 1 ? 'yaml: line 1: ' : 'yaml: ');

const parserTexts: ReadonlyArray<[pattern: RegExp, text: string]> = [
	[/Flow sequence/, "did not find expected ',' or ']'"],
	[/Flow map/, "did not find expected ',' or '}'"],
	[/sequence items|Unexpected scalar at node end/, "did not find expected '-' indicator"],
	[/mapping items|Sequence item without/, 'did not find expected key'],
];

function goYamlText(error: YAMLParseError, text: string, tab: RegExpExecArray | null): string {
	const line = error.linePos?.[0].line ?? 1;
	if (tab) return tabText(text, tab);
	if (error.code === 'BLOCK_AS_IMPLICIT_KEY')
		return scanner(lineOfColon(text, error.pos[0]), 'mapping values are not allowed in this context');
	if (error.code === 'MULTILINE_IMPLICIT_KEY') return multilineText(text, error.pos[0], line);
	if (/quote/.test(error.message)) return scanner(line, 'found unexpected end of stream');
	// Right after an opening bracket or a comma an entry is missed, not the comma.
	if (/Flow (?:sequence|map)/.test(error.message) && /[[{,]\s*$/.test(text)) return parser(line, 'did not find expected node content');
	const known = parserTexts.find(([pattern]) => pattern.test(error.message));
	if (known) return parser(line, known[1]);
	if (error.code === 'MISSING_CHAR') return scanner(line + 1, "could not find expected ':'");
	if (error.code === 'BAD_SCALAR_START') return scanner(line, 'found character that cannot start any token');
	if (error.code === 'BAD_DQ_ESCAPE') return scanner(line, 'found unknown escape character');
	return parser(line, error.code === 'UNEXPECTED_TOKEN' ? 'did not find expected node content' : 'did not find expected key');
}

/** After a plain scalar the tab might have gone on with it; anywhere else nothing begins with one. */
function tabText(text: string, tab: RegExpExecArray): string {
	const before = text.slice(0, tab.index).trimEnd();
	const stops = before === '' || /[:\-"'\]}|>]$/.test(before);
	return scanner(
		text.slice(0, tab.index).split('\n').length,
		stops ? 'found character that cannot start any token' : 'found a tab character that violates indentation',
	);
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** The colon that made a scalar into a key, where none may stand. */
function lineOfColon(text: string, from: number): number {
	const colon = /:(?=\s|$)/.exec(text.slice(from));
	return lineAt(text, colon ? from + colon.index : from);
}

/** A scalar that goes on over a line break and then turns out to be a key. */
function multilineText(text: string, from: number, line: number): string {
	if (text[from] === '-') return parser(line, 'did not find expected key');
	const lead = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
	const inMapping = lead.trim() === '' && new RegExp(`^${lead}[^\\s#-][^\\n]*:(?:\\s|$)`, 'm').test(text.slice(0, from));
	return inMapping
		? scanner(line + 1, "could not find expected ':'")
		: scanner(lineOfColon(text, from), 'mapping values are not allowed in this context');
}
