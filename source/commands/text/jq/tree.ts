/** What the nodes of each kind hold. */
interface Shapes {
	readonly identity: object;
	readonly recurse: object;
	readonly empty: object;
	readonly literal: {readonly value: null | boolean | number | string};
	readonly string: {readonly format: string | undefined; readonly parts: ReadonlyArray<string | Node>};
	readonly format: {readonly name: string};
	readonly index: {readonly of: Node; readonly key: Node};
	readonly slice: {readonly of: Node; readonly from: Node | undefined; readonly to: Node | undefined};
	readonly iterate: {readonly of: Node};
	readonly list: {readonly body: Node | undefined};
	readonly object: {readonly entries: ReadonlyArray<readonly [Node, Node]>};
	readonly negate: {readonly body: Node};
	readonly pipe: Sides;
	readonly comma: Sides;
	readonly alternative: Sides;
	readonly and: Sides;
	readonly or: Sides;
	readonly binary: Sides & {readonly operator: string};
	readonly update: Sides & {readonly operator: string};
	readonly if: {readonly test: Node; readonly yes: Node; readonly no: Node | undefined};
	readonly try: {readonly body: Node; readonly handler: Node | undefined};
	readonly reduce: Fold;
	readonly foreach: Fold & {readonly show: Node | undefined};
	readonly as: {readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node};
	readonly def: {readonly definition: Definition; readonly body: Node};
	readonly label: {readonly name: string; readonly body: Node};
	readonly break: {readonly name: string};
	readonly variable: {readonly name: string};
	readonly call: {readonly name: string; readonly args: readonly Node[]};
}

interface Sides {
	readonly left: Node;
	readonly right: Node;
}

interface Fold {
	readonly source: Node;
	readonly pattern: Pattern;
	readonly start: Node;
	readonly step: Node;
}

export type NodeOf<Kind extends keyof Shapes> = Kind extends keyof Shapes ? {readonly kind: Kind} & Shapes[Kind] : never;

/** The language of jq as a tree. */
export type Node = NodeOf<keyof Shapes>;

export type Pattern =
	| {readonly kind: 'name'; readonly name: string}
	| {readonly kind: 'items'; readonly items: readonly Pattern[]}
	| {readonly kind: 'fields'; readonly fields: ReadonlyArray<{readonly key: Node; readonly name?: string; readonly value?: Pattern}>};

export interface Definition {
	readonly name: string;
	readonly params: readonly string[];
	readonly body: Node;
}
