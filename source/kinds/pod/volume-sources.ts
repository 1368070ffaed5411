import {each, type Errors, forbidden, invalid, items, notSupported, oneOf, required, tooLong} from '../errors.js';
import {descendingPath, isNegative, label1123, noBacksteps, subdomain1123} from '../rules.js';
import {isSubdomain1123} from '../../api/selector/label-syntax.js';
import {validateClaimTemplate} from '../persistent-volume-claim/validate-spec.js';
import {downwardApi, fileMode, keyToPath} from './validate-projected.js';

/** Where the files of a volume come from, in the order of validateVolumeSource. Pods and persistent volumes share most of them. */
export interface VolumeSource {
	readonly name: string;
	/** What the server calls it in errors, where that is not its name. */
	readonly at?: string;
	/** The same in the error about a second source. */
	readonly twice?: string;
	readonly check: (path: string, value: any) => Errors;
}

const needs = (path: string, value: any, ...fields: string[]): Errors =>
	fields.filter(field => !value[field]?.length).map(field => required(`${path}.${field}`));
const within = (field: string, value: number | undefined, min: number, max: number): Errors =>
	value !== undefined && (value < min || value > max) ? [invalid(field, value, `must be between ${min} and ${max}, inclusive`)] : [];
const secretName = (path: string, {secretRef}: any): Errors => (secretRef && !secretRef.name ? [required(`${path}.secretRef.name`)] : []);

const hostPathTypes = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];

function hostPath(path: string, {path: target, type}: any): Errors {
	if (!target) return [required(`${path}.path`)];
	const unknown = type !== undefined && type !== null && !hostPathTypes.includes(type);
	return [...noBacksteps(`${path}.path`, target), ...(unknown ? [notSupported(`${path}.type`, type, hostPathTypes)] : [])];
}

function nfs(path: string, value: any): Errors {
	const errors = needs(path, value, 'server', 'path');
	if (!value.path?.startsWith('/')) errors.push(invalid(`${path}.path`, value.path ?? '', 'must be an absolute path'));
	return errors;
}

const qualifiedNames: ReadonlyArray<readonly [prefix: string, whole: RegExp]> = [
	['iqn', /iqn\.\d{4}-\d{2}\.([A-Za-z0-9.-]+)(:[^,;*&$|\s]+)$/],
	['eui', /^eui.[A-Za-z0-9]{16}$/],
	['naa', /^naa.[A-Za-z0-9]{32}$/],
];

function iscsiName(field: string, name: string, unknown: string): Errors {
	const form = qualifiedNames.find(([prefix]) => name.startsWith(prefix));
	if (!form) return [invalid(field, name, unknown)];
	return form[1].test(name) ? [] : [invalid(field, name, 'must be valid format')];
}

export const iscsi =
	(unknown: string) =>
	(path: string, value: any): Errors => {
		const errors = needs(path, value, 'targetPortal');
		errors.push(...(value.iqn ? iscsiName(`${path}.iqn`, value.iqn, unknown) : [required(`${path}.iqn`)]));
		errors.push(...within(`${path}.lun`, value.lun, 0, 255));
		if ((value.chapAuthDiscovery || value.chapAuthSession) && !value.secretRef) errors.push(required(`${path}.secretRef`));
		if (value.initiatorName !== undefined) errors.push(...iscsiName(`${path}.initiatorname`, value.initiatorName, unknown));
		return errors;
	};

