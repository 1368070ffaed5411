/** The lines of a difference. Models google/go-cmp's report_text.go. */
export type Mark = ' ' | '-' | '+';

export interface TextRecord {
	readonly mark: Mark;
	readonly key: string;
	readonly value: TextNode;
	/** `... // 3 identical fields` */
	readonly comment?: string;
}

export type TextNode =
	| {readonly type: 'line'; readonly text: string}
	| {readonly type: 'wrap'; readonly prefix: string; readonly suffix: string; readonly value: TextNode}
	| {readonly type: 'list'; readonly records: readonly TextRecord[]};

export const line = (text: string): TextNode => ({type: 'line', text});
export const wrap = (prefix: string, value: TextNode, suffix = ''): TextNode => ({type: 'wrap', prefix, suffix, value});
export const list = (records: readonly TextRecord[]): TextNode => wrap('{', {type: 'list', records}, '}');
export const ellipsis = (comment?: string): TextRecord => ({mark: ' ', key: '', value: line('...'), ...(comment && {comment})});

const columnsMax = 80;

export function layOut(node: TextNode): string {
	return `${indent(0, ' ')}${expanded(compact(node, ' '), ' ', 0)}\n`;
}

/** go-cmp keeps others from parsing what it prints: a process uses plain spaces or, as here, ones that do not break. */
const space = '\u00A0';
const indent = (depth: number, mark: Mark): string => `${mark === ' ' ? space : mark}${space}${'\t'.repeat(depth)}`;
const stronger = (outer: Mark, inner: Mark): Mark => (outer === ' ' ? inner : outer);

/** What fits on one line becomes one. */
function compact(node: TextNode, mark: Mark): TextNode {
	if (node.type === 'line') return node;
	if (node.type === 'wrap') {
		const value = compact(node.value, mark);
		return value.type === 'line' ? line(node.prefix + value.text + node.suffix) : {...node, value};
	}

	const records = node.records.map(record => ({...record, value: compact(record.value, stronger(mark, record.mark))}));
	const texts = records.map(({key, value}) => `${key && `${key}: `}${value.type === 'line' ? value.text : ''}`);
	const simple = records.every(record => record.mark === ' ' && record.value.type === 'line' && record.comment === undefined);
	const text = texts.join(', ');
	return simple && !(mark !== ' ' && text.length > columnsMax) ? line(text) : {type: 'list', records};
}

function expanded(node: TextNode, mark: Mark, depth: number): string {
	if (node.type === 'line') return node.text;
	if (node.type === 'wrap') return node.prefix + expanded(node.value, mark, depth) + node.suffix;
	const {records} = node;
	const end = `\n${indent(depth, mark)}`;
	const bare = records.every(record => record.mark === ' ' && record.key === '' && record.value.type === 'line' && !record.comment);
	if (bare)
		return (
			batches(records.map(record => (record.value as {text: string}).text))
				.map(text => `\n${indent(depth + 1, mark)}${text}`)
				.join('') + end
		);
	const widths = keyWidths(records);
	const rows = records.map((record, index) => {
		const own = stronger(mark, record.mark);
		const key = record.key && `${record.key}: ${' '.repeat(widths[index]!)}`;
		const isEllipsis = record.value.type === 'line' && record.value.text === '...';
		const comment = record.comment ? ` // ${record.comment}` : '';
		return `\n${indent(depth + 1, own)}${key}${expanded(record.value, own, depth + 1)}${isEllipsis ? '' : ','}${comment}`;
	});
	return rows.join('') + end;
}

/** Values on one line stand in one column, run by run. */
function keyWidths(records: readonly TextRecord[]): number[] {
	const widths = records.map(() => 0);
	let run: number[] = [];
	const close = () => {
		const longest = Math.max(0, ...run.map(index => records[index]!.key.length));
		for (const index of run) widths[index] = longest - records[index]!.key.length;
		run = [];
	};
	for (const [index, record] of records.entries()) {
		if (record.key === '' || record.value.type !== 'line') close();
		else run.push(index);
	}

	close();
	return widths;
}

function batches(texts: readonly string[]): string[] {
	const result: string[] = [];
	let batch = '';
	for (const text of texts) {
		if (batch !== '' && batch.length + text.length + 2 > columnsMax) {
			result.push(batch.trimEnd());
			batch = '';
		}

		batch += `${text}, `;
	}

	if (batch) result.push(batch.trimEnd());
	return result;
}
