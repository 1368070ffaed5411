/** A stretch of a task text. */
export type Block =
	| {readonly type: 'text' | 'heading' | 'list'; readonly lines: readonly string[]}
	| {readonly type: 'fence'; readonly language: string; readonly lines: readonly string[]};

export function blocksOf(source: string): Block[] {
	const blocks: Block[] = [];
	const lines = source.split('\n');
	for (let at = 0; at < lines.length; ) {
		const line = lines[at]!;
		const fence = /^```(\w*)/.exec(line);
		let end = at + 1;
		if (fence) {
			while (end < lines.length && !lines[end]!.startsWith('```')) end++;
			blocks.push({type: 'fence', language: fence[1]!, lines: lines.slice(at + 1, end)});
			end++;
		} else if (line.startsWith('#')) {
			blocks.push({type: 'heading', lines: [line]});
		} else if (line.trim()) {
			while (end < lines.length && lines[end]!.trim() && !/^(#|```)/.test(lines[end]!)) end++;
			blocks.push({type: /^\s*[*-] /.test(line) ? 'list' : 'text', lines: lines.slice(at, end)});
		}
		at = end;
	}
	return blocks;
}

/** Something to type. */
export const isCommands = (block: Block) => block.type === 'fence' && block.language === '';

/** What a file holds, or a part of one. */
export const isYaml = (block: Block) => block.type === 'fence' && block.language === 'yaml';
