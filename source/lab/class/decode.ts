import {AnswersError} from '../answers.js';

const marks: ReadonlyArray<readonly [encoding: string, bytes: readonly number[]]> = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

/** Formats that students hand in by mistake, by how their files begin. */
const formats: ReadonlyArray<readonly [name: string, begin: string]> = [
	['a PDF', '%PDF-'],
	['a PNG picture', '\u0089PNG'],
	['a JPEG picture', '\u00ff\u00d8\u00ff'],
	['a Word or another Office document, or an archive', 'PK\u0003\u0004'],
	['an old Office document', '\u00d0\u00cf\u0011\u00e0'],
	['a gzip archive', '\u001f\u008b'],
	['a RAR archive', 'Rar!'],
	['a 7z archive', '7z\u00bc\u00af'],
	['a program', '\u007fELF'],
];

/** Bytes as text: what Windows editors and terminals save is recognised. Throws an `AnswersError` for what is no text. */
export function decode(bytes: Uint8Array): string {
	if (bytes.length === 0) throw new AnswersError('it is empty');
	const begin = String.fromCharCode(...bytes.subarray(0, 8));
	const format = formats.find(([, each]) => begin.startsWith(each));
	if (format) throw new AnswersError(`it is ${format[0]}, not text; hand in a plain text file or a bundle of "kubelab export"`);
	const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
	const text = marked ? strictly(marked[0], bytes) : (strictly(utf16WithoutMark(bytes) ?? 'utf-8', bytes) ?? strictly('gb18030', bytes));
	if (text === undefined || isBinary(text)) throw new AnswersError('it is not text');
	if (!text.trim()) throw new AnswersError('it is empty');
	return text;
}

function strictly(encoding: string, bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder(encoding, {fatal: true}).decode(bytes);
	} catch {
		return undefined;
	}
}

/** ASCII in UTF-16 has a zero in every other byte. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
	const head = bytes.subarray(0, 400);
	const even = head.filter((byte, index) => byte === 0 && index % 2 === 0).length;
	const odd = head.filter((byte, index) => byte === 0 && index % 2 === 1).length;
	if (odd > head.length / 8 && even === 0) return 'utf-16le';
	return even > head.length / 8 && odd === 0 ? 'utf-16be' : undefined;
}

/** Terminals leave escape sequences and backspaces behind; other control characters are not typed. */
function isBinary(text: string): boolean {
	const strange = text.match(/[\u0000-\u0006\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
	return text.includes('\u0000') || strange > text.length / 50;
}
