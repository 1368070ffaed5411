import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {ArithmeticError, evaluate, type Names} from '../../source/shell/arithmetic/expression.js';
import {root} from '../helpers/source-files.js';

/** Recorded from bash 5.2, where `a=5 b=-3 i=0 s=1+ k=a neg=-9 arr=(4 5 6)` and `declare -A m=([k]=8)`: the expression, and its value or what was said. */
const recorded: ReadonlyArray<readonly [string, string]> = JSON.parse(
	readFileSync(path.join(root, 'test/data/shell/arithmetic.json'), 'utf8'),
);

function variables(): Names {
	const texts: Record<string, string> = {
		a: '5',
		b: '-3',
		i: '0',
		s: '1+',
		k: 'a',
		neg: '-9',
		'arr[0]': '4',
		'arr[1]': '5',
		'arr[2]': '6',
		'm[k]': '8',
	};
	const place = (name: string, key = name === 'arr' ? '0' : undefined) => (key === undefined ? name : `${name}[${key}]`);
	const names: Names = {
		get: (name, key) => texts[place(name, key)],
		set(name, key, value) {
			texts[place(name, key)] = String(value);
		},
		key: (name, subscript) => (name === 'm' ? subscript : String(evaluate(subscript, names))),
	};
	return names;
}

const said = (text: string): string => {
	try {
		return String(evaluate(text, variables()));
	} catch (error) {
		if (error instanceof ArithmeticError) return error.message;
		throw error;
	}
};

test('expressions have the values and the complaints of bash', t => {
	t.true(recorded.length > 250);
	t.deepEqual(
		recorded.filter(([text, wanted]) => said(text) !== wanted).map(([text]) => [text, said(text)]),
		[],
	);
});

test('variables that name each other, and thousands of parentheses, end', t => {
	const names: Names = {get: name => (name === 'x' ? 'y' : 'x'), set() {}, key: (_, subscript) => subscript};
	t.throws(() => evaluate('x', names), {message: /^[xy]: expression recursion level exceeded \(error token is "[xy]"\)$/});
	t.regex(said('('.repeat(100_000)), /expression recursion level exceeded/);
	t.is(said(`${'-'.repeat(6)} 1`), '1');
	t.is(said('9223372036854775807 + 1'), '-9223372036854775808');
});
