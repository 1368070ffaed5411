import type {Lines} from './lines.js';
import {putClaim} from './claim.js';
import {quantityText} from './containers.js';
import {parseQuantity, signOf} from '../../api/values/quantity.js';

type Row = readonly [key: string, value: (source: any, persistent: boolean) => unknown];
interface VolumeText {
	readonly about: string;
	readonly rows: readonly Row[];
}

const text =
	(field: string): Row[1] =>
	source =>
		source[field] ?? '';
const flag =
	(field: string): Row[1] =>
	source =>
		source[field] ?? false;
const number =
	(field: string): Row[1] =>
	source =>
		source[field] ?? 0;
const pointer =
	(field: string): Row[1] =>
	source =>
		source[field] ?? '<nil>';

/** What is said of each kind of volume source, of pods and of PersistentVolumes alike. */
export const volumeTexts: Readonly<Record<string, VolumeText>> = {
	hostPath: {
		about: 'HostPath (bare host directory volume)',
		rows: [
			['Path', text('path')],
			['HostPathType', source => source.type ?? '<none>'],
		],
	},
	emptyDir: {
		about: "EmptyDir (a temporary directory that shares a pod's lifetime)",
		rows: [
			['Medium', text('medium')],
			[
				'SizeLimit',
				source =>
					source.sizeLimit !== undefined && signOf(parseQuantity(String(source.sizeLimit))) > 0
						? quantityText(source.sizeLimit)
						: '<unset>',
			],
		],
	},
	gcePersistentDisk: {
		about: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
		rows: [
			['PDName', text('pdName')],
			['FSType', text('fsType')],
			['Partition', number('partition')],
			['ReadOnly', flag('readOnly')],
		],
	},
	awsElasticBlockStore: {
		about: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
		rows: [
			['VolumeID', text('volumeID')],
			['FSType', text('fsType')],
			['Partition', number('partition')],
			['ReadOnly', flag('readOnly')],
		],
	},
	gitRepo: {
		about: 'GitRepo (a volume that is pulled from git when the pod is created)',
		rows: [
			['Repository', text('repository')],
			['Revision', text('revision')],
		],
	},
	secret: {
		about: 'Secret (a volume populated by a Secret)',
		rows: [
			['SecretName', text('secretName')],
			['Optional', flag('optional')],
		],
	},
	configMap: {
		about: 'ConfigMap (a volume populated by a ConfigMap)',
		rows: [
			['Name', text('name')],
			['Optional', flag('optional')],
		],
	},
	nfs: {
		about: 'NFS (an NFS mount that lasts the lifetime of a pod)',
		rows: [
			['Server', text('server')],
			['Path', text('path')],
			['ReadOnly', flag('readOnly')],
		],
	},
	iscsi: {
		about: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
		rows: [
			['TargetPortal', text('targetPortal')],
			['IQN', text('iqn')],
			['Lun', number('lun')],
			['ISCSIInterface', text('iscsiInterface')],
			['FSType', text('fsType')],
			['ReadOnly', flag('readOnly')],
			['Portals', source => `[${(source.portals ?? []).join(' ')}]`],
			['DiscoveryCHAPAuth', flag('chapAuthDiscovery')],
			['SessionCHAPAuth', flag('chapAuthSession')],
			['SecretRef', reference('secretRef')],
			['InitiatorName', source => source.initiatorName ?? '<none>'],
		],
	},
	glusterfs: {
		about: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
		rows: [
			['EndpointsName', text('endpoints')],
			['Path', text('path')],
			['ReadOnly', flag('readOnly')],
		],
	},
	persistentVolumeClaim: {
		about: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
		rows: [
			['ClaimName', text('claimName')],
			['ReadOnly', flag('readOnly')],
		],
	},
	rbd: {
		about: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
		rows: [
			['CephMonitors', source => `[${(source.monitors ?? []).join(' ')}]`],
			['RBDImage', text('image')],
			['FSType', text('fsType')],
			['RBDPool', text('pool')],
			['RadosUser', text('user')],
			['Keyring', text('keyring')],
			['SecretRef', reference('secretRef')],
			['ReadOnly', flag('readOnly')],
		],
	},
	quobyte: {
		about: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
		rows: [
			['Registry', text('registry')],
			['Volume', text('volume')],
			['ReadOnly', flag('readOnly')],
		],
	},
	azureDisk: {
		about: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
		rows: [
			['DiskName', text('diskName')],
			['DiskURI', text('diskURI')],
			['Kind', pointer('kind')],
			['FSType', pointer('fsType')],
			['CachingMode', pointer('cachingMode')],
			['ReadOnly', pointer('readOnly')],
		],
	},
	vsphereVolume: {
		about: 'vSphereVolume (a Persistent Disk resource in vSphere)',
		rows: [
			['VolumePath', text('volumePath')],
			['FSType', text('fsType')],
			['StoragePolicyName', text('storagePolicyName')],
		],
	},
	cinder: {
		about: 'Cinder (a Persistent Disk resource in OpenStack)',
		rows: [
			['VolumeID', text('volumeID')],
			['FSType', text('fsType')],
			['ReadOnly', flag('readOnly')],
			['SecretRef', reference('secretRef')],
		],
	},
	photonPersistentDisk: {
		about: 'PhotonPersistentDisk (a Persistent Disk resource in photon platform)',
		rows: [
			['PdID', text('pdID')],
			['FSType', text('fsType')],
		],
	},
	portworxVolume: {about: 'PortworxVolume (a Portworx Volume resource)', rows: [['VolumeID', text('volumeID')]]},
	scaleIO: {
		about: 'ScaleIO (a persistent volume backed by a block device in ScaleIO)',
		rows: [
			['Gateway', text('gateway')],
			['System', text('system')],
			['Protection Domain', text('protectionDomain')],
			['Storage Pool', text('storagePool')],
			['Storage Mode', text('storageMode')],
			['VolumeName', text('volumeName')],
			['SecretName', ({secretRef}, persistent) => (persistent ? (secretRef?.name ?? '') : undefined)],
			['SecretNamespace', ({secretRef}, persistent) => (persistent ? (secretRef?.namespace ?? '') : undefined)],
			['FSType', text('fsType')],
			['ReadOnly', flag('readOnly')],
		],
	},
	storageos: {
		about: 'StorageOS (a StorageOS Persistent Disk resource)',
		rows: [
			['VolumeName', text('volumeName')],
			['VolumeNamespace', text('volumeNamespace')],
			['FSType', text('fsType')],
			['ReadOnly', flag('readOnly')],
		],
	},
	fc: {
		about: 'FC (a Fibre Channel disk)',
		rows: [
			['TargetWWNs', source => (source.targetWWNs ?? []).join(', ')],
			['LUN', source => source.lun ?? '<none>'],
			['FSType', text('fsType')],
			['ReadOnly', flag('readOnly')],
		],
	},
	azureFile: {
		about: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
		rows: [
			['SecretName', text('secretName')],
			['SecretNamespace', ({secretNamespace = ''}, persistent) => (persistent ? secretNamespace : undefined)],
			['ShareName', text('shareName')],
			['ReadOnly', flag('readOnly')],
		],
	},
	cephfs: {
		about: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
		rows: [
			['Monitors', source => `[${(source.monitors ?? []).join(' ')}]`],
			['Path', text('path')],
			['User', text('user')],
			['SecretFile', text('secretFile')],
			['SecretRef', reference('secretRef')],
			['ReadOnly', flag('readOnly')],
		],
	},
	flexVolume: {
		about: 'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
		rows: [
			['Driver', text('driver')],
			['FSType', text('fsType')],
			['SecretRef', reference('secretRef')],
			['ReadOnly', flag('readOnly')],
			['Options', source => goMap(source.options)],
		],
	},
	flocker: {
		about: 'Flocker (a Flocker volume mounted by the Flocker agent)',
		rows: [
			['DatasetName', text('datasetName')],
			['DatasetUUID', text('datasetUUID')],
		],
	},
	local: {about: 'LocalVolume (a persistent volume backed by local storage on a node)', rows: [['Path', text('path')]]},
	image: {
		about: 'Image (a container image or OCI artifact)',
		rows: [
			['Reference', text('reference')],
			['PullPolicy', text('pullPolicy')],
		],
	},
};

