import {goAnswer, goNotFound, goRedirect} from '../go/answer.js';
import {answerHttp, listenOrEnd} from '../web-server.js';
import type {Subcommand} from './subcommand.js';

const healthyMs = 10_000;
/** `time.Duration` in seconds, as `%v` prints a float. */
const seconds = (ms: number) => String(ms / 1000);

/** Alive for ten seconds, then unhealthy: the server of the tutorial about probes. */
const liveness: Subcommand = {
	name: 'liveness',
	start(context) {
		context.memory = {...context.memory, startedMs: context.machine.sim.clock.now()};
		listenOrEnd(context, 8080);
	},
	serve: (context, {bytes}) =>
		answerHttp(bytes, request => {
			const nowMs = context.machine.sim.clock.now();
			const agedMs = nowMs - context.memory.startedMs;
			switch (request.path) {
				case '/started':
					return goAnswer(nowMs, `${seconds(agedMs)}s`);
				case '/healthz':
					return agedMs > healthyMs ? goAnswer(nowMs, `error: ${seconds(agedMs)}`, {status: 500}) : goAnswer(nowMs, 'ok');
				case '/redirect':
					return goRedirect(nowMs, request, new URLSearchParams(request.query).get('loc') ?? '', 302);
				default:
					return goNotFound(nowMs);
			}
		}),
};

export default liveness;
