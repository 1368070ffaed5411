import admission from '../../source/admission/index.js';
import {createApiServer} from '../../source/api/api-server.js';
import type {Client} from '../../source/api/client.js';
import type {ApiRequest, ApiResponse, ApiServer} from '../../source/api/server.js';
import kinds from '../../source/kinds/index.js';
import {createSim, type Sim} from '../../source/sim/sim.js';

export const admin = {name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated']};

export interface Server {
	readonly sim: Sim;
	readonly api: ApiServer;
	readonly client: Client;
	readonly warnings: string[];
	ask(request: Partial<ApiRequest> & Pick<ApiRequest, 'verb' | 'resource'>): ApiResponse;
}

/** An API server with all kinds and plug-ins, the usual namespaces and the default account; no controllers. */
export function createServer(seed = 'test'): Server {
	const sim = createSim(seed);
	const api = createApiServer(sim, {kinds, admission, flags: {}});
	const warnings: string[] = [];
	const client = api.client(admin, {fieldManager: 'test', onWarning: text => warnings.push(text)});
	for (const name of ['default', 'kube-system']) client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
	client.create({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'default', namespace: 'default'}});
	client.create({
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'kubernetes', namespace: 'default'},
		spec: {clusterIP: '10.96.0.1', ports: [{port: 443}]},
	});
	return {
		sim,
		api,
		client,
		warnings,
		ask: request => api.handle({group: '', version: 'v1', query: {}, user: admin, ...request}),
	};
}

export const podOf = (name: string, spec: object = {}, metadata: object = {}) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default', ...metadata},
	spec: {containers: [{name: 'c', image: 'nginx:1.27'}], ...spec},
});

export const serviceOf = (name: string, spec: object = {}) => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name, namespace: 'default'},
	spec: {ports: [{port: 80}], ...spec},
});

/** What a refused call says. */
export function refusal(call: () => unknown): string {
	try {
		call();
	} catch (error) {
		return (error as Error).message;
	}

	return 'accepted';
}
