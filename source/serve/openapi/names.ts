/** The names that types go by in OpenAPI: `core.v1.Pod` is `io.k8s.api.core.v1.Pod`. */
const homes: Readonly<Record<string, string>> = {
	meta: 'io.k8s.apimachinery.pkg.apis.meta',
	apiextensions: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
	apiregistration: 'io.k8s.kube-aggregator.pkg.apis.apiregistration',
};

export function openApiName(schema: string): string {
	const [group = '', ...rest] = schema.split('.');
	return `${homes[group] ?? `io.k8s.api.${group}`}.${rest.join('.')}`;
}

/** `io.example.stable.v1.CronTab` of a custom resource: its group backwards. */
export const customName = (group: string, version: string, kind: string): string =>
	`${group.split('.').reverse().join('.')}.${version}.${kind}`;
