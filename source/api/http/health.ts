import {discover} from '../verbs/discovery.js';
import type {Kind} from '../kind.js';

/** What kube-apiserver checks of itself, in its order. All is well as long as anybody is there to answer. */
const checks = [
	'ping',
	'log',
	'etcd',
	'poststarthook/start-apiserver-admission-initializer',
	'poststarthook/generic-apiserver-start-informers',
	'poststarthook/priority-and-fairness-config-consumer',
	'poststarthook/priority-and-fairness-filter',
	'poststarthook/storage-object-count-tracker-hook',
	'poststarthook/start-apiextensions-informers',
	'poststarthook/start-apiextensions-controllers',
	'poststarthook/crd-informer-synced',
	'poststarthook/start-system-namespaces-controller',
	'poststarthook/start-cluster-authentication-info-controller',
	'poststarthook/start-kube-apiserver-identity-lease-controller',
	'poststarthook/start-kube-apiserver-identity-lease-garbage-collector',
	'poststarthook/start-legacy-token-tracking-controller',
	'poststarthook/start-service-ip-repair-controllers',
	'poststarthook/rbac/bootstrap-roles',
	'poststarthook/scheduling/bootstrap-system-priority-classes',
	'poststarthook/priority-and-fairness-config-producer',
	'poststarthook/bootstrap-controller',
	'poststarthook/start-kubernetes-service-cidr-controller',
	'poststarthook/start-kube-aggregator-informers',
	'poststarthook/apiservice-status-local-available-controller',
	'poststarthook/apiservice-status-remote-available-controller',
	'poststarthook/apiservice-registration-controller',
	'poststarthook/apiservice-wait-for-first-sync',
	'poststarthook/apiservice-discovery-controller',
	'poststarthook/kube-apiserver-autoregistration',
	'autoregister-completion',
	'poststarthook/apiservice-openapi-controller',
	'poststarthook/apiservice-openapiv3-controller',
];
const readiness = [...checks.filter(name => name !== 'etcd'), 'informer-sync', 'shutdown'];
const endpoints: ReadonlyMap<string, readonly string[]> = new Map([
	['healthz', checks],
	['livez', checks],
	['readyz', readiness],
]);

/** `/healthz`, `/livez`, `/readyz` and their parts; undefined for any other path. */
export function health(path: string, query: URLSearchParams): string | undefined {
	const [endpoint = '', ...rest] = path.slice(1).split('/');
	const names = endpoints.get(endpoint);
	if (!names) return undefined;
	if (rest.length > 0) return names.includes(rest.join('/')) ? 'ok' : undefined;
	if (!query.has('verbose')) return 'ok';
	const excluded = new Set(query.getAll('exclude'));
	const line = (name: string) => (excluded.has(name) ? `[+]${name} excluded: ok\n` : `[+]${name} ok\n`);
	return `${names.map(line).join('')}${endpoint} check passed\n`;
}

/** The index at `/`. */
export function paths(kinds: readonly Kind[]): string[] {
	const {groups} = discover(kinds, '/apis', '') as {groups: Array<{name: string; versions: Array<{groupVersion: string}>}>};
	return [
		'/.well-known/openid-configuration',
		'/api',
		'/api/v1',
		'/apis',
		'/apis/',
		...groups.flatMap(({name, versions}) => [`/apis/${name}`, ...versions.map(({groupVersion}) => `/apis/${groupVersion}`)]),
		...[...endpoints].flatMap(([endpoint, names]) => [`/${endpoint}`, ...names.map(name => `/${endpoint}/${name}`)]),
		'/metrics',
		'/metrics/slis',
		'/openapi/v2',
		'/openapi/v3',
		'/openapi/v3/',
		'/openid/v1/jwks',
		'/version',
	].sort();
}
