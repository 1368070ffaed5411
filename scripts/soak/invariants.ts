import type {KubeObject} from '../../source/api/object.js';
import type {Cluster} from '../../source/cluster/cluster.js';
import {ownerOfChain} from '../../source/trace/explain/chain-owners.js';
import {createOwners} from '../../source/trace/explain/owners.js';

/** Flows that a node may remember; the world's learners open a few a minute. */
const flowsMax = 5000;

/** What must hold in a world at rest, whatever was typed; each sentence tells what does not. */
export const broken = (cluster: Cluster): string[] => [...endpointsDiffer(cluster), ...leakedChains(cluster), ...tooManyFlows(cluster)];

function endpointsDiffer({api: {reader}}: Cluster): string[] {
	return reader.list<KubeObject>('services').flatMap(service => {
		const {namespace, name} = service.metadata;
		const selector = service['spec'].selector as Record<string, string> | undefined;
		if (!selector) return [];
		const wanted = reader
			.list<KubeObject>('pods', {namespace: namespace!})
			.filter(
				pod => !pod.metadata.deletionTimestamp && Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value),
			)
			.filter(pod => pod['status'].conditions?.some((each: any) => each.type === 'Ready' && each.status === 'True'))
			.map(pod => pod['status'].podIP as string);
		const found = reader
			.list<KubeObject>('endpointslices.discovery.k8s.io', {namespace: namespace!, labelSelector: `kubernetes.io/service-name=${name}`})
			.flatMap(slice => (slice['endpoints'] ?? []).filter((each: any) => each.conditions?.ready !== false))
			.map((each: any) => each.addresses[0] as string);
		const [a, b] = [[...new Set(wanted)].sort().join(), [...new Set(found)].sort().join()];
		return a === b ? [] : [`endpoints of ${namespace}/${name} are ${b || 'none'}, its ready pods ${a || 'none'}`];
	});
}

function leakedChains(cluster: Cluster): string[] {
	const owners = createOwners(cluster);
	return cluster.hosts().flatMap(({name, stack}) => {
		const chains = stack.iptables.table('nat')?.chains.map(chain => chain.name) ?? [];
		return chains
			.filter(chain => /^KUBE-(SVC|SVL|EXT|FW|SEP)-/.test(chain) && ownerOfChain(chain, owners) === undefined)
			.map(chain => `${name} has ${chain}, which belongs to no Service`);
	});
}

const tooManyFlows = (cluster: Cluster): string[] =>
	cluster.hosts().flatMap(({name}) => {
		const flows = cluster.sim.state.table(`net/${name}/conntrack`).size;
		return flows > flowsMax ? [`${name} remembers ${flows} flows`] : [];
	});
