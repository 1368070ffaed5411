import type {KubeObject} from '../../api/object.js';
import {isAlreadyExists} from '../../api/status.js';
import type {ControllerContext} from '../controller.js';
import {selectedNode} from '../scheduler/volumes.js';
import {boundByController} from './claims.js';

/** Programs that make volumes when they run in the cluster, and what their volumes are. */
interface Provisioner {
	/** Found in the image name of a running pod. */
	readonly image: string;
	volume(claim: KubeObject, name: string, node: string | undefined): Record<string, unknown>;
}

const onNode = (node: string | undefined) =>
	node && {
		nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [node]}]}]}},
	};

const provisioners: Readonly<Record<string, Provisioner>> = {
	'rancher.io/local-path': {
		image: 'local-path-provisioner',
		volume: ({metadata}, name, node) => ({
			hostPath: {path: `/opt/local-path-provisioner/${name}_${metadata.namespace}_${metadata.name}`, type: 'DirectoryOrCreate'},
			...onNode(node),
		}),
	},
};

/** Makes a volume for the claim if the class's provisioner is one we know and runs. */
export function provision({client, event}: ControllerContext, claim: KubeObject, storageClass: KubeObject): boolean {
	const provisioner = Object.hasOwn(provisioners, storageClass['provisioner']) ? provisioners[storageClass['provisioner']] : undefined;
	if (!provisioner || !runs(client.list<KubeObject>('pods'), provisioner.image)) return false;
	const {namespace, uid, resourceVersion} = claim.metadata;
	const name = `pvc-${uid}`;
	const claimRef = {apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claim.metadata.name, uid, resourceVersion};
	try {
		client.create({
			apiVersion: 'v1',
			kind: 'PersistentVolume',
			metadata: {name, annotations: {'pv.kubernetes.io/provisioned-by': storageClass['provisioner'], [boundByController]: 'yes'}},
			spec: {
				capacity: {storage: claim['spec'].resources?.requests?.storage},
				accessModes: claim['spec'].accessModes,
				persistentVolumeReclaimPolicy: storageClass['reclaimPolicy'] ?? 'Delete',
				storageClassName: storageClass.metadata.name,
				volumeMode: claim['spec'].volumeMode ?? 'Filesystem',
				claimRef,
				...provisioner.volume(claim, name, claim.metadata.annotations?.[selectedNode]),
			},
		});
	} catch (error) {
		if (!isAlreadyExists(error)) throw error;
	}

	event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
	return true;
}

const runs = (pods: readonly KubeObject[], image: string): boolean =>
	pods.some(
		pod =>
			pod['status']?.phase === 'Running' && pod['spec'].containers.some((container: {image: string}) => container.image.includes(image)),
	);

export function waitForProvisioner({client, event}: ControllerContext, claim: KubeObject, storageClass: KubeObject): void {
	const {provisioner} = storageClass as unknown as {provisioner: string};
	const {namespace, name, annotations = {}} = claim.metadata;
	const marks = {'volume.beta.kubernetes.io/storage-provisioner': provisioner, 'volume.kubernetes.io/storage-provisioner': provisioner};
	if (annotations['volume.kubernetes.io/storage-provisioner'] !== provisioner) {
		client.patch('persistentvolumeclaims', namespace, name, 'merge', {metadata: {annotations: marks}});
	}

	const text = `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`;
	event(claim, 'Normal', 'ExternalProvisioning', text);
}
