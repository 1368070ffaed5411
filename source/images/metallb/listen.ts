import type {ProgramContext} from '../../node/program/program.js';
import {logLine} from './log.js';

/** A port that is taken ends the process, as controller-runtime's servers do. */
export function listenOrExit(context: ProgramContext, address: string, port: number): boolean {
	try {
		context.listen('tcp', address, port);
		return true;
	} catch {
		const at = `${address === '*' ? '' : address}:${port}`;
		logLine(context, 'main.go:259', 'error', {
			op: 'startup',
			error: `failed to start metrics server: failed to create listener: listen tcp ${at}: bind: address already in use`,
			msg: 'failed to run k8s client',
		});
		context.exit(1);
		return false;
	}
}
