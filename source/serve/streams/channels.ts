import type {WebSocket} from 'ws';
import {fromBytes, toBytes} from '../../shell/run/stream.js';

const channel = {stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255} as const;

/** The streams of a command over one WebSocket: the first byte of a message says which. Models apimachinery/pkg/util/remotecommand. */
export interface Channels {
	out(text: string): void;
	err(text: string): void;
	onInput(take: (text: string) => void, end: () => void): void;
	onResize(take: (size: {columns: number; rows: number}) => void): void;
	onGone(run: () => void): void;
	/** Tells how it ended, and hangs up. */
	finish(exitCode: number): void;
	/** Tells what went wrong on the node. */
	fail(problem: string): void;
}

export function createChannels(socket: WebSocket, protocol: string): Channels {
	let [input, inputEnd] = [(_text: string) => {}, () => {}];
	let resize = (_size: {columns: number; rows: number}) => {};
	const send = (to: number, text: string) => {
		if (socket.readyState === socket.OPEN) socket.send(Buffer.concat([Uint8Array.of(to), toBytes(text)]));
	};
	const close = (status: object) => {
		send(channel.error, JSON.stringify({metadata: {}, ...status}));
		socket.close(1000);
	};
	socket.on('message', (data: Buffer) => {
		const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
		const rest = bytes.subarray(1);
		if (bytes[0] === channel.stdin) input(fromBytes(rest));
		else if (bytes[0] === channel.resize) resize(sizeOf(rest));
		else if (bytes[0] === channel.close && protocol.startsWith('v5') && rest[0] === channel.stdin) inputEnd();
	});
	return {
		out: text => send(channel.stdout, text),
		err: text => send(channel.stderr, text),
		onInput(take, end) {
			input = take;
			inputEnd = end;
		},
		onResize: take => void (resize = take),
		onGone: run => void socket.once('close', run),
		finish: exitCode => close(exitCode === 0 ? {status: 'Success'} : exited(exitCode)),
		fail(problem) {
			// The API server speaks SPDY with the kubelet, and tells of its errors as of its own (apiserver/pkg/util/proxy/streamtranslator.go).
			const message = `Internal error occurred: ${problem}`;
			close({status: 'Failure', message, reason: 'InternalError', details: {causes: [{message: problem}]}, code: 500});
		},
	};
}

const exited = (exitCode: number) => ({
	status: 'Failure',
	message: `command terminated with non-zero exit code: exit status ${exitCode}`,
	reason: 'NonZeroExitCode',
	details: {causes: [{reason: 'ExitCode', message: String(exitCode)}]},
});

function sizeOf(bytes: Buffer): {columns: number; rows: number} {
	try {
		const {Width, Height} = JSON.parse(bytes.toString());
		return {columns: Number(Width) || 80, rows: Number(Height) || 24};
	} catch {
		return {columns: 80, rows: 24};
	}
}
