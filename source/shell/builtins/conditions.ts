import {testWords} from '../run/condition.js';
import {evaluateFor} from '../expand/arithmetic.js';
import type {Scope} from '../run/scope.js';
import {ShellError} from '../run/signals.js';
import {type Builtin, complain} from './builtin.js';

async function test(scope: Scope, name: string, words: readonly string[]): Promise<number> {
	try {
		return (await testWords(scope, words)) ? 0 : 1;
	} catch (error) {
		if (!(error instanceof ShellError)) throw error;
		return complain(scope, name, error.message, 2);
	}
}

export default [
	{name: 'test', run: (scope, args) => test(scope, 'test', args)},
	{name: '[', run: (scope, args) => (args.at(-1) === ']' ? test(scope, '[', args.slice(0, -1)) : complain(scope, '[', "missing `]'", 2))},
	{
		name: 'let',
		async run(scope, args) {
			if (args.length === 0) return complain(scope, 'let', 'expression expected');
			let value = 0n;
			for (const arg of args) value = await evaluateFor('let', scope, arg);
			return value === 0n ? 1 : 0;
		},
	},
] satisfies Builtin[];
