import {dialError, requestError} from './api-server.js';
import {type ProxyContext, proxyOf, remember} from './memory.js';

const selector = 'labelSelector=%21service.kubernetes.io%2Fheadless%2C%21service.kubernetes.io%2Fservice-proxy-name';
const page = 'limit=500&resourceVersion=0';

/** What is listed and watched, with the URL that an error quotes. */
const reflectors = (nodeName: string): ReadonlyArray<readonly [type: string, path: string]> => [
	['*v1.Service', `/api/v1/services?fieldSelector=spec.clusterIP%21%3DNone&${selector}&${page}`],
	['*v1.EndpointSlice', `/apis/discovery.k8s.io/v1/endpointslices?${selector}&${page}`],
	['*v1.ServiceCIDR', `/apis/networking.k8s.io/v1/servicecidrs?${selector}&${page}`],
	['*v1.Node', `/api/v1/nodes?fieldSelector=metadata.name%3D${nodeName}&${page}`],
];

const controllers = ['node config', 'service config', 'endpoint slice config', 'serviceCIDR config'];
/** Pauses of client-go's reflector backoff: they double up to half a minute. */
const firstPauseMs = 1200;
const pauseMaxMs = 30_000;

/** Tries to list everything. True when the API answers; otherwise says so, and a wake-up `informers` is on its way. */
export function listAll(context: ProxyContext): boolean {
	const {log} = proxyOf(context);
	const dial = dialError(context);
	if (dial === undefined) {
		const reflector = 'k8s.io/client-go/informers/factory.go:160';
		for (const [type] of reflectors('')) log.debug('reflector.go:430', 'Caches populated', {type, reflector});
		for (const controller of controllers) {
			log.info('shared_informer.go:357', 'Caches are synced', {controller});
			if (['node config', 'service config'].includes(controller)) refuseToSync(context);
		}
		remember(context, {synced: true, listTries: 0});
		return true;
	}

	logUnreachable(context, dial);
	const {listTries} = context.memory;
	remember(context, {listTries: listTries + 1});
	context.wake(Math.min(pauseMaxMs, firstPauseMs * 2 ** listTries), 'informers', {periodic: true});
	return false;
}

/** The first handlers that hear of synced caches ask for a sync before Services and EndpointSlices are both there. */
function refuseToSync(context: ProxyContext): void {
	if (context.memory.config.mode === 'ipvs') return;
	const text = 'Not syncing iptables until Services and Endpoints have been received from master';
	for (const ipFamily of ['IPv4', 'IPv6']) proxyOf(context).log.debug('proxier.go:793', text, {ipFamily});
}

export function logUnreachable(context: ProxyContext, dial: string): void {
	const {log} = proxyOf(context);
	for (const [type, path] of reflectors(context.memory.nodeName)) {
		const fields = {logger: 'UnhandledError', reflector: 'k8s.io/client-go/informers/factory.go:160', type};
		log.error('reflector.go:200', 'Failed to watch', `failed to list ${type}: ${requestError(context, 'Get', path, dial)}`, fields);
	}
}
