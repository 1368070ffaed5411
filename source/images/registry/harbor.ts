import {isTls, openTls, readClientHello, sealTls, serverHello} from '../../net/tls.js';
import type {ServiceAnswer} from '../../net/socket.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {certificateFile, classroomRegistries} from '../../node/registry/authority.js';
import {certificateFacts} from '../../tls/facts.js';
import {type HttpRequest, parseHttpRequest, textAnswer} from '../http/answer.js';
import {fromWire} from '../http/bytes.js';
import {tokenFor, userOf} from './accounts.js';
import {json, refusal} from './answer.js';
import {distribution, type Route, routeOf} from './distribution.js';
import {createProjects, type Projects} from './projects.js';
import {projectApi} from './project-api.js';
import {createStorage, type Storage} from './storage.js';

/** One of the names under which Harbor answers, with its own projects and repositories. */
interface Site {
	readonly name: string;
	readonly storage: Storage;
	readonly projects: Projects;
}

/** The classroom's registry: Harbor behind TLS, with projects, users and tokens. Everything that it keeps is in files below /data. */
export const harbor: Program = {
	name: 'harbor',
	start(context) {
		context.listen('tcp', '*', 443);
	},
	serve(context, {bytes}) {
		if (bytes === '') return {bytes: '', end: 'open'};
		const hello = readClientHello(bytes);
		if (hello) {
			const {files} = context.machine;
			const facts = files.exists(certificateFile) ? certificateFacts(files.readText(certificateFile)) : undefined;
			return facts ? {bytes: serverHello(facts)} : {bytes: '', end: 'closed'};
		}

		const plain = isTls(bytes) ? openTls(bytes) : undefined;
		if (plain === undefined)
			return {
				bytes:
					'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Length: 48\r\nConnection: close\r\n\r\nThe plain HTTP request was sent to HTTPS port.\r\n',
				end: 'closed',
			};
		const request = parseHttpRequest(plain);
		if (!request) return {bytes: '', end: 'closed'};
		const answer = respond(context, {...request, body: fromWire(request.body)});
		return {...answer, bytes: sealTls(answer.bytes)};
	},
};

const siteName = (host: string) =>
	classroomRegistries.find(name => name === host.replace(/:\d+$/, '').toLowerCase()) ?? classroomRegistries[0]!;

function siteOf({machine}: ProgramContext, host: string): Site {
	const name = siteName(host);
	const stock = machine.world.registries.catalogue(`${name}/`);
	return {
		name,
		storage: createStorage(machine.files, `/data/registry/${name}`, stock),
		projects: createProjects(machine.files, `/data/database/${name}.json`, stock),
	};
}

function respond(context: ProgramContext, request: HttpRequest): ServiceAnswer {
	const nowMs = context.machine.sim.clock.now();
	const site = siteOf(context, request.headers['host'] ?? '');
	const user = userOf(request);
	if (request.path === '/service/token') {
		if (user === false) return refusal(request, nowMs, 401, 'UNAUTHORIZED', 'unauthorized: unauthorized');
		return json(request, nowMs, {token: tokenFor(user), access_token: '', expires_in: 1800, issued_at: new Date(nowMs).toISOString()});
	}

	if (request.path.startsWith('/api/v2.0/')) return projectApi({...site, user, nowMs}, request);
	const route = routeOf(request.path);
	if (!route)
		return request.path === '/'
			? textAnswer(request, nowMs, '<!doctype html>\n<html>\n<head>\n<title>Harbor</title>\n</head>\n</html>\n', 200, 'text/html')
			: textAnswer(request, nowMs, '404 page not found\n', 404);
	const denied = guard(site, request, route, user, nowMs);
	if (denied) return denied;
	const {registries} = context.machine.world;
	const missing = (repository: string, reference: string) => ({
		code: 'NOT_FOUND',
		message: site.storage.tags(repository) ? `artifact ${repository}:${reference} not found` : `repository ${repository} not found`,
	});
	return distribution({storage: site.storage, registries, nowMs, missing}, request, route);
}

/** Harbor's middleware before the registry: who may do what in which project. */
function guard(
	{name, projects}: Site,
	request: HttpRequest,
	route: Route,
	user: string | undefined | false,
	nowMs: number,
): ServiceAnswer | undefined {
	const pushes = !['GET', 'HEAD'].includes(request.method);
	const challenge = (scope?: string) =>
		[
			['Www-Authenticate', `Bearer realm="https://${name}/service/token",service="harbor-registry"${scope ? `,scope="${scope}"` : ''}`],
		] as const;
	const unauthorized = (message: string, scope?: string) =>
		refusal(request, nowMs, 401, 'UNAUTHORIZED', message, undefined, challenge(scope));
	if (!('repository' in route)) {
		const open = user || (route.kind === 'base' && /^bearer /i.test(request.headers['authorization'] ?? ''));
		return open ? undefined : unauthorized('unauthorized: unauthorized', route.kind === 'catalog' ? 'registry:catalog:*' : undefined);
	}

	const {repository} = route;
	const slash = repository.indexOf('/');
	const project = slash < 0 ? undefined : projects.find(repository.slice(0, slash));
	const readable = !pushes && (project?.public || (slash < 0 && projects.isStocked(repository)));
	if (user !== false && (readable || (user && project))) return undefined;
	if (user && slash < 0) return refusal(request, nowMs, 400, 'PROJECTPOLICYVIOLATION', `repository ${repository} names no project`);
	if (user)
		return pushes
			? unauthorized(`project ${repository.slice(0, slash)} not found: project ${repository.slice(0, slash)} not found`)
			: refusal(request, nowMs, 404, 'NOT_FOUND', `project ${repository.slice(0, slash)} not found`);
	const action = pushes ? 'push' : 'pull';
	const text = `unauthorized to access repository: ${repository}, action: ${action}`;
	return unauthorized(`${text}: ${text}`, `repository:${repository}:${pushes ? 'pull,push' : 'pull'}`);
}
