import {notFound, ofCri, type Verb} from './cri.js';

/** SIGTERM, and SIGKILL to what is still there after the timeout. The kubelet may start it again. */
export const stop: Verb = function* (io, runtime, args) {
	const seconds = Number(args.value('timeout') ?? 0);
	for (const text of args.operands.slice(1)) {
		const found = ofCri(runtime).find(container => container.id.startsWith(text));
		if (!found) {
			io.err(`FATA[0000] stopping the container ${JSON.stringify(text)}: ${notFound('container', text)} \n`);
			return 1;
		}

		if (found.pid !== undefined) {
			runtime.signalProcess(found.pid, 'SIGTERM');
			const untilMs = io.machine.sim.clock.now() + seconds * 1000;
			while (runtime.container(found.id)?.pid === found.pid && io.machine.sim.clock.now() < untilMs) yield {sleepMs: 100};
			if (runtime.container(found.id)?.pid === found.pid) runtime.signalProcess(found.pid, 'SIGKILL');
		}

		io.out(`${text}\n`);
	}

	return 0;
};
