import {Remembered} from '../../../sim/remembered.js';
import {setting} from '../config/levels.js';
import type {Exchange, Reply} from './exchange.js';

type Call = readonly [name: string, argument: string];

/** Calls that a block of lua consists of, by its text. */
const read = new Remembered<readonly Call[]>(200);

/** Runs a `*_by_lua_block` of the innermost level: functions that the image brings, one after the other; other lua is noted. */
export function runLua(exchange: Exchange, phase: 'rewrite' | 'header_filter' | 'content' | 'log'): Reply | undefined {
	const code = setting(`${phase}_by_lua_block`, exchange.levels)?.args[0];
	if (code === undefined) return undefined;
	for (const [name, argument] of read.of(code, callsIn)) {
		const run = exchange.nginx.modules.lua?.[name];
		if (!run) exchange.context.machine.sim.notes.notSimulated(`lua in nginx.conf: ${name}`);
		const answer = run?.(exchange, argument);
		if (answer) return answer;
	}

	return undefined;
}

const callsIn = (code: string): readonly Call[] =>
	[...code.matchAll(/^\s*([\w.:]+)\s*(?:\(((?:[^()]|\([^()]*\))*)\))?/gm)]
		.map(([, name, argument = '']): Call => [name!, argument])
		.filter(([name]) => /[a-z]/i.test(name) && /[.:]/.test(name));
