import {matchesLabelSet, replicasController} from './replicas.js';

export default replicasController({
	name: 'replication-controller',
	resource: 'replicationcontrollers',
	kind: 'ReplicationController',
	matches: matchesLabelSet,
});
