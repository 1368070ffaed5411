import type {KubeObject} from '../../../api/object.js';
import type {KubeletContext} from '../context.js';
import {fieldValue, resourceValue} from './downward.js';
import type {PodRecord} from '../record.js';
import {ConfigError} from './config-error.js';

/** `$(NAME)` becomes the variable's value when there is one, `$$` becomes `$`. Models third_party/forked/golang/expansion. */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
	return text.replace(/\$(\$|\(([^)]*)\))/g, (whole, inner: string, name: string) => (inner === '$' ? '$' : (lookup(name) ?? whole)));
}

/** The environment that the kubelet sets: Services, then `envFrom`, then `env`. Models kubelet_pods.go makeEnvironmentVariables. */
export function makeEnvironment(context: KubeletContext, record: PodRecord, spec: any): Record<string, string> {
	const {pod} = record;
	const namespace = pod.metadata.namespace ?? 'default';
	const services = serviceEnvironment(context, namespace, pod['spec'].enableServiceLinks !== false);
	const result: Record<string, string> = {};
	for (const source of spec.envFrom ?? []) {
		const reference = source.configMapRef ?? source.secretRef;
		const kind = source.configMapRef ? 'configmap' : 'secret';
		const found = context.client.find<KubeObject>(`${kind}s`, namespace, reference.name);
		if (!found && !reference.optional) throw new ConfigError(`${kind} "${reference.name}" not found`);
		for (const [key, value] of Object.entries(dataOf(found))) result[(source.prefix ?? '') + key] = value;
	}

	for (const variable of spec.env ?? []) {
		const value = variable.valueFrom
			? valueFrom(context, record, spec, variable.valueFrom)
			: expand(variable.value ?? '', name => result[name] ?? services[name]);
		if (value !== undefined) result[variable.name] = value;
	}

	return {...services, ...result};
}

/** The text in a ConfigMap, or in a Secret. */
export function dataOf(object: KubeObject | undefined): Record<string, string> {
	if (!object) return {};
	if (object.kind !== 'Secret') return object['data'] ?? {};
	return Object.fromEntries(Object.entries<string>(object['data'] ?? {}).map(([key, value]) => [key, decodeBase64(value)]));
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function decodeBase64(text: string): string {
	const bytes: number[] = [];
	let bits = 0;
	let count = 0;
	for (const char of text) {
		const value = base64.indexOf(char);
		if (value === -1) continue;
		bits = (bits << 6) | value;
		count += 6;
		if (count < 8) continue;
		count -= 8;
		bytes.push((bits >> count) & 255);
	}

	return new TextDecoder().decode(Uint8Array.from(bytes));
}

function valueFrom(context: KubeletContext, record: PodRecord, spec: any, from: any): string | undefined {
	const namespace = record.pod.metadata.namespace ?? 'default';
	if (from.fieldRef) return fieldValue(context, record, from.fieldRef.fieldPath);
	if (from.resourceFieldRef) return resourceValue(context, record, spec, from.resourceFieldRef);
	const reference = from.configMapKeyRef ?? from.secretKeyRef;
	const [resource, word, title] = from.configMapKeyRef ? ['configmaps', 'configmap', 'ConfigMap'] : ['secrets', 'secret', 'Secret'];
	const found = context.client.find<KubeObject>(resource!, namespace, reference.name);
	if (!found) {
		if (reference.optional) return undefined;
		throw new ConfigError(`${word} "${reference.name}" not found`);
	}

	const value = dataOf(found)[reference.key];
	if (value === undefined && !reference.optional)
		throw new ConfigError(`couldn't find key ${reference.key} in ${title} ${namespace}/${reference.name}`);
	return value;
}

/** As Docker links had it, for each Service of the namespace. Models pkg/kubelet/envvars/envvars.go. */
function serviceEnvironment(context: KubeletContext, namespace: string, links: boolean): Record<string, string> {
	const result: Record<string, string> = {};
	const add = (service: KubeObject) => {
		const {clusterIP: address, ports = []} = service['spec'];
		if (!address || address === 'None' || ports.length === 0) return;
		const name = service.metadata.name.toUpperCase().replaceAll('-', '_');
		result[`${name}_SERVICE_HOST`] = address;
		result[`${name}_SERVICE_PORT`] = String(ports[0].port);
		for (const port of ports)
			if (port.name) result[`${name}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`] = String(port.port);
		for (const [i, {port, protocol = 'TCP'}] of ports.entries()) {
			const url = `${protocol.toLowerCase()}://${address}:${port}`;
			const prefix = `${name}_PORT_${port}_${protocol}`;
			if (i === 0) result[`${name}_PORT`] = url;
			Object.assign(result, {
				[prefix]: url,
				[`${prefix}_PROTO`]: protocol.toLowerCase(),
				[`${prefix}_PORT`]: String(port),
				[`${prefix}_ADDR`]: address,
			});
		}
	};

	const master = context.client.find<KubeObject>('services', 'default', 'kubernetes');
	if (links) for (const service of context.client.list<KubeObject>('services', {namespace})) add(service);
	if (master && (namespace !== 'default' || !links)) add(master);
	return result;
}
