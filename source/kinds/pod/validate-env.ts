import {isQualifiedName} from '../../api/selector/label-syntax.js';
import {canonical, parseQuantity, signOf} from '../../api/values/quantity.js';
import {each, type Errors, invalid, items, notSupported, required} from '../errors.js';
import {configKey, subdomain1123} from '../rules.js';

/** Environment variables and what they may refer to. Models ValidateEnv and ValidateEnvFrom. */
const envFields = [
	'metadata.name',
	'metadata.namespace',
	'metadata.uid',
	'spec.nodeName',
	'spec.serviceAccountName',
	'status.hostIP',
	'status.hostIPs',
	'status.podIP',
	'status.podIPs',
];
const convertible = new Set([
	...envFields,
	'metadata.annotations',
	'metadata.labels',
	'spec.restartPolicy',
	'spec.schedulerName',
	'status.phase',
]);
const resourceFields = [
	'limits.cpu',
	'limits.ephemeral-storage',
	'limits.memory',
	'requests.cpu',
	'requests.ephemeral-storage',
	'requests.memory',
];

const envName = (name: string): string[] =>
	/^[ -<>-~]+$/.test(name) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];

export function env({name, value, valueFrom}: any, path: string): Errors {
	const errors: Errors = name ? each(`${path}.name`, name, envName(name)) : [required(`${path}.name`)];
	return valueFrom ? [...errors, ...envSource(`${path}.valueFrom`, value, valueFrom)] : errors;
}

function envSource(path: string, value: string | undefined, from: any): Errors {
	const errors: Errors = [];
	const sources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'].filter(source => from[source]);
	if (from.fieldRef) errors.push(...fieldRef(`${path}.fieldRef`, from.fieldRef, envFields));
	if (from.resourceFieldRef) errors.push(...resourceFieldRef(`${path}.resourceFieldRef`, from.resourceFieldRef, false));
	for (const source of ['configMapKeyRef', 'secretKeyRef']) {
		const reference = from[source];
		if (!reference) continue;
		errors.push(...subdomain1123(`${path}.${source}.name`, reference.name ?? ''));
		errors.push(
			...(reference.key ? each(`${path}.${source}.key`, reference.key, configKey(reference.key)) : [required(`${path}.${source}.key`)]),
		);
	}

	if (sources.length === 0)
		errors.push(invalid(path, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'));
	else if (value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
	else if (sources.length > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
	return errors;
}

/** A reference to one of the pod's own fields. */
export function fieldRef(path: string, {apiVersion, fieldPath}: any, allowed: readonly string[]): Errors {
	if (!apiVersion) return [required(`${path}.apiVersion`)];
	if (!fieldPath) return [required(`${path}.fieldPath`)];
	const unconvertible = (why: string) => [invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`)];
	if (apiVersion !== 'v1') return unconvertible(`unsupported pod version: ${apiVersion}`);
	const [, whole, key] = /^(.+?)\['(.*)'\]$/.exec(fieldPath) ?? [];
	if (whole === 'metadata.annotations') return each(path, key!.toLowerCase(), isQualifiedName(key!.toLowerCase()));
	if (whole === 'metadata.labels') return each(path, key!, isQualifiedName(key!));
	if (whole !== undefined) return unconvertible(`field label does not support subscript: ${fieldPath}`);
	if (!convertible.has(fieldPath)) return unconvertible(`field label not supported: ${fieldPath}`);
	return allowed.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, [...allowed].sort())];
}

/** A reference to what a container may use. A volume must name the container. */
export function resourceFieldRef(path: string, {containerName, resource = '', divisor}: any, isVolume: boolean): Errors {
	const errors: Errors = [];
	const isHugePages = /^(requests|limits)\.hugepages-/.test(resource);
	if (isVolume && !containerName) errors.push(required(`${path}.containerName`));
	else if (!resource) errors.push(required(`${path}.resource`));
	else if (!resourceFields.includes(resource) && !isHugePages) errors.push(notSupported(`${path}.resource`, resource, resourceFields));
	return [...errors, ...divisorErrors(`${path}.divisor`, resource, isHugePages, String(divisor ?? '0'))];
}

const bytes = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei';

function divisorErrors(field: string, resource: string, isHugePages: boolean, divisor: string): Errors {
	if (signOf(parseQuantity(divisor)) === 0) return [];
	const [kind, allowed] = isHugePages
		? ['hugepages', bytes]
		: ({cpu: ['cpu', '1m and 1'], memory: ['memory', bytes], 'ephemeral-storage': ['local ephemeral storage', bytes]}[
				/^(?:limits|requests)\.(.*)$/.exec(resource)?.[1] ?? ''
			] ?? []);
	if (!allowed || allowed.split(/, | and /).includes(canonical(divisor))) return [];
	return [invalid(field, resource, `only divisor's values ${allowed} are supported with the ${kind} resource`)];
}

export function envFrom(field: string, list: any[] | undefined): Errors {
	return items(field, list, ({prefix, configMapRef, secretRef}, path) => {
		const errors: Errors = prefix ? each(`${path}.prefix`, prefix, envName(prefix)) : [];
		for (const [name, reference] of [
			['configMapRef', configMapRef],
			['secretRef', secretRef],
		])
			if (reference)
				errors.push(...(reference.name ? subdomain1123(`${path}.${name}.name`, reference.name) : [required(`${path}.${name}.name`)]));
		if (!configMapRef && !secretRef) errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
		else if (configMapRef && secretRef) errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
		return errors;
	});
}
