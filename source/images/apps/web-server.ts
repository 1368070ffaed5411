import type {Endpoint} from '../../net/socket.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {type HttpAnswer, type HttpRequest, parseHttpRequest, sendAnswer} from '../http/answer.js';

export interface WebServer {
	readonly name: string;
	port(context: ProgramContext): number;
	answer(context: ProgramContext, request: HttpRequest, peer: Endpoint): HttpAnswer;
	/** What it prints when it starts. */
	greeting?(context: ProgramContext): string;
	/** Instead of serving: it has printed what it was asked for, or found something wrong, and ended. */
	ends?(context: ProgramContext): boolean;
	/** One line for each request. */
	logLine?(context: ProgramContext, request: HttpRequest, peer: Endpoint, answer: HttpAnswer): string;
	/** Exit status on SIGTERM. */
	readonly terminated?: number;
}

/** A program that does nothing but answer HTTP on one port. */
export const webServer = (server: WebServer): Program => ({
	name: server.name,
	start(context) {
		if (server.ends?.(context)) return;
		const greeting = server.greeting?.(context);
		if (greeting) context.log(greeting);
		listenOrEnd(context, server.port(context));
	},
	serve: (context, {bytes, peer}) =>
		answerHttp(bytes, request => {
			const answer = server.answer(context, request, peer);
			const line = server.logLine?.(context, request, peer, answer);
			if (line) context.log(line);
			return answer;
		}),
	signal(context, signal) {
		if (signal !== 'SIGHUP') context.exit(server.terminated ?? (signal === 'SIGTERM' ? 143 : 130));
	},
});

/** In the words of Go when somebody else has the port. */
export function listenOrEnd(context: ProgramContext, port: number): void {
	try {
		context.listen('tcp', '*', port);
	} catch {
		context.log(`listen tcp :${port}: bind: address already in use`, 'stderr');
		context.exit(1);
	}
}

/** What a server of HTTP sends for what it was sent. */
export function answerHttp(bytes: string, answer: (request: HttpRequest) => HttpAnswer): ReturnType<typeof sendAnswer> {
	// Connected, and nothing said yet.
	if (bytes === '') return {bytes: '', end: 'open'};
	const request = parseHttpRequest(bytes);
	if (!request) return {bytes: 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n', end: 'closed'};
	return sendAnswer(request, answer(request));
}
