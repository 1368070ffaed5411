import {setNamed} from '../expand/parameter.js';
import {late, withDeadline} from '../run/deadline.js';
import type {Scope} from '../run/scope.js';
import type {Stream} from '../run/stream.js';
import {err, input} from '../run/streams.js';
import {type Builtin, complain} from './builtin.js';

/** `read -t` was given nothing in time: as by SIGALRM. */
const statusAlarm = 142;

interface ReadOptions {
	raw: boolean;
	silent?: boolean;
	array?: string;
	prompt?: string;
	count?: number;
	delimiter: string;
	descriptor: number;
	timeoutMs?: number;
}

function parse(args: readonly string[]): {options: ReadOptions; names: string[]; bad?: string} {
	const options: ReadOptions = {raw: false, delimiter: '\n', descriptor: 0};
	const names: string[] = [];
	for (let at = 0; at < args.length; at++) {
		const arg = args[at]!;
		if (names.length > 0 || !/^-./.test(arg)) {
			names.push(arg);
			continue;
		}

		for (let letter = 1; letter < arg.length; letter++) {
			const value = () => {
				const text = arg.slice(letter + 1) || (args[++at] ?? '');
				letter = arg.length;
				return text;
			};
			const flag = arg[letter]!;
			if (flag === 'r') options.raw = true;
			else if (flag === 's') options.silent = true;
			else if (flag === 'e') continue;
			else if (flag === 'a') options.array = value();
			else if (flag === 'p') options.prompt = value();
			else if (flag === 'n' || flag === 'N') options.count = Number(value());
			else if (flag === 'd') options.delimiter = value().slice(0, 1) || '\0';
			else if (flag === 'u') options.descriptor = Number(value());
			else if (flag === 't') options.timeoutMs = Number(value()) * 1000;
			else return {options, names, bad: `-${flag}`};
		}
	}

	return {options, names};
}

/** Splits into as many fields as there are names; the last takes the rest with its inner blanks. */
export function splitFields(line: string, count: number, ifs: string, raw: boolean): string[] {
	const blank = [...ifs].filter(character => ' \t\n'.includes(character)).join('');
	const isBlank = (character: string) => blank.includes(character);
	let at = 0;
	const skip = () => {
		while (at < line.length && isBlank(line[at]!)) at++;
	};
	const fields: string[] = [];
	skip();
	while (at < line.length && fields.length < count - 1) {
		let field = '';
		while (at < line.length && !ifs.includes(line[at]!)) {
			if (!raw && line[at] === '\\') at++;
			field += line[at++] ?? '';
		}

		fields.push(field);
		skip();
		if (at < line.length && ifs.includes(line[at]!) && !isBlank(line[at]!)) {
			at++;
			skip();
		}
	}

	if (at < line.length && fields.length < count) {
		let rest = line.slice(at);
		while (rest !== '' && isBlank(rest.at(-1)!)) rest = rest.slice(0, -1);
		fields.push(raw ? rest : rest.replaceAll(/\\(.)/gs, '$1'));
	}

	return fields;
}

const sourceOf = ({streams}: Scope, {descriptor}: ReadOptions): Stream | undefined =>
	descriptor === 0 ? input(streams) : streams.get(descriptor);

/** Something can be read without waiting: `read -t 0`. */
function isReady(source: Stream | undefined): boolean {
	if (!source?.readNow) return source !== undefined && !source.terminal;
	const text = source.readNow();
	if (text) source.unread?.(text);
	return text !== '';
}

/** Key by key, as they are shown or not: `read -n 1`, `read -s`. */
async function readKeys(
	scope: Scope,
	{count = Number.POSITIVE_INFINITY, silent, delimiter}: ReadOptions,
	source: Stream,
	signal?: AbortSignal,
) {
	const end = delimiter === '\n' ? ['\n', '\r'] : [delimiter];
	const show = (text: string) => silent || err(scope.streams, text);
	let text = '';
	while (text.length < count) {
		const key = await source.readKey!(signal);
		if (key === undefined || (key === 'ctrl-d' && text === '')) return {text, ended: true};
		if (end.includes(key)) {
			show('\n');
			return {text, ended: false};
		}
		if (key === 'backspace') {
			if (text !== '' && count === Number.POSITIVE_INFINITY) show('\b \b');
			text = text.slice(0, -1);
		} else if ([...key].length === 1) {
			text += key;
			show(key);
		}
	}
	return {text, ended: false};
}

async function readInput(scope: Scope, options: ReadOptions, signal = scope.shell.signal): Promise<{text: string; ended: boolean}> {
	const source = sourceOf(scope, options);
	if (source?.terminal && source.readKey && (options.count !== undefined || options.silent))
		return readKeys(scope, options, source, signal);
	let text = '';
	for (;;) {
		const line = await source?.readLine?.(signal);
		if (line === undefined) return {text, ended: true};
		text += line;
		if (options.count !== undefined && text.length >= options.count && !text.slice(0, options.count).includes(options.delimiter)) {
			source?.unread?.(text.slice(options.count));
			return {text: text.slice(0, options.count), ended: false};
		}

		if (options.delimiter === '\n') {
			if (!line.endsWith('\n')) return {text, ended: true};
			const body = text.slice(0, -1);
			if (options.raw || !/(^|[^\\])(\\\\)*\\$/.test(body)) return {text: body, ended: false};
			text = body.slice(0, -1);
		} else if (text.includes(options.delimiter)) {
			const end = text.indexOf(options.delimiter);
			source?.unread?.(text.slice(end + 1));
			return {text: text.slice(0, end), ended: false};
		}
	}
}

export default [
	{
		name: 'read',
		async run(scope, args) {
			const {options, names, bad} = parse(args);
			if (bad) return complain(scope, 'read', `${bad}: invalid option`, 2);
			const wrong = names.find(name => !/^[A-Za-z_]\w*(\[.*\])?$/.test(name));
			if (wrong !== undefined) return complain(scope, 'read', `\`${wrong}': not a valid identifier`);
			if (options.prompt && input(scope.streams).terminal) err(scope.streams, options.prompt);
			if (options.descriptor !== 0 && !scope.streams.has(options.descriptor))
				return complain(scope, 'read', `${options.descriptor}: invalid file descriptor: Bad file descriptor`);
			if (options.timeoutMs === 0) return isReady(sourceOf(scope, options)) ? 0 : 1;
			const {services, signal} = scope.shell;
			const read = await (options.timeoutMs === undefined
				? readInput(scope, options)
				: withDeadline(services.time, options.timeoutMs, signal, abort => readInput(scope, options, abort)));
			const {text, ended} = read === late ? {text: '', ended: true} : read;
			const {variables} = scope.shell;
			const ifs = variables.text('IFS') ?? ' \t\n';
			if (options.array) {
				const fields = splitFields(text, Number.POSITIVE_INFINITY, ifs, options.raw);
				const list = fields.map((field, index) => [String(index), field] as const);
				variables.setList(options.array, list, 'array');
			} else if (names.length === 0) variables.set('REPLY', options.raw ? text : text.replaceAll(/\\(.)/gs, '$1'));
			else {
				const fields = splitFields(text, names.length, ifs, options.raw);
				for (const [index, name] of names.entries()) await setNamed(scope, name, fields[index] ?? '');
			}

			return read === late ? statusAlarm : ended ? 1 : 0;
		},
	},
] satisfies Builtin[];