function fibreChannel(path: string, {targetWWNs = [], wwids = [], lun}: any): Errors {
	const errors: Errors = [];
	if (targetWWNs.length === 0 && wwids.length === 0)
		errors.push(required(`${path}.targetWWNs`, 'must specify either targetWWNs or wwids, but not both'));
	if (targetWWNs.length > 0 && wwids.length > 0)
		errors.push(invalid(`${path}.targetWWNs`, targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'));
	if (targetWWNs.length === 0) return errors;
	return [
		...errors,
		...(lun === undefined ? [required(`${path}.lun`, 'lun is required if targetWWNs is specified')] : within(`${path}.lun`, lun, 0, 255)),
	];
}

function flocker(path: string, {datasetName = '', datasetUUID = ''}: any): Errors {
	const errors: Errors = [];
	if (!datasetName && !datasetUUID) errors.push(required(path, 'one of datasetName and datasetUUID is required'));
	if (datasetName && datasetUUID) errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
	if (datasetName.includes('/')) errors.push(invalid(`${path}.datasetName`, datasetName, "must not contain '/'"));
	return errors;
}

/** The name of a CSI driver is that of a domain, in any case. */
export function driverName(field: string, name = ''): Errors {
	const errors: Errors = name ? [] : [required(field)];
	if (name.length > 63) errors.push(tooLong(field, 63));
	return [...errors, ...each(field, name, isSubdomain1123(name.toLowerCase()))];
}

function csi(path: string, {driver, nodePublishSecretRef}: any): Errors {
	const errors = driverName(`${path}.driver`, driver);
	if (!nodePublishSecretRef) return errors;
	if (!nodePublishSecretRef.name) return [...errors, required(`${path}.nodePublishSecretRef.name`)];
	return [...errors, ...subdomain1123(`${path}.name`, nodePublishSecretRef.name)];
}

/** A Secret or ConfigMap as files. */
const keys =
	(name: string) =>
	(path: string, value: any): Errors => [
		...needs(path, value, name),
		...fileMode(`${path}.defaultMode`, value.defaultMode),
		...items(`${path}.items`, value.items, keyToPath),
	];

function azureDisk(path: string, value: any): Errors {
	const errors = needs(path, value, 'diskName', 'diskURI');
	const allowed = {cachingMode: ['None', 'ReadOnly', 'ReadWrite'], kind: ['Dedicated', 'Managed', 'Shared']};
	for (const [field, known] of Object.entries(allowed))
		if (value[field] !== undefined && !known.includes(value[field])) errors.push(notSupported(`${path}.${field}`, value[field], known));
	const [prefix, example] =
		value.kind === 'Managed'
			? ['/subscriptions/', '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}']
			: ['https://', 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'];
	if (value.kind !== undefined && !value.diskURI?.startsWith(prefix))
		errors.push(notSupported(`${path}.diskURI`, value.diskURI, [example]));
	return errors;
}

function flexVolume(path: string, value: any): Errors {
	const reserved = Object.keys(value.options ?? {}).filter(key => /\.(kubernetes|k8s)\.io$/.test(`.${key.split('/')[0]!.toLowerCase()}`));
	return [
		...needs(path, value, 'driver'),
		...reserved.map(key => invalid(`${path}.options[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved')),
	];
}

function storageOs(path: string, value: any): Errors {
	const {volumeName, volumeNamespace} = value;
	return [
		...(volumeName ? label1123(`${path}.volumeName`, volumeName) : [required(`${path}.volumeName`)]),
		...(volumeNamespace ? label1123(`${path}.volumeNamespace`, volumeNamespace) : []),
		...secretName(path, value),
	];
}

function quobyte(path: string, {registry = '', tenant = '', volume}: any): Errors {
	const pair = 'must be a host:port pair or multiple pairs separated by commas';
	const errors: Errors = [];
	if (!registry) errors.push(required(`${path}.registry`, pair));
	else if (tenant.length >= 65) errors.push(required(`${path}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'));
	else
		for (const each of registry.split(','))
			if (!/^(\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(each)) errors.push(invalid(`${path}.registry`, registry, pair));
	return volume ? errors : [...errors, required(`${path}.volume`)];
}

const disk =
	(id: string) =>
	// The text says 1 where 0 is fine, too (pdPartitionErrorMsg).
	(path: string, value: any): Errors => [
		...needs(path, value, id),
		...within(`${path}.partition`, value.partition, 0, 255).map(error => ({
			...error,
			detail: error.detail.replace('between 0', 'between 1'),
		})),
	];

export const volumeSources: readonly VolumeSource[] = [
	{
		name: 'emptyDir',
		check: (path, {sizeLimit}) =>
			sizeLimit !== undefined && isNegative(sizeLimit)
				? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
				: [],
	},
	{name: 'hostPath', check: hostPath},
	{
		name: 'gitRepo',
		check: (path, value) => [...needs(path, value, 'repository'), ...descendingPath(`${path}.directory`, value.directory ?? '')],
	},
	{name: 'gcePersistentDisk', at: 'persistentDisk', twice: 'gcePersistentDisk', check: disk('pdName')},
	{name: 'awsElasticBlockStore', check: disk('volumeID')},
	{name: 'secret', check: keys('secretName')},
	{name: 'nfs', check: nfs},
	{name: 'iscsi', check: iscsi('must be valid format starting with iqn, eui, or naa')},
	{name: 'glusterfs', check: (path, value) => needs(path, value, 'endpoints', 'path')},
	{name: 'flocker', check: flocker},
	{name: 'persistentVolumeClaim', check: (path, value) => needs(path, value, 'claimName')},
	{name: 'rbd', check: (path, value) => needs(path, value, 'monitors', 'image')},
	{name: 'cinder', check: (path, value) => [...needs(path, value, 'volumeID'), ...secretName(path, value)]},
	{name: 'cephfs', twice: 'cephFS', check: (path, value) => needs(path, value, 'monitors')},
	{name: 'quobyte', check: quobyte},
	{name: 'downwardAPI', twice: 'downwarAPI', check: downwardApi},
	{name: 'fc', check: fibreChannel},
	{name: 'flexVolume', check: flexVolume},
	{name: 'configMap', check: keys('name')},
	{name: 'azureFile', check: (path, value) => needs(path, value, 'secretName', 'shareName')},
	{name: 'vsphereVolume', check: (path, value) => needs(path, value, 'volumePath')},
	{name: 'photonPersistentDisk', check: (path, value) => needs(path, value, 'pdID')},
	{name: 'portworxVolume', check: (path, value) => needs(path, value, 'volumeID')},
	{name: 'azureDisk', check: azureDisk},
	{name: 'storageos', check: storageOs},
	{name: 'scaleIO', check: (path, value) => needs(path, value, 'gateway', 'system', 'volumeName')},
	{name: 'csi', check: csi},
	{
		name: 'ephemeral',
		check: (path, {volumeClaimTemplate: template}) =>
			template ? validateClaimTemplate(`${path}.volumeClaimTemplate`, template) : [required(`${path}.volumeClaimTemplate`)],
	},
	{
		name: 'image',
		check: (path, value) => [
			...needs(path, value, 'reference'),
			...oneOf(`${path}.pullPolicy`, value.pullPolicy, ['Always', 'IfNotPresent', 'Never']),
		],
	},
];
