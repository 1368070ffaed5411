import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {isFinished} from '../pods/state.js';
import {claimNames} from '../scheduler/volumes.js';
import {podsByClaim} from './claims.js';
import {protect} from './protection.js';

/** Models pkg/controller/volume/pvcprotection. */
const claimProtection: Controller = {
	name: 'pvc-protection-controller',
	indexes: [podsByClaim],
	watches: [
		{resource: 'persistentvolumeclaims', keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])},
		{
			resource: 'pods',
			keys: ({type, object}) =>
				type === 'DELETED' || isFinished(object) ? claimNames(object).map(name => `${object.metadata.namespace}/${name}`) : [],
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const claim = context.client.find<KubeObject>('persistentvolumeclaims', namespace, name);
		if (!claim) return undefined;
		const users = () => context.client.indexed<KubeObject>('pods', 'claim', key).some(pod => !isFinished(pod) && pod['spec'].nodeName);
		protect(context, 'persistentvolumeclaims', claim, 'kubernetes.io/pvc-protection', users);
		return undefined;
	},
};
export default claimProtection;
