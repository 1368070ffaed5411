import type {KubeObject} from '../../source/api/object.js';
import {extractAnnotations} from '../../source/images/ingress-nginx/annotations/extract.js';
import {parseArguments} from '../../source/images/ingress-nginx/arguments.js';
import {compile} from '../../source/images/ingress-nginx/compile/compile.js';
import type {ParsedIngress, View} from '../../source/images/ingress-nginx/compile/view.js';
import {readCertificateSecret} from '../../source/images/ingress-nginx/compile/certificate.js';
import type {Configuration} from '../../source/images/ingress-nginx/configuration.js';
import type {Log} from '../../source/images/ingress-nginx/log.js';
import {readOptions} from '../../source/images/ingress-nginx/read-options.js';

export const prefix = 'nginx.ingress.kubernetes.io';

export interface Setting {
	readonly objects?: readonly KubeObject[];
	readonly configMap?: Readonly<Record<string, string>>;
	readonly flags?: readonly string[];
}

/** What the controller makes of Ingresses, and what it logs meanwhile: `W text`. */
export function compiled(ingresses: readonly KubeObject[], setting: Setting = {}): {configuration: Configuration; lines: string[]} {
	const lines: string[] = [];
	const view = viewFor(setting, lines);
	const parse = (object: KubeObject): ParsedIngress => ({
		object,
		annotations: extractAnnotations(object, view, {
			prefix: view.given['annotations-prefix'],
			validates: view.given['enable-annotation-validation'] === 'true',
			log: view.log,
		}),
	});
	return {configuration: compile(view, ingresses.map(parse)), lines};
}

export function viewFor({objects = [], configMap = {}, flags = []}: Setting, lines: string[] = []): View {
	const parsed = parseArguments(flags);
	if ('error' in parsed) throw new Error(parsed.error);
	const log: Log = {
		plain: (severity, _where, text) => lines.push(`${severity} ${text}`),
		info: (_where, message) => lines.push(`I ${message}`),
		error: (_where, error, message) => lines.push(`E ${message}: ${error}`),
	};
	const ofKind = (kind: string) => objects.filter(each => each.kind === kind);
	const find = (kind: string) => (key: string) =>
		ofKind(kind).find(({metadata}) => `${metadata.namespace ?? 'default'}/${metadata.name}` === key);
	const fakeCertificate = {
		name: 'fake',
		namespace: '',
		certificate: '',
		key: '',
		names: [],
		uid: '',
		expires: '2027-01-01T00:00:00Z',
		sha: '',
	};
	return {
		given: parsed.given,
		options: readOptions(configMap, log, key => lines.push(`absent ${key}`)),
		log,
		nowMs: Date.parse('2026-11-21T02:00:00Z'),
		fakeCertificate,
		secret: find('Secret'),
		configMap: find('ConfigMap'),
		service: find('Service'),
		slices: key =>
			ofKind('EndpointSlice').filter(
				({metadata}) => `${metadata.namespace ?? 'default'}/${metadata.labels?.['kubernetes.io/service-name']}` === key,
			),
		certificate(key) {
			const secret = find('Secret')(key);
			return secret ? readCertificateSecret(secret) : {error: `no object matching key "${key}" in local store`};
		},
	};
}

/** A rule for each `host/path` (`*` before the slash: any host; `=` after it: Exact) to `service:port`. */
export function ingress(
	name: string,
	rules: Readonly<Record<string, string>>,
	annotations: Readonly<Record<string, string>> = {},
	more: {readonly spec?: object; readonly created?: string} = {},
): KubeObject {
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata: {
			name,
			namespace: 'default',
			uid: `uid-${name}`,
			creationTimestamp: more.created ?? '2026-11-21T00:00:00Z',
			annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${prefix}/${key}`, value])),
		},
		spec: {
			ingressClassName: 'nginx',
			rules: Object.entries(rules).map(([place, backend]) => ruleOf(place, backend)),
			...more.spec,
		},
	};
}

function ruleOf(place: string, backend: string) {
	const slash = place.indexOf('/');
	const [host, rest] = [place.slice(0, slash), place.slice(slash)];
	const exact = rest.startsWith('/=');
	const path = {path: exact ? `/${rest.slice(2)}` : rest, pathType: exact ? 'Exact' : 'Prefix', backend: {service: serviceOf(backend)}};
	return {...(host !== '*' && {host}), http: {paths: [path]}};
}

function serviceOf(text: string) {
	const [name, port = '80'] = text.split(':');
	return {name, port: /^\d+$/.test(port) ? {number: Number(port)} : {name: port}};
}

/** A Service with as many ready endpoints. */
export const service = (name: string, endpoints: readonly string[], port: object = {port: 80, targetPort: 80}): KubeObject[] => [
	{
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name, namespace: 'default'},
		spec: {type: 'ClusterIP', clusterIP: '10.96.1.1', ports: [port]},
	},
	{
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: {name: `${name}-1`, namespace: 'default', labels: {'kubernetes.io/service-name': name}},
		ports: [{name: (port as {name?: string}).name ?? '', port: 8080, protocol: 'TCP'}],
		endpoints: endpoints.map(address => ({addresses: [address], conditions: {ready: true}})),
	} as KubeObject,
];

/** `host /path Type backend`, as nginx.conf has them. */
export const routesOf = ({servers}: Configuration): string[] =>
	servers.flatMap(({hostname, locations}) => locations.map(({path, pathType, backend}) => `${hostname} ${path} ${pathType} ${backend}`));
