export type Target =
	| {readonly type: 'variable'; readonly name: string; readonly slot?: number}
	| {readonly type: 'element'; readonly array: ArrayName; readonly subscripts: readonly Expression[]}
	| {readonly type: 'field'; readonly index: Expression};

/** A name that stands for an array; `slot` when it is a parameter. */
export interface ArrayName {
	readonly name: string;
	readonly slot?: number;
}

export type Expression =
	| Target
	| {readonly type: 'number'; readonly value: number}
	| {readonly type: 'string'; readonly value: string}
	/** Alone it asks whether the record matches. */
	| {readonly type: 'regex'; readonly source: string}
	| {readonly type: 'assign'; readonly operator: string; readonly target: Target; readonly value: Expression}
	| {readonly type: 'choose'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression}
	| {readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression}
	| {readonly type: 'unary'; readonly operator: '!' | '-' | '+'; readonly of: Expression}
	| {readonly type: 'arithmetic'; readonly operator: string; readonly left: Expression; readonly right: Expression}
	| {readonly type: 'join'; readonly left: Expression; readonly right: Expression}
	| {readonly type: 'compare'; readonly operator: string; readonly left: Expression; readonly right: Expression}
	| {readonly type: 'match'; readonly negated: boolean; readonly text: Expression; readonly regex: Expression}
	| {readonly type: 'in'; readonly subscripts: readonly Expression[]; readonly array: ArrayName}
	| {readonly type: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly target: Target}
	| {readonly type: 'call'; readonly name: string; readonly args: readonly Expression[]}
	| {readonly type: 'builtin'; readonly name: string; readonly args: readonly Expression[]}
	| {readonly type: 'getline'; readonly from?: 'file' | 'command'; readonly source?: Expression; readonly target?: Target}
	| {readonly type: 'group'; readonly of: Expression};

export interface Redirection {
	readonly kind: '>' | '>>' | '|';
	readonly to: Expression;
}

export type Statement = {readonly line: number} & (
	| {readonly type: 'expression'; readonly expression: Expression}
	| {readonly type: 'print' | 'printf'; readonly args: readonly Expression[]; readonly into?: Redirection}
	| {readonly type: 'block'; readonly body: readonly Statement[]}
	| {readonly type: 'if'; readonly condition: Expression; readonly then: Statement; readonly otherwise?: Statement}
	| {readonly type: 'while'; readonly condition: Expression; readonly body: Statement}
	| {readonly type: 'do'; readonly condition: Expression; readonly body: Statement}
	| {
			readonly type: 'for';
			readonly first?: Statement;
			readonly condition?: Expression;
			readonly after?: Statement;
			readonly body: Statement;
	  }
	| {readonly type: 'each'; readonly target: Target; readonly array: ArrayName; readonly body: Statement}
	| {readonly type: 'switch'; readonly value: Expression; readonly cases: readonly Case[]}
	| {readonly type: 'delete'; readonly array: ArrayName; readonly subscripts?: readonly Expression[]}
	| {readonly type: 'exit' | 'return'; readonly value?: Expression}
	| {readonly type: 'next' | 'nextfile' | 'break' | 'continue'}
);

export interface Case {
	/** Absent: `default`. */
	readonly value?: Expression;
	readonly body: readonly Statement[];
}

export interface Rule {
	readonly from?: Expression;
	/** The end of a range. */
	readonly to?: Expression;
	/** Absent: print the record. */
	readonly body?: Statement;
}

export interface AwkFunction {
	readonly name: string;
	readonly parameters: readonly string[];
	readonly body: Statement;
}

export interface Program {
	readonly begin: readonly Statement[];
	readonly end: readonly Statement[];
	readonly beginFile: readonly Statement[];
	readonly endFile: readonly Statement[];
	readonly rules: readonly Rule[];
	readonly functions: ReadonlyMap<string, AwkFunction>;
}
