import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import {badRequest, internalError, unknownResource} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import {ApiError} from '../../api/status.js';
import type {Serving} from '../exchange.js';
import {parseResourcePath} from '../../api/http/path.js';
import {urlOf} from '../router.js';
import {attachTo} from './attach.js';
import {createChannels} from './channels.js';
import {execIn} from './exec.js';
import {forwardPorts} from './port-forward.js';
import {authorised} from './target.js';

/** What a client is connected to once both sides speak WebSocket. */
export type Session = (socket: WebSocket) => void;
type Open = (serving: Serving, pod: KubeObject, query: URLSearchParams, protocol: string) => Session;

const messageBytesMax = 2 ** 20;
const channels = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const tunnel = 'SPDY/3.1+portforward.k8s.io';
/** Which subresource speaks which protocols, newest first. */
const spoken: Readonly<Record<string, {readonly protocols: readonly string[]; readonly open: Open}>> = {
	exec: {protocols: channels, open: (serving, pod, query, protocol) => withChannels(protocol, execIn(serving, pod, query))},
	attach: {protocols: channels, open: (serving, pod, query, protocol) => withChannels(protocol, attachTo(serving, pod, query))},
	portforward: {protocols: [tunnel], open: (serving, pod) => forwardPorts(serving, pod)},
};

const withChannels =
	(protocol: string, run: (channels: ReturnType<typeof createChannels>) => void): Session =>
	socket =>
		run(createChannels(socket, protocol));

const sockets = new WebSocketServer({noServer: true, maxPayload: messageBytesMax});
/** The package refuses the slash in a protocol's name, so it is not shown the header and the answer's is added here. */
const chosen = new WeakMap<IncomingMessage, string>();
sockets.on('headers', (headers, message) => headers.push(`Sec-WebSocket-Protocol: ${chosen.get(message)}`));

/** A request to go on in another protocol. Refusals are sent as the plain HTTP answers that they would be otherwise. */
export function upgrade(serving: Serving, message: IncomingMessage, socket: Duplex, head: Buffer): void {
	socket.on('error', () => socket.destroy());
	try {
		const {session, protocol} = openSession(serving, message);
		delete message.headers['sec-websocket-protocol'];
		chosen.set(message, protocol);
		sockets.handleUpgrade(message, socket, head, client => {
			const end = () => client.terminate();
			serving.open.add(end);
			client.on('error', () => client.terminate());
			client.on('close', () => serving.open.delete(end));
			session(client);
		});
	} catch (error) {
		refuse(socket, error instanceof ApiError ? error : internalError((error as Error).message));
	}
}

function openSession(serving: Serving, message: IncomingMessage): {session: Session; protocol: string} {
	const {pathname, searchParams: query} = urlOf(message);
	const user = serving.users.authenticate(message.headers);
	const path = parseResourcePath(pathname);
	const speaks = path?.subresource !== undefined && Object.hasOwn(spoken, path.subresource) ? spoken[path.subresource] : undefined;
	if (!path || !speaks) throw unknownResource();
	const {rest: _, watch: __, ...target} = path;
	const pod = authorised(serving, {...target, verb: 'get', query: {}, user});
	const asked = (message.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
	const protocol = speaks.protocols.find(name => asked.includes(name));
	// Checks the rest of the request before the protocol: a client that falls back to an older one still hears what is wrong.
	const session = speaks.open(serving, pod, query, protocol ?? '');
	if (!/^websocket$/i.test(message.headers.upgrade ?? '') || !protocol)
		throw badRequest(`unable to upgrade: kubelab speaks WebSocket with ${speaks.protocols.join(' or ')} here`);
	return {session, protocol};
}

const statusTexts: Readonly<Record<number, string>> = {400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found'};

function refuse(socket: Duplex, {status}: ApiError): void {
	const body = JSON.stringify(status);
	socket.end(
		`HTTP/1.1 ${status.code} ${statusTexts[status.code] ?? 'Internal Server Error'}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
	);
}
