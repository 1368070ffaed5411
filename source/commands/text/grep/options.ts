import {type Arguments, type ArgumentSpec, parseArguments} from '../../host/arguments.js';

const spec: ArgumentSpec = {
	flags: 'EFGPivwxcLloqsbHhnTzZaIrRUyV',
	values: 'efmABCdD',
	long: {
		'extended-regexp': '=E',
		'fixed-strings': '=F',
		'basic-regexp': '=G',
		'perl-regexp': '=P',
		regexp: '=e',
		file: '=f',
		'ignore-case': '=i',
		'no-ignore-case': 'flag',
		'invert-match': '=v',
		'word-regexp': '=w',
		'line-regexp': '=x',
		count: '=c',
		'files-without-match': '=L',
		'files-with-matches': '=l',
		'max-count': '=m',
		'only-matching': '=o',
		quiet: '=q',
		silent: '=q',
		'no-messages': '=s',
		'byte-offset': '=b',
		'with-filename': '=H',
		'no-filename': '=h',
		label: 'value',
		'line-number': '=n',
		'initial-tab': '=T',
		null: '=Z',
		'after-context': '=A',
		'before-context': '=B',
		context: '=C',
		'group-separator': 'value',
		'no-group-separator': 'flag',
		text: '=a',
		'binary-files': 'value',
		devices: '=D',
		directories: '=d',
		exclude: 'value',
		'exclude-from': 'value',
		'exclude-dir': 'value',
		include: 'value',
		recursive: '=r',
		'dereference-recursive': '=R',
		'line-buffered': 'flag',
		binary: '=U',
		'null-data': '=z',
		color: 'flag',
		colour: 'flag',
		help: 'flag',
		version: '=V',
	},
};

/** grep's arguments; `-5` is the old way to write `-C 5`. */
export const readArguments = (words: readonly string[]): Arguments =>
	parseArguments(
		words.flatMap(word => (/^-\d+$/.test(word) ? ['-C', word.slice(1)] : [word])),
		spec,
	);

/** A number of lines, or what grep says of one that is none. */
export function lines(args: Arguments, letter: 'A' | 'B' | 'C' | 'm'): number | string | undefined {
	const text = args.value(letter);
	if (text === undefined || /^\d+$/.test(text)) return text === undefined ? undefined : Number(text);
	return letter === 'm' ? 'invalid max count' : `${text}: invalid context length argument`;
}
