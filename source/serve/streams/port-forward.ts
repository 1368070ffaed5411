import type {WebSocket} from 'ws';
import {badRequest, internalError} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import type {Machine} from '../../node/host/machine.js';
import type {Serving} from '../exchange.js';
import {createSpdy, type Spdy} from './spdy.js';
import {machineOf, notFound} from './target.js';

/** `pods/portforward`: each connection is a pair of SPDY streams, one for its bytes and one for what went wrong. */
export function forwardPorts(serving: Serving, pod: KubeObject): (socket: WebSocket) => void {
	if (pod['status']?.phase !== 'Running')
		throw badRequest(`unable to forward port because pod is not running. Current status=${pod['status']?.phase}`);
	const [{name}] = pod['spec'].containers;
	const machine = machineOf(serving, pod, name);
	if (!machine) throw internalError(notFound(name));
	return socket => {
		const errors = new Map<string, number>();
		const open = new Map<number, Forwarded>();
		const spdy: Spdy = createSpdy({
			send: bytes => socket.send(bytes),
			opened(stream, headers) {
				const request = headers.get('requestid') ?? '';
				if (headers.get('streamtype') === 'error') errors.set(request, stream);
				else
					open.set(
						stream,
						dial(serving, machine, spdy, {data: stream, error: errors.get(request) ?? 0, port: Number(headers.get('port'))}),
					);
			},
			data: (stream, bytes) => open.get(stream)?.take(bytes),
			ended(stream) {
				open.get(stream)?.close();
				open.delete(stream);
			},
		});
		socket.on('message', (data: Buffer) => {
			try {
				spdy.receive(Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer));
			} catch {
				socket.terminate();
			}
		});
		socket.once('close', () => {
			for (const each of open.values()) each.close();
		});
	};
}

interface Forwarded {
	take(bytes: Buffer): void;
	close(): void;
}

interface Streams {
	readonly data: number;
	readonly error: number;
	readonly port: number;
}

/** A connection to the pod's own loopback, as containerd makes it. */
function dial(serving: Serving, machine: Machine, spdy: Spdy, {data, error, port}: Streams): Forwarded {
	const connection = machine.stack.connect('127.0.0.1', port);
	const hangUp = () => {
		connection.close();
		spdy.end(data);
		spdy.end(error);
	};
	if (connection.outcome.kind !== 'connected') {
		spdy.write(error, Buffer.from(refusal(machine, port)));
		hangUp();
		return {take() {}, close() {}};
	}

	let sent = Buffer.alloc(0);
	let closed = false;
	return {
		take(bytes) {
			sent = Buffer.concat([sent, bytes]);
			if (closed || !isWhole(sent.toString('latin1'))) return;
			const request = sent.toString('latin1');
			sent = Buffer.alloc(0);
			const {bytes: answer, delayMs, end} = connection.exchange(request);
			const reply = () => {
				if (closed) return;
				if (answer !== '') spdy.write(data, Buffer.from(answer, 'latin1'));
				if (end !== 'open') hangUp();
			};
			if (delayMs > 0) serving.after(delayMs, reply);
			else reply();
		},
		close() {
			if (closed) return;
			closed = true;
			hangUp();
		},
	};
}

/** A server is asked once a whole HTTP request has come; of other protocols, each piece is one. */
function isWhole(text: string): boolean {
	if (!/^[A-Z]+ \S+ HTTP\/1/.test(text)) return !/^[A-Z]{3,7} [^\r\n]*$/.test(text);
	const end = text.indexOf('\r\n\r\n');
	if (end === -1) return false;
	const length = Number(/^content-length:\s*(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
	return text.length >= end + 4 + length;
}

function refusal(machine: Machine, port: number): string {
	const sandbox = machine.world.runtime(machine.host).container(machine.container)?.sandbox ?? '';
	return `error forwarding port ${port} to pod ${sandbox}, uid : failed to execute portforward in network namespace "/var/run/netns/cni-${sandbox.slice(0, 8)}": failed to connect to localhost:${port} inside namespace "${sandbox}", IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address `;
}
