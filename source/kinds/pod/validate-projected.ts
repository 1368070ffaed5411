import {type Errors, forbidden, invalid, items, required} from '../errors.js';
import {descendingPath} from '../rules.js';
import {fieldRef, resourceFieldRef} from './validate-env.js';

/** Volumes whose files are chosen one by one. Models validateProjectionSources and validateDownwardAPIVolumeFile. */
const downwardFields = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

export const fileMode = (field: string, value: number | undefined): Errors =>
	value !== undefined && (value < 0 || value > 0o777)
		? [invalid(field, value, 'must be a number between 0 and 0777 (octal), both inclusive')]
		: [];

export function keyToPath({key, path = '', mode}: any, at: string): Errors {
	const errors: Errors = key ? [] : [required(`${at}.key`)];
	if (!path) errors.push(required(`${at}.path`));
	return [...errors, ...localPath(`${at}.path`, path), ...fileMode(`${at}.mode`, mode)];
}

/** ValidateLocalNonReservedPath: `..data` and the like belong to the kubelet. */
function localPath(field: string, path: string): Errors {
	const errors = descendingPath(field, path);
	if (path.startsWith('..') && !path.startsWith('../')) errors.push(invalid(field, path, "must not start with '..'"));
	return errors;
}

/** The paths of its errors lack the index. */
function downwardFile(at: string, file: any): Errors {
	const errors: Errors = file.path ? [] : [required(`${at}.path`)];
	errors.push(...localPath(`${at}.path`, file.path ?? ''));
	if (file.fieldRef) {
		errors.push(...fieldRef(`${at}.fieldRef`, file.fieldRef, downwardFields));
		if (file.resourceFieldRef) errors.push(invalid(at, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
	} else if (file.resourceFieldRef) errors.push(...resourceFieldRef(`${at}.resourceFieldRef`, file.resourceFieldRef, true));
	else errors.push(required(at, 'one of fieldRef and resourceFieldRef is required'));
	return [...errors, ...fileMode(`${at}.mode`, file.mode)];
}

export const downwardApi = (path: string, {defaultMode, items: files = []}: any): Errors => [
	...fileMode(`${path}.defaultMode`, defaultMode),
	...files.flatMap((file: any) => downwardFile(path, file)),
];

export function projected(path: string, {defaultMode, sources}: any): Errors {
	const taken = new Set<string>();
	const take = (file: string | undefined, value: string): Errors => {
		if (!file) return [];
		if (taken.has(file)) return [invalid(path, value, 'conflicting duplicate paths')];
		taken.add(file);
		return [];
	};
	const chosen = (at: string, source: any): Errors => [
		...(source.name ? [] : [required(`${at}.name`)]),
		...items(`${at}.items`, source.items, (item: any, itemAt) => [...keyToPath(item, itemAt), ...take(item.path, source.name ?? '')]),
	];
	return [
		...fileMode(`${path}.defaultMode`, defaultMode),
		...items(`${path}.sources`, sources, ({secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle}: any, at) => {
			const errors: Errors = [];
			if (secret) errors.push(...chosen(`${at}.secret`, secret));
			if (configMap) errors.push(...chosen(`${at}.configMap`, configMap));
			for (const file of downwardAPI?.items ?? []) errors.push(...downwardFile(`${at}.downwardAPI`, file), ...take(file.path, file.path));
			if (serviceAccountToken) errors.push(...token(path, `${at}.serviceAccountToken`, serviceAccountToken));
			const count = [secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle].filter(Boolean).length;
			return count > 1 ? [...errors, forbidden(at, 'may not specify more than 1 volume type per source')] : errors;
		}),
	];
}

/** Its path is reported at the volume. */
function token(volume: string, at: string, {expirationSeconds, path}: any): Errors {
	const errors: Errors = [];
	if (expirationSeconds < 600)
		errors.push(invalid(`${at}.expirationSeconds`, expirationSeconds, 'may not specify a duration less than 10 minutes'));
	if (expirationSeconds > 2 ** 32)
		errors.push(invalid(`${at}.expirationSeconds`, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'));
	return [...errors, ...(path ? localPath(`${volume}.path`, path) : [required(`${volume}.path`)])];
}
