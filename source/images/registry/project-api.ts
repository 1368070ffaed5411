import type {ServiceAnswer} from '../../net/socket.js';
import type {HttpRequest} from '../http/answer.js';
import {json, refusal} from './answer.js';
import type {Project, Projects} from './projects.js';
import type {Storage} from './storage.js';

interface ApiSite {
	readonly storage: Storage;
	readonly projects: Projects;
	readonly user: string | undefined | false;
	readonly nowMs: number;
}

/** The part of Harbor's own API that a shell needs: projects, and the repositories in them. */
export function projectApi(site: ApiSite, request: HttpRequest): ServiceAnswer {
	const {user, nowMs} = site;
	if (user === false) return refusal(request, nowMs, 401, 'UNAUTHORIZED', 'unauthorized');
	const [resource, name, sub, ...rest] = request.path.slice('/api/v2.0/'.length).split('/');
	if (resource === 'ping') return json(request, nowMs, 'Pong');
	if (resource === 'health')
		return json(request, nowMs, {
			status: 'healthy',
			components: [
				{name: 'registry', status: 'healthy'},
				{name: 'core', status: 'healthy'},
			],
		});
	if (resource === 'systeminfo')
		return json(request, nowMs, {auth_mode: 'db_auth', harbor_version: 'v2.5.4-6f5d3a5c', self_registration: false});
	if (resource !== 'projects' || rest.length > 0)
		return refusal(request, nowMs, 404, 'NOT_FOUND', `kubelab does not simulate ${request.path} of Harbor`);
	if (!name) return request.method === 'POST' ? addProject(site, request) : listProjects(site, request);
	const project = site.projects.find(name);
	if (!project || (!project.public && !user))
		return refusal(
			request,
			nowMs,
			user ? 404 : 401,
			user ? 'NOT_FOUND' : 'UNAUTHORIZED',
			user ? `project ${name} not found` : 'unauthorized',
		);
	if (sub === 'repositories')
		return json(
			request,
			nowMs,
			repositoriesIn(site, name).map(each => ({name: each, artifact_count: site.storage.tags(each)?.size ?? 0})),
		);
	if (request.method !== 'DELETE') return json(request, nowMs, shown(site, project));
	if (!user) return refusal(request, nowMs, 401, 'UNAUTHORIZED', 'unauthorized');
	if (repositoriesIn(site, name).length > 0)
		return refusal(request, nowMs, 412, 'PRECONDITION', `the project ${name} contains repositories, can not be deleted`);
	site.projects.remove(name);
	return json(request, nowMs, '');
}

const repositoriesIn = ({storage}: ApiSite, project: string) => storage.repositories().filter(each => each.startsWith(`${project}/`));

const shown = (site: ApiSite, {id, name, public: isPublic, createdMs}: Project) => ({
	project_id: id,
	name,
	owner_name: 'admin',
	creation_time: new Date(createdMs).toISOString(),
	metadata: {public: String(isPublic)},
	repo_count: repositoriesIn(site, name).length,
});

function listProjects(site: ApiSite, request: HttpRequest): ServiceAnswer {
	const wanted = new URLSearchParams(request.query).get('name') ?? '';
	const visible = site.projects.list().filter(each => (each.public || site.user) && each.name.includes(wanted));
	return json(
		request,
		site.nowMs,
		visible.map(each => shown(site, each)),
		200,
		[['X-Total-Count', String(visible.length)]],
	);
}

function addProject({projects, user, nowMs}: ApiSite, request: HttpRequest): ServiceAnswer {
	if (!user) return refusal(request, nowMs, 401, 'UNAUTHORIZED', 'unauthorized');
	let asked: {project_name?: unknown; public?: unknown; metadata?: {public?: unknown}};
	try {
		asked = JSON.parse(request.body);
	} catch {
		return refusal(request, nowMs, 422, 'UNPROCESSABLE_ENTITY', 'parsing project body from "" failed, because invalid character');
	}

	const name = asked?.project_name;
	if (typeof name !== 'string' || !/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name))
		return refusal(request, nowMs, 400, 'BAD_REQUEST', `project name is not valid: ${String(name)}`);
	if (projects.find(name)) return refusal(request, nowMs, 409, 'CONFLICT', `The project named ${name} already exists`);
	const isPublic = asked.public === true || String(asked.metadata?.public) === 'true';
	const project = projects.add(name, isPublic, nowMs);
	return json(request, nowMs, '', 201, [['Location', `/api/v2.0/projects/${project.id}`]]);
}
