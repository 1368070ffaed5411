import {type Errors, required} from '../errors.js';
import {label1123, noBacksteps, subdomain1123} from '../rules.js';
import {driverName, iscsi, type VolumeSource, volumeSources} from '../pod/volume-sources.js';

/** Where a persistent volume may come from: as in a pod, but for these. In the order of ValidatePersistentVolumeSpec. */
const order = [
	'hostPath',
	'gcePersistentDisk',
	'awsElasticBlockStore',
	'glusterfs',
	'flocker',
	'nfs',
	'rbd',
	'quobyte',
	'cephfs',
	'iscsi',
	'cinder',
	'fc',
	'flexVolume',
	'azureFile',
	'vsphereVolume',
	'photonPersistentDisk',
	'portworxVolume',
	'azureDisk',
	'scaleIO',
	'local',
	'storageos',
	'csi',
];

function secret(path: string, {name, namespace}: any): Errors {
	return [
		...(name ? subdomain1123(`${path}.name`, name) : [required(`${path}.name`)]),
		...(namespace ? label1123(`${path}.namespace`, namespace) : [required(`${path}.namespace`)]),
	];
}

const secrets = ['controllerPublishSecretRef', 'controllerExpandSecretRef', 'nodePublishSecretRef', 'nodeExpandSecretRef'];
const inNamespace = (path: string, {secretRef}: any): Errors =>
	secretRef && !secretRef.namespace ? [required(`${path}.secretRef.namespace`)] : [];
const asInPods = (name: string) => volumeSources.find(source => source.name === name)!;

const own: readonly VolumeSource[] = [
	{
		name: 'local',
		check: (path, value) => (value.path ? noBacksteps(`${path}.path`, value.path) : [required(`${path}.path`)]),
	},
	{
		name: 'csi',
		check: (path, value) => [
			...driverName(`${path}.driver`, value.driver),
			...(value.volumeHandle ? [] : [required(`${path}.volumeHandle`)]),
			...secrets.flatMap(name => (value[name] ? secret(`${path}.${name}`, value[name]) : [])),
		],
	},
	{
		name: 'iscsi',
		check: (path, value) => [
			...iscsi('must be valid format')(path, value),
			...(value.secretRef && !value.secretRef.name ? [required(`${path}.secretRef.name`)] : []),
		],
	},
	...['cinder', 'storageos'].map(name => ({
		name,
		check: (path: string, value: any) => [...asInPods(name).check(path, value), ...inNamespace(path, value)],
	})),
	{
		name: 'azureFile',
		check: (path, value) => [
			...asInPods('azureFile').check(path, value),
			...(value.secretNamespace === '' ? [required(`${path}.secretNamespace`)] : []),
		],
	},
];

export const persistentSources: readonly VolumeSource[] = order.flatMap(name =>
	[own.find(source => source.name === name) ?? volumeSources.find(source => source.name === name)].filter(source => source !== undefined),
);
