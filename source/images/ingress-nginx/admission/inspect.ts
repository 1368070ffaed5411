import type {KubeObject} from '../../../api/object.js';

/** What would let an Ingress write more into nginx.conf than it may (internal/ingress/inspector/rules.go). */
const forbidden: readonly RegExp[] = [
	/\s*alias\s*.*;/s,
	/\s*root\s*.*;/s,
	/\/etc\/(passwd|shadow|group|nginx|ingress-controller)/,
	/\/var\/run\/secrets/,
	/.*_by_lua.*/,
];

/** The reason against a value; undefined when there is none. */
export const checkValue = (value: string): string | undefined =>
	forbidden.some(pattern => pattern.test(value)) ? `invalid value found: ${value}` : undefined;

/** Hosts, paths and Secrets of an Ingress. */
export function inspectIngress({metadata, ...rest}: KubeObject): string | undefined {
	const spec = rest['spec'] ?? {};
	const name = `${metadata.namespace ?? ''}/${metadata.name}`;
	for (const {host, http} of spec.rules ?? []) {
		const wrongHost = host ? checkValue(host) : undefined;
		if (wrongHost) return `invalid host in ingress ${name}: ${wrongHost}`;
		for (const {path} of http?.paths ?? []) {
			const wrong = checkValue(path ?? '');
			if (wrong) return `invalid rule in ingress ${name}: invalid http path: ${wrong}`;
		}
	}

	for (const {secretName, hosts = []} of spec.tls ?? []) {
		const wrong = checkValue(secretName ?? '');
		if (wrong) return `invalid secret in ingress ${name}: ${wrong}`;
		for (const host of hosts) {
			const wrongHost = checkValue(host);
			if (wrongHost) return `invalid host in ingress tls config ${name}: ${wrongHost}`;
		}
	}

	return undefined;
}

const plainPath = /^\/[a-z0-9._\-/]*$/i;

/** What a path of type Exact or Prefix must not have: anything but letters, digits and `-_./`. */
export function checkPath(path: string, pathType: string | null | undefined): string | undefined {
	if (path === '' || pathType === 'ImplementationSpecific' || plainPath.test(path)) return undefined;
	return `path ${path} cannot be used with pathType ${pathType ?? '<nil>'}`;
}

/** Every such path of an Ingress. */
export const checkPaths = (ingress: KubeObject): readonly string[] =>
	(ingress['spec']?.rules ?? []).flatMap(({http}: any) =>
		(http?.paths ?? []).flatMap(({path, pathType}: any) => checkPath(path ?? '', pathType) ?? []),
	);
