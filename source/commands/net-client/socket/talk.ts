import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {toBytes, toText} from '../http/message.js';

/** What is typed or piped goes out, what comes back is printed, until either side ends. */
export function* talk(
	io: Io<Machine>,
	exchange: (bytes: string) => {bytes: string; delayMs: number; end: string},
): Generator<any, string, any> {
	const send = function* (text: string): Generator<any, string, any> {
		const answer = exchange(toBytes(text));
		if (answer.delayMs > 0) yield {sleepMs: answer.delayMs};
		if (answer.bytes !== '') io.out(toText(answer.bytes));
		return answer.end;
	};

	if (!io.stdinIsTerminal) {
		const greeting = yield* send('');
		return io.stdin === '' || greeting === 'closed' || greeting === 'reset' ? greeting : yield* send(io.stdin);
	}

	let pending = '';
	for (;;) {
		const line: string | undefined = yield {read: 'line'};
		if (line === undefined) return 'open';
		pending += `${line.replace(/\r?\n$/, '')}\n`;
		// A request over several lines is given to the server when it is whole: an empty line ends it.
		if (/^[A-Z]+ \S+ HTTP\//.test(pending) && !/\n\r?\n$/.test(pending)) continue;
		const end = yield* send(/^[A-Z]+ \S+ HTTP\//.test(pending) ? pending.replaceAll(/\r?\n/g, '\r\n') : pending);
		pending = '';
		if (end !== 'open') return end;
	}
}
