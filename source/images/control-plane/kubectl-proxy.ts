import type {Program} from '../../node/program/program.js';
import {type HttpAnswer, type HttpRequest, parseHttpRequest, sendAnswer, textAnswer} from '../http/answer.js';
import {answerApi} from './rest/answer.js';
import type {User} from '../../api/user.js';

/** What a `kubectl proxy` keeps in mind. */
export interface KubectlProxyMemory {
	/** Whose certificate or token the requests carry on. */
	readonly user: User;
	/** Where the API server listens. */
	readonly server: {readonly address: string; readonly port: number};
	readonly prefix: string;
	/** Absent with --disable-filter. Regular expressions, each list joined by commas. */
	readonly filter?: {
		readonly acceptPaths: string;
		readonly rejectPaths: string;
		readonly acceptHosts: string;
		readonly rejectMethods: string;
	};
	/** How many requests there have been. */
	readonly served: number;
	/** Failures that nobody has been told of yet. */
	readonly failed: readonly string[];
}

/** Answers on the port of `kubectl proxy` with what the API server answers its user. Models kubectl/pkg/proxy. */
export const kubectlProxy: Program = {
	name: 'kubectl-proxy',
	start() {},
	serve(context, {bytes}) {
		const {machine} = context;
		const memory = context.memory as KubectlProxyMemory;
		const request = parseHttpRequest(bytes);
		if (!request) return bytes === '' ? {bytes: '', end: 'open'} : textAnswer(request, machine.sim.clock.now(), 'Bad Request', 400);
		context.memory = {...memory, served: memory.served + 1};
		if (!accepts(memory, request)) return textAnswer(request, machine.sim.clock.now(), 'Forbidden\n', 403);
		if (!request.path.startsWith(memory.prefix)) return textAnswer(request, machine.sim.clock.now(), '404 page not found\n', 404);
		const {address, port} = memory.server;
		const connection = machine.stack.connect(address, port);
		connection.close();
		if (connection.outcome.kind !== 'connected') {
			const failed = [...memory.failed, `dial tcp ${address}:${port}: connect: connection refused`];
			context.memory = {...memory, served: memory.served + 1, failed};
			return sendAnswer(request, {status: 502, headers: [['Content-Length', '0']], body: ''});
		}

		return sendAnswer(request, forwarded(memory, {...request, path: `/${request.path.slice(memory.prefix.length)}`}, machine.world.api));
	},
};

function forwarded({user, server}: KubectlProxyMemory, request: HttpRequest, api: Parameters<typeof answerApi>[0]['api']): HttpAnswer {
	const head = {method: request.method, query: new URLSearchParams(request.query), headers: request.headers, user};
	return answerApi({api, request, head, user, address: `${server.address}:${server.port}`});
}

const matches = (patterns: string, text: string): boolean =>
	patterns
		.split(',')
		.filter(Boolean)
		.some(pattern => new RegExp(pattern).test(text));

function accepts({filter}: KubectlProxyMemory, {method, path, headers}: HttpRequest): boolean {
	if (!filter) return true;
	const host = (headers['host'] ?? '').replace(/:\d+$/, '');
	return (
		!matches(filter.rejectPaths, path) &&
		!matches(filter.rejectMethods, method) &&
		matches(filter.acceptPaths, path) &&
		matches(filter.acceptHosts, host)
	);
}
