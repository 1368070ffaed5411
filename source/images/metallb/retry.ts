import {ApiError} from '../../api/status.js';
import type {ProgramContext} from '../../node/program/program.js';
import {logLine} from './log.js';
import {apiTrouble} from './memory.js';

const retryMs = 1000;

/** Does one task; when the API is away or refuses, says so and tries the same again. */
export function retrying(context: ProgramContext, key: string, task: () => void): void {
	const retry = () => context.wake(retryMs, key, {periodic: true});
	const trouble = apiTrouble(context);
	if (trouble !== undefined) {
		logLine(context, 'reflector.go:547', 'error', {op: key.split(' ')[0], error: trouble, msg: 'failed to reach the API server'});
		retry();
		return;
	}

	try {
		task();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		logLine(context, 'service_controller.go:64', 'error', {
			controller: 'ServiceReconciler',
			error: error.message,
			msg: 'failed to update',
		});
		retry();
	}
}
