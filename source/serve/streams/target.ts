import {badRequest} from '../../api/errors.js';
import type {KubeObject} from '../../api/object.js';
import type {ApiRequest} from '../../api/server.js';
import {ApiError, type Status} from '../../api/status.js';
import type {Container} from '../../node/runtime.js';
import type {Machine} from '../../node/host/machine.js';
import {uidOnNode} from '../../node/pod-uid.js';
import type {Serving} from '../exchange.js';

/** The object behind a subresource, if this user may have it. */
export function authorised(serving: Serving, request: ApiRequest): KubeObject {
	const answer = serving.cluster.api.handle({...request, verb: 'get'});
	if (answer.code < 300) return answer.body;
	const {code, reason, message, details} = answer.body as Status;
	throw new ApiError(code, reason ?? '', message, details);
}

const containersOf = (pod: KubeObject): string[] =>
	['containers', 'initContainers', 'ephemeralContainers'].flatMap(list => (pod['spec'][list] ?? []).map(({name}: {name: string}) => name));

/** The container that is meant: the named one, or the only one. */
export function containerNamed(pod: KubeObject, name: string | null): string {
	const {containers = [], initContainers = []} = pod['spec'];
	if (name) {
		if (!containersOf(pod).includes(name)) throw badRequest(`container ${name} is not valid for pod ${pod.metadata.name}`);
		return name;
	}

	if (containers.length === 1 && initContainers.length === 0) return containers[0].name;
	if (containers.length === 1) return containers[0].name;
	const names = containers.map((one: {name: string}) => one.name).join(' ');
	const inits =
		initContainers.length > 0 ? ` or one of the init containers: [${initContainers.map((one: {name: string}) => one.name).join(' ')}]` : '';
	throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names}]${inits}`);
}

/** Where the container runs; absent while it does not, which only its kubelet knows. */
export function machineOf({cluster}: Serving, pod: KubeObject, container: string): Machine | undefined {
	if (!pod['spec'].nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
	return cluster.container(pod.metadata.uid!, container);
}

export const notFound = (container: string): string => `unable to upgrade connection: container not found (${JSON.stringify(container)})`;

/** The newest run of a container on its node, or with `previous` the one before. */
export function runOf({cluster}: Serving, pod: KubeObject, container: string, previous = false): Container | undefined {
	const node = pod['spec'].nodeName as string | undefined;
	if (!node || !cluster.host(node)) return undefined;
	const runs = cluster
		.runtime(node)
		.containers()
		.filter(one => one.podUid === uidOnNode(pod) && one.name === container)
		.sort((a, b) => b.attempt - a.attempt);
	return previous ? runs[1] : runs[0];
}
