import type {HttpAnswer} from '../../http/answer.js';
import {answerReturn, redirect} from '../answer/answers.js';
import type {Directive} from '../config/configuration.js';
import type {Exchange, Levels} from './exchange.js';
import {capturesOf, plainPattern, readPattern} from '../config/pattern.js';
import {expand} from '../variables/variables.js';

/** What the rewrite module makes of a block: nothing, an answer, the end of it, or another location. */
export type Rewritten = HttpAnswer | {readonly status: number} | 'break' | 'again' | undefined;

/** Runs `set`, `if`, `rewrite`, `return` and `break` in the order in which they stand. */
export function rewrite(exchange: Exchange, directives: readonly Directive[], levels: Levels): Rewritten {
	let changed = false;
	for (const directive of directives) {
		const {name, args, block} = directive;
		if (name === 'return') return answerReturn(exchange, args, levels);
		if (name === 'break') return changed ? 'again' : 'break';
		if (name === 'set') exchange.vars.set((args[0] ?? '').replace(/^\$/, ''), expand(exchange, args[1] ?? ''));
		if (name === 'if' && holds(exchange, args)) {
			const inner = rewrite(exchange, block ?? [], [block ?? [], ...levels]);
			if (inner !== undefined) return inner;
		}

		if (name !== 'rewrite') continue;
		const outcome = change(exchange, args, levels);
		if (outcome === 'go-on') changed = true;
		else if (outcome !== undefined) return outcome;
	}

	return changed ? 'again' : undefined;
}

/** `rewrite ^/old/(.*)$ /new/$1 last;` */
function change(exchange: Exchange, args: readonly string[], levels: Levels): HttpAnswer | 'break' | 'again' | 'go-on' | undefined {
	const [pattern = '', replacement = '', flag] = args;
	const match = plainPattern(pattern).exec(exchange.uri);
	if (!match) return undefined;
	exchange.captures = capturesOf(match);
	const [path = '', query] = replacement.split(/\?(.*)/s);
	const dropsArgs = replacement.endsWith('?');
	const own = query === undefined ? '' : expand(exchange, query.replace(/\?$/, ''));
	const joined = dropsArgs ? own : [own, exchange.args].filter(Boolean).join('&');
	const target = expand(exchange, path);
	if (flag === 'redirect' || flag === 'permanent' || /^(https?:\/\/|\$scheme)/.test(replacement))
		return redirect(exchange, flag === 'permanent' ? 301 : 302, target + (joined === '' ? '' : `?${joined}`), levels);
	exchange.uri = target;
	exchange.args = joined;
	exchange.rewritten = true;
	return flag === 'break' ? 'break' : flag === 'last' ? 'again' : 'go-on';
}

/** `if ($request_method = POST)`; the parentheses may stand apart or not. */
function holds(exchange: Exchange, args: readonly string[]): boolean {
	const [subject = '', operator, value = ''] = args
		.map((arg, index) => (index === 0 ? arg.replace(/^\(/, '') : arg))
		.map((arg, index) => (index === args.length - 1 ? arg.replace(/\)$/, '') : arg))
		.filter(arg => arg !== '');
	const left = expand(exchange, /^!?-[fde x]$/.test(subject) ? (operator ?? '') : subject);
	const {files} = exchange.context.machine;
	const typeIs = (type: 'file' | 'folder') => files.exists(left) && files.stat(left).type === type;
	switch (subject.replace(/^!/, '')) {
		case '-f':
			return typeIs('file') !== subject.startsWith('!');
		case '-d':
			return typeIs('folder') !== subject.startsWith('!');
		case '-e':
			return files.exists(left) !== subject.startsWith('!');
	}

	if (operator === undefined) return left !== '' && left !== '0';
	if (operator === '=' || operator === '!=') return (left === expand(exchange, value)) === (operator === '=');
	const match = readPattern(operator.replace(/^!/, '') + value).exec(left);
	if (match) exchange.captures = capturesOf(match);
	return (match !== null) !== operator.startsWith('!');
}
