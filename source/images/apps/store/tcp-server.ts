import type {Program, ProgramContext} from '../../../node/program/program.js';

export interface TcpServer {
	readonly name: string;
	port(context: ProgramContext): number;
	/** Why it does not start. */
	refuses?(context: ProgramContext): string | undefined;
	/** What it prints until it is ready, and how long that takes. */
	log(context: ProgramContext): ReadonlyArray<readonly [stream: 'stdout' | 'stderr', text: string]>;
	readonly readyMs?: number;
	/** Its answer to bytes; nothing when it has none that is simulated. */
	answer?(context: ProgramContext, bytes: string): string | undefined;
	/** What it sends before it is asked. */
	readonly greeting?: string;
	readonly terminated?: number;
}

/** A server that starts as the real one does, is found by a probe, and says of all else that it is not simulated. */
export const tcpServer = (server: TcpServer): Program => ({
	name: server.name,
	start(context) {
		const why = server.refuses?.(context);
		if (why === undefined) return context.wake(server.readyMs ?? 1, 'ready');
		context.log(why, 'stderr');
		context.exit(1);
	},
	wake(context) {
		for (const [stream, text] of server.log(context)) context.log(text, stream);
		context.listen('tcp', '*', server.port(context));
	},
	serve(context, {bytes}) {
		if (bytes === '') return {bytes: server.greeting ?? '', end: 'open'};
		const answer = server.answer?.(context, bytes);
		if (answer !== undefined) return {bytes: answer, end: 'open'};
		context.machine.sim.notes.notSimulated(`${server.name}'s protocol`);
		return {bytes: '', end: 'closed'};
	},
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(server.terminated ?? 0);
	},
});
