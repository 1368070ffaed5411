import {matchesSelector, replicasController} from './replicas.js';

export default replicasController({
	name: 'replicaset-controller',
	resource: 'replicasets.apps',
	kind: 'ReplicaSet',
	matches: matchesSelector,
});
