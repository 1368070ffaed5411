import type {KubeObject} from '../../api/object.js';
import {claimNames} from '../scheduler/volumes.js';

export const boundByController = 'pv.kubernetes.io/bound-by-controller';
export const bindCompleted = 'pv.kubernetes.io/bind-completed';

/** Claims without a volume, by the name of their class. */
export const claimsByClass = {
	resource: 'persistentvolumeclaims',
	index: 'unbound',
	keys: (claim: KubeObject): readonly string[] => (claim['spec'].volumeName ? [] : [claim['spec'].storageClassName ?? '']),
};

/** Pods by the claims they name. */
export const podsByClaim = {
	resource: 'pods',
	index: 'claim',
	keys: (pod: KubeObject): readonly string[] => claimNames(pod).map(name => `${pod.metadata.namespace}/${name}`),
};
