import {keyOf, type KubeObject} from '../../api/object.js';
import type {Controller} from '../controller.js';
import {protect} from './protection.js';

/** Models pkg/controller/volume/pvprotection. */
const volumeProtection: Controller = {
	name: 'pv-protection-controller',
	watches: [{resource: 'persistentvolumes', keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])}],
	reconcile(name, context) {
		const volume = context.client.find<KubeObject>('persistentvolumes', undefined, name);
		if (volume) protect(context, 'persistentvolumes', volume, 'kubernetes.io/pv-protection', () => volume['status']?.phase === 'Bound');
		return undefined;
	},
};
export default volumeProtection;