function reference(field: string): Row[1] {
	return (source, persistent) => {
		const named = source[field];
		if (!named) return 'nil';
		const {name = '', namespace = ''} = named;
		return persistent ? `&SecretReference{Name:${name},Namespace:${namespace},}` : `&LocalObjectReference{Name:${name},}`;
	};
}

const goMap = (map: Record<string, string> | undefined) =>
	`map[${Object.keys(map ?? {})
		.sort()
		.map(key => `${key}:${map![key]}`)
		.join(' ')}]`;

/** ISCSIInterface has no colon in the real output. */
const label = (key: string) => (key === 'ISCSIInterface' ? key : `${key}:`);

/** `persistent`: of a PersistentVolume, whose secrets may lie in any namespace. */
export function putVolumeSource(lines: Lines, kind: string, source: any, persistent = false): boolean {
	const known = volumeTexts[kind];
	if (!known) return false;
	lines.put(2, `Type:\t${known.about}\n`);
	for (const [key, value] of known.rows) {
		const told = value(source, persistent);
		if (told !== undefined) lines.put(2, `${label(key)}\t${told}\n`);
	}

	return true;
}

/** The volumes of a pod, or of a pod template (`space` is its indent). */
export function putVolumes(lines: Lines, volumes: readonly any[] | undefined, space: string): void {
	if (!volumes || volumes.length === 0) {
		lines.put(0, `${space}Volumes:\t<none>\n`);
		return;
	}

	lines.put(0, `${space}Volumes:\n`);
	for (const {name, ...sources} of volumes) {
		lines.put(1, `${space === '' ? '' : ' '}${name}:\n`);
		const kind = Object.keys(sources).find(key => sources[key] !== undefined && sources[key] !== null);
		if (kind === 'projected') putProjected(lines, sources.projected);
		else if (kind === 'downwardAPI') putDownward(lines, sources.downwardAPI);
		else if (kind === 'csi') putCsi(lines, sources.csi);
		else if (kind === 'ephemeral') putEphemeral(lines, sources.ephemeral);
		else if (kind === undefined || !putVolumeSource(lines, kind, sources[kind])) lines.put(1, '<unknown>\n');
	}
}

