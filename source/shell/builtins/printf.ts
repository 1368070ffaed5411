import type {Scope} from '../run/scope.js';
import {strftime} from '../../sim/strftime.js';
import {out} from '../run/streams.js';
import {setNamed} from '../expand/parameter.js';
import {quoteWord} from '../run/variables.js';
import {type Builtin, complain, usage} from './builtin.js';
import {joinBytes, unescapeText} from './echo.js';

interface Formatted {
	text: string;
	status: number;
	stop: boolean;
}

/** One pass of the format over the arguments; answers how many it took. */
function format(scope: Scope, template: string, args: readonly string[], result: Formatted): number {
	let taken = 0;
	const next = () => args[taken++];
	for (let at = 0; at < template.length && !result.stop; ) {
		const directive = /^%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%]|\([^)]*\)T)/.exec(template.slice(at));
		if (template[at] === '\\') {
			const sequence = /^\\(?:[0-7]{1,3}|x[\da-fA-F]{1,2}|u[\da-fA-F]{1,4}|U[\da-fA-F]{1,8}|.)/su.exec(template.slice(at))?.[0] ?? '\\';
			result.text += unescapeText(sequence.replace(/^\\([0-7])/, '\\0$1')).text;
			at += sequence.length;
		} else if (directive) {
			at += directive[0].length;
			convert(scope, directive, next, result);
		} else if (template[at] === '%') {
			const sign = /^%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+)?)?(.)/su.exec(template.slice(at))?.[1];
			complain(
				scope,
				'printf',
				sign === undefined ? `\`${template.slice(at)}': missing format character` : `\`${sign}': invalid format character`,
			);
			[result.status, result.stop] = [1, true];
		} else result.text += template[at++];
	}

	return taken;
}

function convert(scope: Scope, directive: RegExpExecArray, next: () => string | undefined, result: Formatted) {
	const [whole, flags = '', widthText, precisionText, kind = ''] = directive;
	if (kind === '%') {
		result.text += '%';
		return;
	}

	let width = widthText === '*' ? Number(next() ?? 0) : Number(widthText ?? 0);
	const left = flags.includes('-') || width < 0;
	width = Math.min(Math.abs(width), 65_536);
	const precision = whole.includes('.') ? Number((precisionText === '*' ? next() : precisionText) ?? 0) : undefined;
	const arg = next();
	let text: string;
	if (kind === 's') text = [...(arg ?? '')].slice(0, precision ?? Number.POSITIVE_INFINITY).join('');
	else if (kind === 'c') text = (arg ?? '').slice(0, 1);
	else if (kind === 'q') text = quoteWord(arg ?? '');
	else if (kind === 'b') {
		const plain = unescapeText((arg ?? '').replaceAll(/\\([1-7][0-7]{0,2})/g, '\\0$1'));
		text = plain.text;
		result.stop ||= plain.stop;
	} else if ('diouxX'.includes(kind)) text = wholeNumber(number(scope, arg, result), kind, flags, precision);
	else if ('eEfFgG'.includes(kind)) text = decimal(number(scope, arg, result), kind, precision ?? 6);
	else if (kind.startsWith('(')) text = strftime(kind.slice(1, -2) || '%X', 1000 * timeOf(scope, arg, result));
	else {
		complain(scope, 'printf', `\`${kind.slice(0, 1)}': invalid format character`);
		result.status = 1;
		result.stop = true;
		return;
	}

	const zero = flags.includes('0') && !left && 'diouxXeEfFgG'.includes(kind);
	if ('diouxXeEfFgG'.includes(kind) && flags.includes('+') && !text.startsWith('-')) text = `+${text}`;
	else if ('diouxXeEfFgG'.includes(kind) && flags.includes(' ') && !text.startsWith('-')) text = ` ${text}`;
	const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
	result.text += zero
		? sign + text.slice(sign.length).padStart(width - sign.length, '0')
		: left
			? text.padEnd(width)
			: text.padStart(width);
}

/** Seconds since 1970; -1, or nothing, is now, and -2 when the shell began. */
function timeOf(scope: Scope, arg: string | undefined, result: Formatted): number {
	const {services, startedMs} = scope.shell;
	const given = arg === undefined ? -1 : number(scope, arg, result);
	if (given >= 0) return given;
	return Math.floor((given === -2 ? startedMs : services.time.now()) / 1000);
}

function number(scope: Scope, arg: string | undefined, result: Formatted): number {
	if (arg === undefined || arg === '') return 0;
	if (/^["']/.test(arg)) return arg.codePointAt(1) ?? 0;
	const value = /^[-+]?0[0-7]+$/.test(arg) ? Number.parseInt(arg, 8) : Number(arg);
	if (Number.isFinite(value) && arg.trim() !== '') return value;
	complain(scope, 'printf', `${arg}: invalid number`);
	result.status = 1;
	return Number.parseFloat(arg) || 0;
}

function wholeNumber(value: number, kind: string, flags: string, precision = 0): string {
	const integer = Math.trunc(value);
	const radix = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
	const digits = (integer < 0 && radix !== 10 ? BigInt.asUintN(64, BigInt(integer)) : Math.abs(integer))
		.toString(radix)
		.padStart(precision, '0');
	const prefix = flags.includes('#') && integer !== 0 ? (radix === 16 ? '0x' : radix === 8 ? '0' : '') : '';
	const text = (integer < 0 && radix === 10 ? '-' : '') + prefix + digits;
	return kind === 'X' ? text.toUpperCase() : text;
}

function decimal(value: number, kind: string, precision: number): string {
	const lower = kind.toLowerCase();
	const places = Math.min(precision, 100);
	const exponent = (text: string) => text.replace(/e([-+])(\d)$/, 'e$10$2');
	const text =
		lower === 'f'
			? value.toFixed(places)
			: lower === 'e'
				? exponent(value.toExponential(places))
				: shortest(value, Math.max(1, places), exponent);
	return kind === lower ? text : text.toUpperCase();
}

/** `%g`: with an exponent when that is below -4 or not below the precision. */
function shortest(value: number, places: number, exponent: (text: string) => string): string {
	const power = value === 0 ? 0 : Number(/e([-+]\d+)$/.exec(value.toExponential(places - 1))![1]);
	if (power >= -4 && power < places)
		return value
			.toFixed(Math.max(0, places - 1 - power))
			.replace(/(\.\d*?)0+$/, '$1')
			.replace(/\.$/, '');
	return exponent(
		value
			.toExponential(places - 1)
			.replace(/(\.\d*?)0+e/, '$1e')
			.replace('.e', 'e'),
	);
}

export default [
	{
		name: 'printf',
		async run(scope, words) {
			let args = words[0] === '--' ? words.slice(1) : words;
			let variable: string | undefined;
			if (args[0] === '-v') {
				variable = args[1];
				args = args.slice(2);
			}

			if (args.length === 0) return usage(scope, 'printf [-v var] format [arguments]');
			const [template, ...rest] = args as [string, ...string[]];
			const result: Formatted = {text: '', status: 0, stop: false};
			let left: readonly string[] = rest;
			do {
				const taken = format(scope, template, left, result);
				if (taken === 0) break;
				left = left.slice(taken);
			} while (left.length > 0 && !result.stop);
			const text = joinBytes(result.text);
			if (variable === undefined) out(scope.streams, text);
			else await setNamed(scope, variable, text);
			return result.status;
		},
	},
] satisfies Builtin[];
