import type {HttpResponse} from '../http/message.js';
import type {Reporter} from './reporter.js';

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
const printable = (char: string) => (char >= ' ' && char < '\u007f' ? char : '.');

/** `--trace` and `--trace-ascii`: all that goes in and out, in bytes (src/tool_cb_dbg.c). */
export function traceReporter(write: (text: string) => void, ascii: boolean): Reporter {
	const block = (title: string, bytes: string) =>
		write(`${title}, ${bytes.length} bytes (0x${bytes.length.toString(16)})\n${(ascii ? asciiDump : hexDump)(bytes)}`);
	return {
		note: text => write(`== Info: ${text}\n`),
		// Sealed records: what they hold is not made.
		data: () => {},
		sent({bytes, bodyLength}) {
			const end = bytes.length - bodyLength;
			block('=> Send header', bytes.slice(0, end));
			if (bodyLength > 0) block('=> Send data', bytes.slice(end));
		},
		received(response: HttpResponse, ignored = false) {
			for (const line of response.head.split(/(?<=\r\n)/)) block('<= Recv header', line);
			if (ignored && response.body !== '') write('== Info: Ignoring the response-body\n');
			if (response.body !== '') block('<= Recv data', response.body);
		},
	};
}

function hexDump(bytes: string): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 16) {
		const row = [...bytes.slice(at, at + 16)];
		text += `${hex(at, 4)}: ${row
			.map(char => `${hex(char.charCodeAt(0), 2)} `)
			.join('')
			.padEnd(48)}${row.map(printable).join('')}\n`;
	}

	return text;
}

/** Rows of 64, or up to the end of a line. */
function asciiDump(bytes: string): string {
	let text = '';
	for (let at = 0; at < bytes.length; ) {
		const start = at;
		const line = bytes.indexOf('\r\n', at);
		const end = Math.min(at + 64, bytes.length);
		const broken = line >= 0 && line <= end && line + 2 <= bytes.length;
		const stop = broken ? line : end;
		text += `${hex(start, 4)}: ${[...bytes.slice(start, stop)].map(printable).join('')}\n`;
		at = broken ? line + 2 : end;
	}

	return text;
}