function putEphemeral(lines: Lines, {volumeClaimTemplate}: any): void {
	lines.put(2, 'Type:\tEphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)\n');
	if (volumeClaimTemplate) lines.nested(2, () => putClaim(lines, volumeClaimTemplate));
}

function putProjected(lines: Lines, {sources}: any): void {
	lines.put(2, 'Type:\tProjected (a volume that contains injected data from multiple sources)\n');
	for (const source of sources ?? []) {
		if (source.secret) lines.row(2, 'SecretName', source.secret.name ?? '').row(2, 'Optional', source.secret.optional ?? false);
		else if (source.downwardAPI) lines.row(2, 'DownwardAPI', 'true');
		else if (source.configMap)
			lines.row(2, 'ConfigMapName', source.configMap.name ?? '').row(2, 'Optional', source.configMap.optional ?? false);
		else if (source.serviceAccountToken) lines.row(2, 'TokenExpirationSeconds', source.serviceAccountToken.expirationSeconds ?? 0);
	}
}

function putDownward(lines: Lines, {items}: any): void {
	lines.put(2, 'Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:\n');
	for (const item of items ?? []) {
		if (item.fieldRef) lines.put(3, `${item.fieldRef.fieldPath} -> ${item.path}\n`);
		if (item.resourceFieldRef) lines.put(3, `${item.resourceFieldRef.resource} -> ${item.path}\n`);
	}
}

function putCsi(lines: Lines, source: any): void {
	lines.put(2, 'Type:\tCSI (a Container Storage Interface (CSI) volume source)\n');
	lines
		.row(2, 'Driver', source.driver ?? '')
		.row(2, 'FSType', source.fsType ?? '')
		.row(2, 'ReadOnly', source.readOnly ?? false);
	putCsiAttributes(lines, 'VolumeAttributes', source.volumeAttributes);
}

export function putCsiAttributes(lines: Lines, title: string, attributes: Record<string, string> | undefined): void {
	const keys = Object.keys(attributes ?? {}).sort();
	lines.put(2, `${title}:\t${keys.length === 0 ? '<none>\n' : ''}`);
	const short = (value: string) => (value.length > 140 ? `${value.slice(0, 140)}...` : value);
	keys.forEach((key, at) => {
		lines.put(
			at === 0 ? 0 : 2,
			`${at === 0 ? '    ' : '\t    '}${key}=${short(attributes![key]!)}\n`.replace(/^ {4}/, at === 0 ? '    ' : ''),
		);
	});
}
