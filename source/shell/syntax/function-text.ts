import type {Command, Compound, FunctionDefinition, Pipeline, Redirection, Statement, Word} from './ast.js';
import {printedLine} from './raw-words.js';

/** Any command as text that reads back as it: the layout is not bash's. */
type Write = (command: Command) => string;

/** A function as `declare -f` and `type` show it. Models print_cmd.c of bash, with all that it does to blanks and semicolons. */
export function functionText({name, body, redirections}: FunctionDefinition, write: Write): string {
	return `${name} () \n${bodyText(body, redirections, 0, write)}`;
}

const pad = (depth: number) => '    '.repeat(depth);

/** None after what ends with `&` or a here-document. */
const semicolon = (text: string) => (/[&\n]$/.test(text) ? text : `${text};`);

function bodyText(body: Command, redirections: readonly Redirection[], depth: number, write: Write): string {
	const inner = body.type === 'Group' ? statementsText(body.body, depth + 1, write) : commandText(body, depth + 1, write);
	const own = body.type === 'Group' ? [...body.redirections, ...redirections] : redirections;
	return `${pad(depth)}{ \n${pad(depth + 1)}${inner}\n${pad(depth)}}${redirectionsText(own, write)}`;
}

function statementsText(statements: readonly Statement[], depth: number, write: Write): string {
	let text = '';
	// Whoever prints a here-document forgets one semicolon more.
	let forgotten = false;
	for (const [index, statement] of statements.entries()) {
		const document = text.endsWith('\n');
		if (index > 0) text = statements[index - 1]!.background ? `${text} ` : `${forgotten ? text : semicolon(text)}\n${pad(depth)}`;
		forgotten = document;
		text += statementText(statement, depth, write) + (statement.background ? ' &' : '');
	}

	return text;
}

const isPlain = (command: Command) =>
	command.type === 'SimpleCommand'
		? command.redirections.every(({target}) => target.type !== 'HereDoc')
		: command.type === 'ConditionalCommand' || command.type === 'ArithmeticCommand';

function statementText({pipelines, operators, sourceText, background}: Statement, depth: number, write: Write): string {
	if (sourceText !== undefined && pipelines.every(({commands}) => commands.every(isPlain)))
		return printedLine(background ? sourceText.replace(/&\s*$/, '') : sourceText);
	return pipelines.map((pipeline, index) => (index > 0 ? ` ${operators[index - 1]} ` : '') + pipelineText(pipeline, depth, write)).join('');
}

function pipelineText({commands, negated, timed, timePosix, pipeStderr}: Pipeline, depth: number, write: Write): string {
	const before = `${timed ? `time ${timePosix ? '-p ' : ''}` : ''}${negated ? '! ' : ''}`;
	return commands.reduce(
		(text, command, index) =>
			`${text}${index === 0 ? '' : pipeStderr?.[index - 1] ? ' 2>&1 | ' : ' | '}${commandText(command, depth, write)}`,
		before,
	);
}

function commandText(command: Command, depth: number, write: Write): string {
	if (command.type === 'SimpleCommand') {
		const text = write(command).trimEnd();
		return text.includes('\n') ? `${text}\n` : text;
	}

	if (command.type === 'FunctionDef') return `function ${command.name} () \n${bodyText(command.body, command.redirections, depth, write)}`;
	if (command.type === 'ConditionalCommand' || command.type === 'ArithmeticCommand') return write(command).trimEnd();
	return compoundText(command, depth, write) + redirectionsText(command.redirections, write);
}

type Structured = Exclude<Command, {type: 'SimpleCommand' | 'FunctionDef' | 'ConditionalCommand' | 'ArithmeticCommand'}>;

function compoundText(command: Structured, depth: number, write: Write): string {
	const block = (first: string, statements: readonly Statement[], last: string) =>
		`${first}\n${pad(depth + 1)}${semicolon(statementsText(statements, depth + 1, write))}\n${pad(depth)}${last}`;
	const test = (statements: readonly Statement[]) => semicolon(statementsText(statements, depth, write));
	switch (command.type) {
		case 'If':
			return ifText(command.clauses, command.elseBody, depth, write);
		case 'For': {
			const words = command.words?.map(word => wordText(word, write)).join(' ') ?? '"$@"';
			return block(`for ${command.variable} in ${words};\n${pad(depth)}do`, command.body, 'done');
		}
		case 'CStyleFor': {
			const parts = [command.init, command.condition, command.update].map(part => part?.originalText?.trim() ?? '1');
			return block(`for ((${parts.join('; ')}))\n${pad(depth)}do`, command.body, 'done');
		}
		case 'While':
		case 'Until':
			return block(`${command.type.toLowerCase()} ${test(command.condition)} do`, command.body, 'done');
		case 'Case':
			return caseText(command, depth, write);
		case 'Subshell':
			return `( ${statementsText(command.body, depth, write)} )`;
		case 'Group':
			return `{ \n${pad(depth + 1)}${statementsText(command.body, depth + 1, write)}\n${pad(depth)}}`;
	}
}

/** An `elif` is an `if` within the `else`. */
function ifText(clauses: Compound<'If'>['clauses'], elseBody: Compound<'If'>['elseBody'], depth: number, write: Write): string {
	const [{condition, body}, ...more] = clauses as [Compound<'If'>['clauses'][number], ...Compound<'If'>['clauses']];
	const test = semicolon(statementsText(condition, depth, write));
	const then = `if ${test} then\n${pad(depth + 1)}${semicolon(statementsText(body, depth + 1, write))}\n`;
	const rest =
		more.length > 0
			? ifText(more, elseBody, depth + 1, write)
			: elseBody && elseBody.length > 0
				? statementsText(elseBody, depth + 1, write)
				: undefined;
	return `${then}${rest === undefined ? '' : `${pad(depth)}else\n${pad(depth + 1)}${semicolon(rest)}\n`}${pad(depth)}fi`;
}

function caseText({word, items}: Compound<'Case'>, depth: number, write: Write): string {
	const clauses = items.map(({patterns, body, terminator}) => {
		const text = body.length > 0 ? `${pad(depth + 2)}${statementsText(body, depth + 2, write)}` : '';
		return `${pad(depth + 1)}${patterns.map(pattern => wordText(pattern, write)).join(' | ')})\n${text}\n${pad(depth + 1)}${terminator}\n`;
	});
	return `case ${wordText(word, write)} in \n${clauses.join('')}${pad(depth)}esac`;
}

const wordText = (word: Word, write: Write): string =>
	write({type: 'SimpleCommand', name: word, args: [], assignments: [], redirections: []}).trimEnd();

/** As they stand behind a compound command. */
function redirectionsText(redirections: readonly Redirection[], write: Write): string {
	if (redirections.length === 0) return '';
	const name: Word = {type: 'Word', parts: [{type: 'Literal', value: ':'}]};
	const text = write({type: 'SimpleCommand', name, args: [], assignments: [], redirections: [...redirections]})
		.trimEnd()
		.slice(2);
	return ` ${text.includes('\n') ? `${text}\n` : printedLine(text.replaceAll(/([<>]&) /g, '$1'))}`;
}
