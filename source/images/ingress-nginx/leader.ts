import type {KubeObject} from '../../api/object.js';
import {rfc3339Micro} from '../../api/values/time.js';
import {isOn, secondsOf} from './arguments.js';
import type {Log} from './log.js';
import {type ControllerContext, note, resources} from './memory.js';

/** How often a candidate looks at the Lease: client-go's RetryPeriod, a quarter of the TTL. */
const periodOf = (ttlSeconds: number): number => ttlSeconds * 250;

/** Leader election by a Lease (client-go tools/leaderelection): one of the replicas writes the status of Ingresses. True when it is this one. */
export function elect(context: ControllerContext, log: Log): boolean {
	const {client, memory, machine} = context;
	const {given, pod} = memory;
	const ttl = secondsOf(given['election-ttl']);
	context.wake(periodOf(ttl), 'elect', {periodic: true});
	if (isOn(given, 'disable-leader-election')) return becomeLeader(context, log, pod.name);
	const name = given['election-id'];
	const now = machine.sim.clock.now();
	const lease = client!.find<KubeObject>(resources.leases, pod.namespace, name);
	const spec = lease?.['spec'] ?? {};
	const renewTime = rfc3339Micro(now);
	const mine = {holderIdentity: pod.name, leaseDurationSeconds: ttl, renewTime};
	if (!lease) {
		const metadata = {name, namespace: pod.namespace};
		const fresh = {
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata,
			spec: {...mine, acquireTime: renewTime, leaseTransitions: 0},
		};
		client!.create<KubeObject>(fresh);
		return becomeLeader(context, log, pod.name);
	}

	const held = spec.holderIdentity && Date.parse(spec.renewTime) + (spec.leaseDurationSeconds ?? ttl) * 1000 > now;
	if (held && spec.holderIdentity !== pod.name) return becomeLeader(context, log, spec.holderIdentity);
	const taken = spec.holderIdentity === pod.name ? {} : {acquireTime: renewTime, leaseTransitions: (spec.leaseTransitions ?? 0) + 1};
	client!.update<KubeObject>({...lease, spec: {...spec, ...mine, ...taken}});
	return becomeLeader(context, log, pod.name);
}

/** Notes who leads, and says so when that is news. */
function becomeLeader(context: ControllerContext, log: Log, leader: string): boolean {
	const {memory} = context;
	const own = leader === memory.pod.name;
	if (memory.leader !== leader) {
		note(context, {leader});
		const {given, pod} = memory;
		if (own && !isOn(given, 'disable-leader-election'))
			log.plain('I', 'leaderelection.go:260', `successfully acquired lease ${pod.namespace}/${given['election-id']}`);
		log.info('status.go:85', 'New leader elected', {identity: leader});
	}

	return own;
}

export const isLeader = ({memory}: ControllerContext): boolean => memory.leader === memory.pod.name;
