/** The language of jq as a tree. */
export type Node =
	| {readonly kind: 'identity' | 'recurse' | 'empty'}
	| {readonly kind: 'literal'; readonly value: null | boolean | number | string}
	| {readonly kind: 'string'; readonly format: string | undefined; readonly parts: ReadonlyArray<string | Node>}
	| {readonly kind: 'format'; readonly name: string}
	| {readonly kind: 'index'; readonly of: Node; readonly key: Node}
	| {readonly kind: 'slice'; readonly of: Node; readonly from: Node | undefined; readonly to: Node | undefined}
	| {readonly kind: 'iterate'; readonly of: Node}
	| {readonly kind: 'list'; readonly body: Node | undefined}
	| {readonly kind: 'object'; readonly entries: ReadonlyArray<readonly [Node, Node]>}
	| {readonly kind: 'negate' | 'optional'; readonly body: Node}
	| {readonly kind: 'pipe' | 'comma' | 'alternative' | 'and' | 'or'; readonly left: Node; readonly right: Node}
	| {readonly kind: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node}
	| {readonly kind: 'update'; readonly operator: string; readonly left: Node; readonly right: Node}
	| {readonly kind: 'if'; readonly test: Node; readonly yes: Node; readonly no: Node | undefined}
	| {readonly kind: 'try'; readonly body: Node; readonly handler: Node | undefined}
	| {readonly kind: 'reduce'; readonly source: Node; readonly pattern: Pattern; readonly start: Node; readonly step: Node}
	| {
			readonly kind: 'foreach';
			readonly source: Node;
			readonly pattern: Pattern;
			readonly start: Node;
			readonly step: Node;
			readonly show: Node | undefined;
	  }
	| {readonly kind: 'as'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node}
	| {readonly kind: 'def'; readonly definition: Definition; readonly body: Node}
	| {readonly kind: 'label'; readonly name: string; readonly body: Node}
	| {readonly kind: 'break' | 'variable'; readonly name: string}
	| {readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]};

export type Pattern =
	| {readonly kind: 'name'; readonly name: string}
	| {readonly kind: 'items'; readonly items: readonly Pattern[]}
	| {readonly kind: 'fields'; readonly fields: ReadonlyArray<{readonly key: Node; readonly name?: string; readonly value?: Pattern}>};

export interface Definition {
	readonly name: string;
	readonly params: readonly string[];
	readonly body: Node;
}
