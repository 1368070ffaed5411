import {type Block, blocksOf, isCommands, isYaml} from './blocks.js';
import {wholeCommands} from './commands.js';

/** What a learner takes out of a task text instead of typing it. */
export interface TaskItem {
	/** A command as it is typed; of a file, what stands in it. */
	readonly text: string;
	readonly kind: 'command' | 'file' | 'part';
	/** Of a file or a part of one: its name where the commands beside it tell it. */
	readonly path?: string;
}

/** In the order of the text: the commands of fences without a language, and each fence of YAML as a whole. */
export function itemsIn(source: string): TaskItem[] {
	const blocks = blocksOf(source);
	return blocks.flatMap((block, at): TaskItem[] => {
		if (isCommands(block))
			return wholeCommands(block.lines).flatMap(({lines, runs}) => (runs ? [{text: lines.join('\n'), kind: 'command'}] : []));
		if (!isYaml(block)) return [];
		const text = block.lines.join('\n');
		const path = pathFor(blocks, at);
		const isWhole = /^apiVersion:/m.test(text) && /^kind:/m.test(text);
		return [{text, kind: isWhole ? 'file' : 'part', ...(path && {path})}];
	});
}

/** What is typed to have it: a file comes to be by a here-document. */
export const typedFor = ({text, kind, path = `${nameIn(text)}.yml`}: TaskItem): string =>
	kind === 'file' ? `cat > ${path} <<'EOF'\n${text}\nEOF` : text;

/** What the open file lacks: of the texts for this file, else of those for none, the first that is not in it yet. */
export function missingFrom(items: readonly TaskItem[], {path, text}: {path: string; text: string}): number {
	const named = (name: string | undefined) => name?.split('/').at(-1);
	const lacks = (item: TaskItem) => item.kind !== 'command' && !text.includes(item.text);
	const own = items.findIndex(item => lacks(item) && item.path && named(item.path) === named(path));
	const isKnown = items.some(item => named(item.path) === named(path));
	return own >= 0 || isKnown ? own : items.findIndex(item => lacks(item) && !item.path);
}

const nameIn = (text: string) => /^metadata:\s*\n(?: .*\n)*? {2}name: *["']?([\w.-]+)/m.exec(`${text}\n`)?.[1] ?? 'new';

/** The file that is edited beside a fence of its section: right after it, else before it. */
function pathFor(blocks: readonly Block[], at: number): string | undefined {
	const next = blocks.findIndex((block, index) => index > at && (block.type === 'heading' || block.type === 'fence'));
	const start = blocks.findLastIndex((block, index) => index < at && block.type === 'heading');
	const before = blocks.slice(start + 1, at).flatMap(filesOf);
	return (blocks[next] && filesOf(blocks[next])[0]) ?? before.at(-1);
}

const filesOf = (block: Block): string[] =>
	isCommands(block) ? block.lines.flatMap(line => /\b(?:vim?|nano|-f) +(\S+\.ya?ml)\b/.exec(line)?.[1] ?? []) : [];
