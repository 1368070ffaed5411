import type {ProgramContext} from '../../../../node/program/program.js';
import type {GoFlags} from '../../go/flags.js';
import {goLog} from '../../go/log.js';
import {answerHttp} from '../../web-server.js';
import {endAfter, numberOf, type Subcommand} from '../subcommand.js';
import {handlers, root} from './handlers.js';
import {serveUdp} from './udp.js';

export const httpPort = (flags: GoFlags): number => numberOf(flags, 'http-port', 8080);
export const udpPort = (flags: GoFlags): number => numberOf(flags, 'udp-port', 8081);

function listens(context: ProgramContext, protocol: 'tcp' | 'udp', address: string, port: number): boolean {
	try {
		context.listen(protocol, address, port);
		return true;
	} catch {
		goLog(context, `listen ${protocol} :${port}: bind: address already in use`);
		context.exit(1);
		return false;
	}
}

/** Answers over HTTP and UDP what a test wants to know of the way there. */
const netexec: Subcommand = {
	name: 'netexec',
	start(context, flags) {
		for (const name of ['sctp-port', 'tls-cert-file', 'http-override']) {
			if ((flags.values.get(name) ?? '') === '' || flags.values.get(name) === '-1') continue;
			context.machine.sim.notes.notSimulated(`agnhost netexec --${name}`);
			context.log(`kubelab: not simulated: agnhost netexec --${name}`, 'stderr');
			return context.exit(125);
		}

		context.memory = {...context.memory, startedMs: context.machine.sim.clock.now()};
		goLog(context, `Started HTTP server on port ${httpPort(flags)}`);
		if (!listens(context, 'tcp', '*', httpPort(flags)) || udpPort(flags) === -1) return;
		for (const address of flags.values.get('udp-listen-addresses')?.split(',') ?? ['']) {
			if (!listens(context, 'udp', address || '*', udpPort(flags))) return;
			goLog(context, `Started UDP server on port ${address} ${udpPort(flags)}`);
		}
	},
	serve(context, request, flags) {
		if (request.local.port === udpPort(flags) && !/^[A-Z]+ \S+ HTTP\//.test(request.bytes)) return serveUdp(context, request);
		let silent = false;
		const answer = answerHttp(request.bytes, asked => {
			const handler = handlers[asked.path] ?? root;
			const result = handler({context, request: asked, peer: request.peer, flags});
			if (result) return result;
			silent = true;
			return {status: 200, headers: [], body: ''};
		});
		return silent ? {bytes: '', end: 'closed'} : answer;
	},
	wake(context, key) {
		if (key.startsWith('leave ')) endAfter(context, 0, Number(key.slice(6)));
	},
};

export default netexec;
