/** Where a node stands: its offset, for Go's `file:line:column`. */
interface At {
	readonly at: number;
}

export type Node =
	| (At & {readonly type: 'text'; readonly text: string})
	| (At & {readonly type: 'action'; readonly pipe: Pipe})
	| (At & {readonly type: 'if' | 'with' | 'range'; readonly pipe: Pipe; readonly body: Node[]; readonly otherwise: Node[]})
	| (At & {readonly type: 'template'; readonly name: string; readonly pipe?: Pipe})
	| (At & {readonly type: 'break' | 'continue'});

export interface Pipe extends At {
	readonly type: 'pipe';
	readonly variables: readonly string[];
	/** `=` instead of `:=`. */
	readonly assigns: boolean;
	readonly commands: readonly Command[];
}

export interface Command extends At {
	readonly type: 'command';
	readonly args: readonly Operand[];
}

export type Operand =
	| (At & {readonly type: 'string'; readonly value: string; readonly text: string})
	/** Whole numbers are `bigint`, as Go's ints; others are float64. */
	| (At & {readonly type: 'number'; readonly value: bigint | number; readonly text: string})
	| (At & {readonly type: 'bool'; readonly value: boolean})
	| (At & {readonly type: 'nil' | 'dot'})
	| (At & {readonly type: 'field'; readonly path: readonly string[]})
	| (At & {readonly type: 'variable'; readonly name: string; readonly path: readonly string[]})
	| (At & {readonly type: 'function'; readonly name: string})
	| (At & {readonly type: 'chain'; readonly of: Operand; readonly path: readonly string[]})
	| Pipe;

/** A parsed template: one `define`, or the file itself. */
export interface Tree {
	readonly name: string;
	/** The file that it stands in, and that file's text. */
	readonly file: string;
	readonly source: string;
	readonly nodes: readonly Node[];
}

/** A node as Go prints it in errors. */
export function nodeText(node: Operand | Command): string {
	switch (node.type) {
		case 'command':
			return node.args.map(arg => (arg.type === 'pipe' ? `(${nodeText(arg)})` : nodeText(arg))).join(' ');
		case 'pipe': {
			const declared = node.variables.length > 0 ? `${node.variables.join(', ')} ${node.assigns ? '=' : ':='} ` : '';
			return declared + node.commands.map(nodeText).join(' | ');
		}

		case 'string':
		case 'number':
			return node.text;
		case 'bool':
			return String(node.value);
		case 'nil':
			return 'nil';
		case 'dot':
			return '.';
		case 'field':
			return node.path.map(name => `.${name}`).join('');
		case 'variable':
			return [node.name, ...node.path].join('.');
		case 'function':
			return node.name;
		case 'chain':
			return `${node.of.type === 'pipe' ? `(${nodeText(node.of)})` : nodeText(node.of)}${node.path.map(name => `.${name}`).join('')}`;
	}
}

/** `name:line:column` of an offset, as text/template counts. */
export function placeOf(tree: Tree, at: number): string {
	const before = tree.source.slice(0, at);
	const line = before.split('\n').length;
	return `${tree.file}:${line}:${new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length}`;
}
