import {type KubeObject, splitKey} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {podsByNode} from '../pods/indexes.js';
import {claimsByClass} from './claims.js';
import {syncClaim} from './sync-claim.js';
import {syncVolume} from './sync-volume.js';

/** Joins claims and volumes, provisions and reclaims. Keys: `claim NAMESPACE/NAME` and `volume NAME`. Models pkg/controller/volume/persistentvolume. */
const binder: Controller = {
	name: 'persistentvolume-binder',
	component: 'persistentvolume-controller',
	indexes: [podsByNode, claimsByClass],
	resyncMs: 15_000,
	watches: [
		{
			resource: 'persistentvolumeclaims',
			keys({object}) {
				const {namespace, name} = object.metadata;
				const volume = object['spec'].volumeName;
				return [`claim ${namespace}/${name}`, ...(volume ? [`volume ${volume}`] : [])];
			},
		},
		{
			resource: 'persistentvolumes',
			keys({object}, {client}) {
				const reference = object['spec'].claimRef;
				const waiting = reference
					? [`claim ${reference.namespace}/${reference.name}`]
					: client.indexed<KubeObject>('persistentvolumeclaims', 'unbound', object['spec'].storageClassName ?? '').map(claimKey);
				return [`volume ${object.metadata.name}`, ...waiting];
			},
		},
		{
			resource: 'storageclasses.storage.k8s.io',
			keys: ({object}, {client}) => client.indexed<KubeObject>('persistentvolumeclaims', 'unbound', object.metadata.name).map(claimKey),
		},
	],
	reconcile(key, context) {
		const [what = '', place = ''] = key.split(' ');
		const {namespace, name} = splitKey(place);
		if (what === 'volume') {
			const volume = context.client.find<KubeObject>('persistentvolumes', undefined, name);
			if (volume) syncVolume(context, volume);
		} else {
			const claim = context.client.find<KubeObject>('persistentvolumeclaims', namespace, name);
			if (claim) syncClaim(context, claim);
		}

		return undefined;
	},
};
export default binder;

const claimKey = ({metadata}: KubeObject): string => `claim ${metadata.namespace}/${metadata.name}`;
