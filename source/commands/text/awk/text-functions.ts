import {strftime} from '../../../sim/strftime.js';
import {AwkFatal} from './errors.js';
import {formatText} from './format.js';
import {numberOf} from './values.js';
import type {PlainFunction} from './runtime.js';

export const textFunctions: Readonly<Record<string, PlainFunction>> = {
	tolower: ([value], {text}) => text(value).toLowerCase(),
	toupper: ([value], {text}) => text(value).toUpperCase(),
	index([whole, part], {text}) {
		const at = text(whole).indexOf(text(part));
		return at < 0 ? 0 : [...text(whole).slice(0, at)].length + 1;
	},
	/** Characters count from 1; what lies outside is cut off. Source: builtin.c, do_substr. */
	substr(args, {text}) {
		const characters = [...text(args[0])];
		const start = Math.trunc(numberOf(args[1]));
		const length = args.length > 2 ? Math.trunc(numberOf(args[2])) : Number.POSITIVE_INFINITY;
		if (Number.isNaN(start) || Number.isNaN(length)) return '';
		const from = Math.max(0, start - 1);
		return characters.slice(from, from + Math.max(0, length)).join('');
	},
	sprintf(args, {text}) {
		if (args.length === 0) throw new AwkFatal('sprintf: no arguments');
		return formatText(text(args[0]), args.slice(1), text);
	},
	strftime(args, {text, io}) {
		const format = args.length > 0 ? text(args[0]) : '%a %b %e %H:%M:%S %Z %Y';
		return strftime(format, args.length > 1 ? numberOf(args[1]) * 1000 : io.machine.sim.clock.now());
	},
	/** `"2026 11 21 10 00 00"`; -1 when that is no date. */
	mktime([value], {text}) {
		const parts = text(value).trim().split(/\s+/).map(Number);
		if (parts.length < 6 || parts.some(part => !Number.isFinite(part))) return -1;
		const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number];
		return Math.floor(Date.UTC(year, month - 1, day, hour, minute, second) / 1000);
	},
};
