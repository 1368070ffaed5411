import {FileError} from '../../../os/files.js';
import type {Machine} from '../../../node/host/machine.js';
import {type Io, notSimulatedStatus, type Run} from '../../../shell/command.js';
import {traceback} from '../../../node/python/arguments.js';
import {JsonError, type JsonValue, readJson} from './json-text.js';

interface Layout {
	/** Of one level; undefined keeps all on one line. */
	readonly indent?: string;
	readonly separator: string;
	readonly colon: string;
	readonly ascii: boolean;
	readonly sorted: boolean;
}

const indentDefault = 4;

/** `python3 -m json.tool [FILE [FILE]]` */
export function* jsonTool(io: Io<Machine>, words: readonly string[]): Run {
	const names = words.filter(word => !word.startsWith('--') || word === '-');
	const at = words.indexOf('--indent');
	const files = at === -1 ? names : names.filter(word => word !== words[at + 1]);
	const known = /^--(?:sort-keys|no-ensure-ascii|indent|tab|no-indent|compact)$/;
	const odd = words.find(word => word.startsWith('--') && !known.test(word)) ?? (files.length > 2 ? files[2] : undefined);
	if (odd !== undefined) {
		io.machine.sim.notes.notSimulated(`json.tool ${odd}`);
		io.err(`kubelab: not simulated: python3 -m json.tool ${odd}\n`);
		return notSimulatedStatus;
	}

	const [source = '-', target] = files;
	try {
		const text: string = source === '-' ? yield {read: 'all'} : io.machine.files.readText(io.path(source));
		const printed = `${print(readJson(text), layoutOf(words, at), '')}\n`;
		if (target === undefined) io.out(printed);
		else io.machine.files.write(io.path(target), printed);
		return 0;
	} catch (error) {
		if (error instanceof JsonError) io.err(`${error.message}\n`);
		else if (error instanceof FileError) io.err(`${traceback(`FileNotFoundError: [Errno 2] No such file or directory: '${source}'`)}\n`);
		else throw error;
		return 1;
	}
}

function layoutOf(words: readonly string[], at: number): Layout {
	const flat = words.includes('--no-indent') || words.includes('--compact');
	const indent = words.includes('--tab') ? '\t' : ' '.repeat(at === -1 ? indentDefault : Number(words[at + 1]));
	const compact = words.includes('--compact');
	return {
		...(!flat && {indent}),
		separator: compact ? ',' : flat ? ', ' : ',',
		colon: compact ? ':' : ': ',
		ascii: !words.includes('--no-ensure-ascii'),
		sorted: words.includes('--sort-keys'),
	};
}

function print(value: JsonValue, layout: Layout, margin: string): string {
	if (value.kind === 'word') return value.text;
	if (value.kind === 'string') return quoted(value.value, layout.ascii);
	const {indent, separator, colon, sorted} = layout;
	const inner = indent === undefined ? '' : margin + indent;
	const items =
		value.kind === 'list'
			? value.items.map(item => print(item, layout, inner))
			: [...value.entries]
					.sort(([a], [b]) => (!sorted || a === b ? 0 : a < b ? -1 : 1))
					.map(([key, item]) => `${quoted(key, layout.ascii)}${colon}${print(item, layout, inner)}`);
	const [open, close] = value.kind === 'list' ? ['[', ']'] : ['{', '}'];
	if (items.length === 0) return `${open}${close}`;
	if (indent === undefined) return `${open}${items.join(separator)}${close}`;
	return `${open}\n${inner}${items.join(`${separator}\n${inner}`)}\n${margin}${close}`;
}

const quoted = (text: string, ascii: boolean): string => {
	const plain = JSON.stringify(text);
	return ascii
		? plain.replace(/[\u007f-\uffff]/g, char => (char === '\u007f' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`))
		: plain;
};
