import type {Program} from '../program.js';

/** Name of a kubelet's clock actor. */
export const kubeletActor = (node: string): string => `kubelet/${node}`;

/**
 * The kubelet's process on its host: it listens on the ports that others know it by, and tells the kubelet itself (`kubelet.ts`) when it
 * has started. While the process is gone the kubelet does nothing; containers run on.
 */
export const kubeletDaemon: Program = {
	name: 'kubelet',
	start(context) {
		context.listen('tcp', '*', 10250);
		context.listen('tcp', '127.0.0.1', 10248);
		context.machine.sim.clock.schedule(0, kubeletActor(context.machine.host), 'start');
	},
	serve(_, {bytes, local}) {
		const path = /^[A-Z]+ (\S+)/.exec(bytes)?.[1] ?? '/';
		if (local.port === 10248) {
			const found = path === '/healthz';
			const body = found ? 'ok' : '404 page not found\n';
			return {bytes: answer(found ? '200 OK' : '404 Not Found', body), end: 'closed'};
		}

		return {bytes: answer('401 Unauthorized', 'Unauthorized'), end: 'closed'};
	},
};

const answer = (status: string, body: string) =>
	`HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
