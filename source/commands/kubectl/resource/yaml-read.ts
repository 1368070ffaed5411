import {parseAllDocuments, type YAMLParseError} from 'yaml';

/** A manifest that is not YAML, in go-yaml's words: `yaml: line 5: mapping values are not allowed in this context`. */
export class YamlError extends Error {}

/** All documents of a text as plain data, read as go-yaml v2 reads YAML 1.1 (yes/no are booleans, times are strings). */
export function parseDocuments(text: string): unknown[] {
	const tab = /^( *)\t[ \t]*[^\s#]/m.exec(text);
	const documents = parseAllDocuments(text, {version: '1.1', schema: 'yaml-1.1', customTags: tags => tags.filter(keepTag), merge: true, logLevel: 'silent', uniqueKeys: false});
	if ('empty' in documents) return [];
	return [...documents].map(document => {
		const error = document.errors[0];
		if (error) throw new YamlError(goYamlText(error, text, tab));
		return plain(document.toJS({maxAliasCount: 1000}));
	});
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

const goTexts: Readonly<Record<string, string>> = {
	BAD_INDENT: 'did not find expected key',
	BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
	BLOCK_IN_FLOW: 'did not find expected node content',
	MISSING_CHAR: 'did not find expected node content',
	MULTILINE_IMPLICIT_KEY: "could not find expected ':'",
	TAB_AS_INDENT: 'found a tab character that violates indentation',
	BAD_ALIAS: 'did not find expected alphabetic or numeric character',
	BAD_DQ_ESCAPE: 'found unknown escape character',
	BAD_SCALAR_START: 'found character that cannot start any token',
	UNEXPECTED_TOKEN: 'did not find expected node content',
};

function goYamlText(error: YAMLParseError, text: string, tab: RegExpExecArray | null): string {
	const line = (error.code === 'BLOCK_AS_IMPLICIT_KEY' ? error.linePos?.[1]?.line : undefined) ?? error.linePos?.[0].line ?? 1;
	if (tab) {
		const tabLine = text.slice(0, tab.index).split('\n').length;
		const before = text.slice(0, tab.index).trimEnd();
		// After a plain scalar the tab might have gone on with it; anywhere else nothing begins with one.
		return `yaml: line ${tabLine}: found ${/[:\-"'\]}|>]$/.test(before) || before === '' ? 'character that cannot start any token' : 'a tab character that violates indentation'}`;
	}

	if (error.code === 'MISSING_CHAR' && /quote/.test(error.message)) return `yaml: line ${line}: found unexpected end of stream`;
	if (error.code === 'MISSING_CHAR' && /flow (sequence|map)/i.test(error.message)) return `yaml: line ${line}: did not find expected ',' or '${/map/i.test(error.message) ? '}' : ']'}'`;
	if (error.code === 'MULTILINE_IMPLICIT_KEY' || error.code === 'MISSING_CHAR') return `yaml: line ${line + 1}: could not find expected ':'`;
	return `yaml: line ${line}: ${goTexts[error.code] ?? 'did not find expected key'}`;
}
