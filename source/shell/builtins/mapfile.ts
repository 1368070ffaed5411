import type {Scope} from '../run/scope.js';
import {singleQuoted} from '../run/variables.js';
import {input} from '../run/streams.js';
import {type Builtin, complain, usage} from './builtin.js';

/** Numbers that an option takes, and what bash calls a wrong one. */
const numbers: Readonly<Record<string, string>> = {
	n: 'invalid line count',
	O: 'invalid array origin',
	s: 'invalid line count',
	u: 'invalid file descriptor specification',
	c: 'invalid callback quantum',
};

async function mapfile(scope: Scope, args: readonly string[], name: string): Promise<number> {
	const values = new Map<string, string>();
	let strip = false;
	let at = 0;
	for (; at < args.length && /^-./.test(args[at]!); at++) {
		if (args[at] === '--') {
			at++;
			break;
		}

		for (let letter = 1; letter < args[at]!.length; letter++) {
			const flag = args[at]![letter]!;
			if (flag === 't') strip = true;
			else if (!'dnOsuCc'.includes(flag)) {
				complain(scope, name, `-${flag}: invalid option`);
				return usage(scope, `${name} [-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]`);
			} else {
				const value = args[at]!.slice(letter + 1) || (args[++at] ?? '');
				if (numbers[flag] && !/^\d+$/.test(value)) return complain(scope, name, `${value}: ${numbers[flag]}`);
				values.set(flag, value);
				break;
			}
		}
	}

	return read(scope, args[at] ?? 'MAPFILE', values, strip);
}

async function read(scope: Scope, target: string, values: ReadonlyMap<string, string>, strip: boolean): Promise<number> {
	const number = (flag: string, absent: number) => Number(values.get(flag) ?? absent);
	const delimiter = values.has('d') ? values.get('d')!.slice(0, 1) || '\0' : '\n';
	const descriptor = number('u', 0);
	const source = descriptor === 0 ? input(scope.streams) : scope.streams.get(descriptor);
	const text = (await source?.readAll?.(scope.shell.signal)) ?? '';
	const all = text.split(delimiter).map(line => line + delimiter);
	const rest = all.pop()!.slice(0, -1);
	if (rest !== '') all.push(rest);
	const first = number('s', 0);
	const lines = all.slice(first, first + (number('n', 0) || all.length));
	if (first + lines.length < all.length) source?.unread?.(all.slice(first + lines.length).join(''));
	const {variables} = scope.shell;
	const origin = number('O', 0);
	if (!values.has('O')) variables.setList(target, [], 'array');
	const [callback, quantum] = [values.get('C'), number('c', 5000)];
	for (const [index, line] of lines.entries()) {
		const value = strip && line.endsWith(delimiter) ? line.slice(0, -1) : line;
		if (callback !== undefined && (index + 1) % quantum === 0)
			await scope.run((await scope.parse(`${callback} ${origin + index} ${singleQuoted(value)}`)).statements);
		variables.setElement(target, String(origin + index), value);
	}

	return 0;
}

export default ['mapfile', 'readarray'].map(
	(name): Builtin => ({name, run: (scope, args) => mapfile(scope, args, name)}),
) satisfies Builtin[];
