import type {Program} from '../../../node/program/program.js';
import {goAnswer} from '../go/answer.js';
import {type GoFlags, goFlags} from '../go/flags.js';
import {goLog} from '../go/log.js';
import {hostPort} from '../go/request.js';
import {answerHttp, listenOrEnd} from '../web-server.js';
import {isSet, numberOf, type Subcommand} from './subcommand.js';

/** It stays after SIGTERM, so that who is still sent to it finds it. */
const lastsMs = 60_000;

/** Says the name of its pod to whoever asks. */
const serveHostname: Required<Pick<Subcommand, 'serve' | 'wake' | 'signal' | 'booleans'>> & Subcommand = {
	name: 'serve-hostname',
	booleans: ['tcp', 'udp', 'http', 'close'],
	start(context, flags) {
		const port = numberOf(flags, 'port', 9376);
		const [tcp, udp] = [isSet(flags, 'tcp'), isSet(flags, 'udp')];
		if (isSet(flags, 'http', true) && (tcp || udp)) {
			goLog(context, "Can't server TCP/UDP mode and HTTP mode at the same time");
			return context.exit(1);
		}

		if (tcp || !udp) listenOrEnd(context, port);
		if (udp) context.listen('udp', '*', port);
		goLog(context, `Serving on port ${port}.`);
	},
	serve(context, {bytes, peer}, flags) {
		const {hostname, sim} = context.machine;
		if (!isSet(flags, 'http', true)) {
			const udp = isSet(flags, 'udp') && !(isSet(flags, 'tcp') && bytes === '');
			goLog(context, `${udp ? 'UDP' : 'TCP'} request from ${hostPort(peer)}`);
			return {bytes: hostname, end: udp ? 'open' : 'closed'};
		}

		return answerHttp(bytes, () => {
			goLog(context, `HTTP request from ${hostPort(peer)}`);
			return goAnswer(sim.clock.now(), hostname, isSet(flags, 'close') ? {headers: [['Connection', 'close']]} : {});
		});
	},
	signal(context, signal) {
		if (signal !== 'SIGTERM') return context.exit(2);
		goLog(context, 'Shutting down after receiving signal: terminated.');
		goLog(context, 'Awaiting pod deletion.');
		context.wake(lastsMs, 'end');
	},
	wake: context => context.exit(0),
};

export default serveHostname;

const flagsOf = (argv: readonly string[]): GoFlags => goFlags(argv.slice(1), serveHostname.booleans);

/** The same as an image of its own, from the time before agnhost. */
export const serveHostnameProgram: Program = {
	name: 'serve_hostname',
	start: context => serveHostname.start(context, flagsOf(context.argv)),
	serve: (context, request) => serveHostname.serve(context, request, flagsOf(context.argv)),
	signal: serveHostname.signal,
	wake: serveHostname.wake,
};
