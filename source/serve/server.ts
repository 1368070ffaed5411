import {createServer, type Server} from 'node:https';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import type {AddressInfo} from 'node:net';
import type {Cluster} from '../cluster/cluster.js';
import {internalError} from '../api/errors.js';
import {ApiError} from '../api/status.js';
import {createLiveTime, type Time} from '../shell/run/time.js';
import {send} from './answer.js';
import {createCertificates} from './certificate.js';
import type {Serving} from './exchange.js';
import {kubeconfigOf} from './kubeconfig.js';
import {answer} from './router.js';
import {createAlarms} from './alarms.js';
import {upgrade} from './streams/upgrade.js';
import {createUsers} from './users.js';
import {createWallClock} from './wall-clock.js';

export interface ServeOptions {
	/** 0: any that is free. */
	readonly port: number;
	/** The administrator's bearer token. */
	readonly token: string;
	/** Real time, for the certificate, and for the times that clients see. */
	readonly nowMs: number;
}

/** A cluster's API server on loopback. */
export interface ApiEndpoint {
	readonly url: string;
	readonly authority: string;
	readonly kubeconfig: string;
	/** Moves the clock of the cluster, and whatever waits in it: `time.advance(ms)`. */
	readonly time: Time;
	close(): Promise<void>;
}

const loopback = '127.0.0.1';

/** Listens on loopback over HTTPS; nothing is answered without a token but what anonymous users may see on a real server. */
export async function serve(cluster: Cluster, {port, token, nowMs}: ServeOptions): Promise<ApiEndpoint> {
	const {authority, server: cert, key} = createCertificates(nowMs);
	const wallClock = createWallClock(nowMs - cluster.sim.clock.now());
	const server = createServer({cert, key, ALPNProtocols: ['http/1.1'], ServerResponse: wallClock.response});
	const time = createLiveTime(cluster.sim.clock);
	const address = () => `${loopback}:${(server.address() as AddressInfo | null)?.port ?? port}`;
	const serving: Serving = {
		cluster,
		users: createUsers(cluster.api, token),
		time,
		wallClock,
		address,
		after: createAlarms(cluster.sim.clock),
		open: new Set(),
	};
	server.on('request', (message, response) => void guarded(serving, message, response));
	server.on('upgrade', (message, socket, head) => upgrade(serving, message, socket as Duplex, head));
	server.on('tlsClientError', () => {});
	server.on('clientError', (_error, socket) => {
		if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
	});
	await listen(server, port);
	const url = `https://${address()}`;
	return {
		url,
		authority,
		kubeconfig: kubeconfigOf(url, authority, token),
		time,
		async close() {
			for (const end of [...serving.open]) end();
			const closed = new Promise<void>(resolve => void server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}

const listen = (server: Server, port: number) =>
	new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, loopback, () => resolve());
	});

/** Whatever goes wrong becomes a Status: nothing a client sends may end the process. */
async function guarded(serving: Serving, message: IncomingMessage, response: ServerResponse): Promise<void> {
	response.on('error', () => {});
	try {
		await answer(serving, message, response);
	} catch (error) {
		const known = error instanceof ApiError ? error : internalError((error as Error).message);
		// The connection goes with a body that nobody read.
		if (!message.complete && !response.headersSent) response.setHeader('connection', 'close');
		if (response.headersSent) response.destroy();
		else send(response, known.status.code, known.status);
		// The rest of a body that nobody wants is not waited for.
		if (!message.complete) response.once('finish', () => message.destroy());
	}
}
