import type {CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode} from 'just-bash';

/** The tree that just-bash's parser makes of a command line: plain data. Only types are named here, so that nothing is loaded. */
export type Script = ScriptNode;
export type Statement = StatementNode;
export type Pipeline = PipelineNode;
export type Command = CommandNode;
export type SimpleCommand = SimpleCommandNode;
export type Compound<T extends CommandNode['type']> = Extract<CommandNode, {type: T}>;
export type FunctionDefinition = Compound<'FunctionDef'>;
export type Word = WordNode;
export type WordPart = Word['parts'][number];
export type Part<T extends WordPart['type']> = Extract<WordPart, {type: T}>;
export type Parameter = Part<'ParameterExpansion'>;
export type Operation = NonNullable<Parameter['operation']>;
export type Assignment = SimpleCommandNode['assignments'][number];
export type Redirection = SimpleCommandNode['redirections'][number];
export type Arithmetic = Compound<'ArithmeticCommand'>['expression'];
export type ArithmeticNode = Arithmetic['expression'];
export type Condition = Compound<'ConditionalCommand'>['expression'];
