import test from 'ava';
import {codeOnly, type SourceFile, sourceFiles} from '../helpers/source-files.js';

const linesMax = 400;
const medianMax = 90;
const ninetiethMax = 250;
const functionLinesMax = 60;

const lineCount = (text: string) => text.split('\n').length - 1;

/** Tables of data are not read from top to bottom; only the lines around them count. */
const codeLines = (text: string) =>
	lineCount(text) -
	[...text.matchAll(/^(?:export )?const [^\n]* = [[{]$\n(?:[\t\n][^\n]*\n|\n)*?^[\]}]/gm)].reduce(
		(sum, [block]) => sum + (/=>/.test(block) ? 0 : lineCount(block)),
		0,
	);

const longFiles = (files: readonly SourceFile[]): string[] =>
	files
		.filter(({name, text}) => !/generated/.test(name) && codeLines(text) > linesMax)
		.map(({name, text}) => `source/${name}: ${lineCount(text)} lines; split it by its nouns (at most ${linesMax})`);

/** Reads the formatter's indentation: what opens with `{` at some depth ends at the next `}` of that depth. Inner functions count on their own. */
function longFunctions(files: readonly SourceFile[]): string[] {
	return files.flatMap(({name, text}) => {
		const lines = codeOnly(text).split('\n');
		const functions = lines.flatMap((line, start) => {
			if (!opensFunction(line)) return [];
			const depth = /^\t*/.exec(line)![0];
			const end = lines.findIndex((each, index) => index > start && each.startsWith(`${depth}}`) && each[depth.length] === '}');
			return end === -1 ? [] : [{start, end}];
		});
		return functions.flatMap(({start, end}) => {
			const inner = functions.filter(each => each.start > start && each.end < end);
			const outermost = inner.filter(each => !inner.some(other => other.start < each.start && other.end > each.end));
			const own = end - start + 1 - outermost.reduce((sum, each) => sum + each.end - each.start + 1, 0);
			return own > functionLinesMax
				? [`source/${name}:${start + 1}: a function of ${own} lines; tell it in steps (at most ${functionLinesMax})`]
				: [];
		});
	});
}

const notFunctions =
	/^\t*(?:\} )?(?:if|for|while|switch|else|do|try|catch|finally|case|return \{|(?:export )?(?:interface|class|type|const \w+(?:: [^=]+)? = \{))\b/;

const opensFunction = (line: string) =>
	line.endsWith('{') && (/=> \{$/.test(line) || (/\)(?:: .+)? \{$/.test(line) && !notFunctions.test(line)));

test('no file is longer than it should be', t => {
	t.deepEqual(longFiles(sourceFiles()), []);
});

test('most files are short', t => {
	const sizes = sourceFiles()
		.map(file => lineCount(file.text))
		.sort((a, b) => a - b);
	const at = (share: number) => sizes[Math.floor(share * (sizes.length - 1))]!;
	t.true(at(0.5) <= medianMax, `half of the files have more than ${at(0.5)} lines; the mark is ${medianMax}`);
	t.true(at(0.9) <= ninetiethMax, `a tenth of the files have more than ${at(0.9)} lines; the mark is ${ninetiethMax}`);
});

test('no function is longer than it should be', t => {
	t.deepEqual(longFunctions(sourceFiles()), []);
});

test('the rules find a long file and a long function, and do not blame the one around it', t => {
	const long = 'x();\n'.repeat(401);
	t.is(longFiles([{name: 'net/long.ts', text: `export const f = () => 1;\n${long}`}]).length, 1);
	const body = '\t\tx();\n'.repeat(61);
	const found = longFunctions([{name: 'net/a.ts', text: `function outer() {\n\tfunction inner() {\n${body}\t}\n\n\treturn inner;\n}\n`}]);
	t.deepEqual(found, ['source/net/a.ts:2: a function of 63 lines; tell it in steps (at most 60)']);
});
