import {setting} from '../config/levels.js';
import type {Exchange, Reply} from './exchange.js';

/** Calls that a block of lua consists of, by its text: only a cache. */
const read = new Map<string, ReadonlyArray<readonly [name: string, argument: string]>>();
const readMax = 200;

/** Runs a `*_by_lua_block` of the innermost level: functions that the image brings, one after the other; other lua is noted. */
export function runLua(exchange: Exchange, phase: 'rewrite' | 'header_filter' | 'content' | 'log'): Reply | undefined {
	const code = setting(`${phase}_by_lua_block`, exchange.levels)?.args[0];
	if (code === undefined) return undefined;
	for (const [name, argument] of callsIn(code)) {
		const run = exchange.nginx.modules.lua?.[name];
		if (!run) exchange.context.machine.sim.notes.notSimulated(`lua in nginx.conf: ${name}`);
		const answer = run?.(exchange, argument);
		if (answer) return answer;
	}

	return undefined;
}

function callsIn(code: string) {
	let calls = read.get(code);
	if (!calls) {
		calls = [...code.matchAll(/^\s*([\w.:]+)\s*(?:\(((?:[^()]|\([^()]*\))*)\))?/gm)]
			.filter(([, name]) => /[a-z]/i.test(name!))
			.map(([, name, argument = '']) => [name!, argument] as const);
		calls = calls.filter(([name]) => name.includes('.') || name.includes(':'));
		if (read.size >= readMax) read.clear();
		read.set(code, calls);
	}

	return calls;
}
