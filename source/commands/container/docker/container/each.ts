import {EngineError, type ContainerRecord} from '../../../../node/engine/model.js';
import {fromDaemon, silent} from '../failure.js';
import type {Call, Steps} from '../verb.js';

/** Does something with each container named, says each name, goes on after one that fails. */
export function* eachContainer(call: Call, act: (record: ContainerRecord) => Steps<void> | void): Steps<number> {
	let failed = false;
	for (const text of call.args) {
		try {
			const record = call.engine.containers.get(text);
			const steps = act(record);
			if (steps) yield* steps;
			call.out(`${text}\n`);
		} catch (error) {
			if (!(error instanceof EngineError)) throw error;
			call.err(`${fromDaemon(error.message)}\n`);
			failed = true;
		}
	}

	if (failed) throw silent(1);
	return 0;
}

/** Waits until the container's first process is gone. */
export function* untilStopped({engine}: Call, id: string): Steps<void> {
	while (engine.containerd.row(id)?.state === 'running') yield {sleepMs: 20};
}
