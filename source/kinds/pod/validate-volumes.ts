import {duplicate, each, type Errors, forbidden, invalid, items, notSupported, required} from '../errors.js';
import {configKey, descendingPath, isNegative, label1123} from '../rules.js';
import {fieldRef} from './validate-container.js';

/** Models ValidateVolumes and validateVolumeSource in pkg/apis/core/validation. */
const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
const downwardFields = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

/** The volumes that are well-formed, by name, and what is wrong with the others. */
export function validateVolumes(field: string, volumes: readonly any[] | undefined): {named: Map<string, any>; errors: Errors} {
	const named = new Map<string, any>();
	const errors = items(field, volumes, (volume, path) => {
		const found = source(path, volume);
		found.push(...(volume.name ? label1123(`${path}.name`, volume.name) : [required(`${path}.name`)]));
		if (named.has(volume.name)) found.push(duplicate(`${path}.name`, volume.name));
		if (found.length === 0) named.set(volume.name, volume);
		return found;
	});
	return {named, errors};
}

function source(path: string, volume: any): Errors {
	const errors: Errors = [];
	const kinds = Object.keys(volume).filter(key => key !== 'name');
	if (kinds.length === 0) return [required(path, 'must specify a volume type')];
	for (const [index, kind] of kinds.entries()) {
		if (index > 0) errors.push(forbidden(`${path}.${kind}`, 'may not specify more than 1 volume type'));
		else errors.push(...(checks[kind]?.(`${path}.${kind}`, volume[kind], volume) ?? []));
	}

	return errors;
}

const needs = (path: string, value: any, ...fields: string[]): Errors =>
	fields.filter(field => !value[field]).map(field => required(`${path}.${field}`));

const checks: Readonly<Record<string, (path: string, value: any, volume: any) => Errors>> = {
	emptyDir: (path, {sizeLimit}) =>
		sizeLimit !== undefined && isNegative(sizeLimit)
			? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
			: [],
	hostPath,
	secret: (path, value) => [
		...needs(path, value, 'secretName'),
		...mode(`${path}.defaultMode`, value.defaultMode),
		...items(`${path}.items`, value.items, keyToPath),
	],
	configMap: (path, value) => [
		...needs(path, value, 'name'),
		...mode(`${path}.defaultMode`, value.defaultMode),
		...items(`${path}.items`, value.items, keyToPath),
	],
	nfs: nfsSource,
	persistentVolumeClaim: (path, value) => needs(path, value, 'claimName'),
	downwardAPI: (path, value) => [...mode(`${path}.defaultMode`, value.defaultMode), ...items(`${path}.items`, value.items, downwardItem)],
	projected,
	iscsi: (path, value) => needs(path, value, 'targetPortal', 'iqn'),
	csi: (path, value) => needs(path, value, 'driver'),
	gitRepo: (path, value) => [
		...needs(path, value, 'repository'),
		...(value.directory ? descendingPath(`${path}.directory`, value.directory) : []),
	],
	ephemeral: (path, value) => (value.volumeClaimTemplate ? [] : [required(`${path}.volumeClaimTemplate`)]),
	image: (path, value) => needs(path, value, 'reference'),
};

export function hostPath(path: string, {path: target, type = ''}: any): Errors {
	if (!target) return [required(`${path}.path`)];
	const errors: Errors = target.split('/').includes('..') ? [invalid(`${path}.path`, target, "must not contain '..'")] : [];
	if (!hostPathTypes.includes(type)) errors.push(notSupported(`${path}.type`, type, hostPathTypes));
	return errors;
}

export function nfsSource(path: string, value: any): Errors {
	const errors = needs(path, value, 'server', 'path');
	if (value.path !== undefined && !value.path.startsWith('/')) errors.push(invalid(`${path}.path`, value.path, 'must be an absolute path'));
	return errors;
}

const modeText = 'must be a number between 0 and 0777 (octal), both inclusive';
const mode = (field: string, value: number | undefined): Errors =>
	value !== undefined && (value < 0 || value > 0o777) ? [invalid(field, value, modeText)] : [];

function keyToPath(item: any, path: string): Errors {
	const errors: Errors = item.key ? each(`${path}.key`, item.key, configKey(item.key)) : [required(`${path}.key`)];
	errors.push(...(item.path ? localPath(`${path}.path`, item.path) : [required(`${path}.path`)]));
	return [...errors, ...mode(`${path}.mode`, item.mode)];
}

/** validateLocalNonReservedPath: `..data` and the like belong to the kubelet. */
function localPath(field: string, path: string): Errors {
	const errors = descendingPath(field, path);
	if (path.startsWith('..') && !path.startsWith('../')) errors.push(invalid(field, path, "must not start with '..'"));
	return errors;
}

function downwardItem(item: any, path: string): Errors {
	const errors: Errors = item.path ? localPath(`${path}.path`, item.path) : [required(`${path}.path`)];
	if (item.fieldRef) {
		errors.push(...fieldRef(`${path}.fieldRef`, item.fieldRef, downwardFields));
		if (item.resourceFieldRef) errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
	} else if (!item.resourceFieldRef) errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
	return [...errors, ...mode(`${path}.mode`, item.mode)];
}

function projected(path: string, value: any): Errors {
	return [
		...mode(`${path}.defaultMode`, value.defaultMode),
		...items(`${path}.sources`, value.sources, (entry: any, at) => {
			const kinds = Object.keys(entry);
			const errors: Errors = kinds.slice(1).map(kind => forbidden(`${at}.${kind}`, 'may not specify more than 1 volume type'));
			const {secret, configMap, downwardAPI, serviceAccountToken} = entry;
			if (secret) errors.push(...needs(`${at}.secret`, secret, 'name'), ...items(`${at}.secret.items`, secret.items, keyToPath));
			if (configMap)
				errors.push(...needs(`${at}.configMap`, configMap, 'name'), ...items(`${at}.configMap.items`, configMap.items, keyToPath));
			if (downwardAPI) errors.push(...items(`${at}.downwardAPI.items`, downwardAPI.items, downwardItem));
			if (serviceAccountToken) errors.push(...token(`${at}.serviceAccountToken`, serviceAccountToken));
			return errors;
		}),
	];
}

function token(path: string, {expirationSeconds, path: target}: any): Errors {
	const errors: Errors = [];
	if (expirationSeconds < 600)
		errors.push(invalid(`${path}.expirationSeconds`, expirationSeconds, 'may not specify a duration less than 10 minutes'));
	if (expirationSeconds > 2 ** 32)
		errors.push(invalid(`${path}.expirationSeconds`, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'));
	return [...errors, ...(target ? localPath(`${path}.path`, target) : [required(`${path}.path`)])];
}
