import type {Program, ProgramContext} from '../../node/program/program.js';
import {type HttpAnswer, type HttpRequest, parseHttpRequest, sendAnswer} from '../http/answer.js';

export interface WebServer {
	readonly name: string;
	port(context: ProgramContext): number;
	answer(context: ProgramContext, request: HttpRequest, client: string): HttpAnswer;
	/** What it prints when it starts. */
	greeting?(context: ProgramContext): string;
	/** One line for each request. */
	logLine?(context: ProgramContext, request: HttpRequest, client: string, answer: HttpAnswer): string;
	/** Exit status on SIGTERM. */
	readonly terminated?: number;
}

/** A program that does nothing but answer HTTP on one port. */
export const webServer = (server: WebServer): Program => ({
	name: server.name,
	start(context) {
		const greeting = server.greeting?.(context);
		if (greeting) context.log(greeting);
		try {
			context.listen('tcp', '*', server.port(context));
		} catch {
			context.log(`listen tcp :${server.port(context)}: bind: address already in use`, 'stderr');
			context.exit(1);
		}
	},
	serve(context, {bytes, peer}) {
		const request = parseHttpRequest(bytes);
		if (!request) return {bytes: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n', end: 'closed'};
		const answer = server.answer(context, request, peer.address);
		const line = server.logLine?.(context, request, peer.address, answer);
		if (line) context.log(line);
		return sendAnswer(request, answer);
	},
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(server.terminated ?? (signal === 'SIGTERM' ? 143 : 130));
	},
});
