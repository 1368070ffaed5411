import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';

const bytes = (cluster: ReturnType<typeof createCluster>) => JSON.stringify(snapshotToJson(cluster.snapshot()));

for (const profile of ['base', 'empty']) {
	test(`a saved ${profile} world goes on with the same bytes as the one it was saved from`, t => {
		const booted = createCluster({profile});
		const taken = createCluster({profile, from: snapshotFromJson(JSON.parse(bytes(booted)))});
		t.is(bytes(taken), bytes(booted));
		for (const cluster of [booted, taken]) {
			cluster.api.client({name: 'kubernetes-admin', groups: ['system:masters']}).create({
				apiVersion: 'apps/v1',
				kind: 'Deployment',
				metadata: {name: 'web', namespace: 'default'},
				spec: {
					replicas: 3,
					selector: {matchLabels: {app: 'web'}},
					template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'web', image: 'nginx'}]}},
				},
			});
			cluster.settle();
			cluster.advance(60_000);
		}
		t.is(bytes(taken), bytes(booted));
	});
}
