import type {WatchEvent} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {ApiError} from '../../api/status.js';
import {equal} from '../../api/values/plain.js';
import {attachmentsOf} from '../../node/net/cni.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {addEndpoints, type LocalEndpoint} from './endpoints.js';
import {addFixedSets, fixedFilterChains} from './fixed-chains.js';
import {type Model, type Workload, workloadsOf} from './model.js';
import {nodeTool} from './node-tool.js';
import {addPolicy, policyOf} from './policy.js';
import {mendBgpRoutes, mendPodRoutes} from './routes.js';
import {ensureFirst, type WrittenChains, writeModel, writeNat} from './write.js';

const refreshMs = 90_000;
/** After somebody else may have put rules in front (kube-proxy's first full sync). */
const postWriteCheckMs = 1000;
const retryMs = 10_000;
const scanMs = 2000;
const dummyDevice = 'kube-ipvs0';

interface CalicoMemory {
	readonly nodeName: string;
	readonly podCidr: string;
}

type CalicoContext = ProgramContext<CalicoMemory>;

/** calico-node on one node: Felix's part. NetworkPolicies become filter chains and sets at the pods' links. */
export const calicoNode: Program = {
	name: 'calico-node',
	watches: ['pods', 'namespaces', 'networkpolicies.networking.k8s.io'],
	start(context) {
		if (nodeTool(context)) return;
		const {env, machine} = context;
		context.memory = {nodeName: env['NODENAME'] ?? machine.hostname, podCidr: env['CALICO_IPV4POOL_CIDR'] ?? '192.168.0.0/16'};
		writtenBy(context).clear();
		context.log('Early log level set to info', 'stdout');
		context.log(`Calico node started successfully`, 'stdout');
		sync(context);
		writeNat(machine.stack);
		ensureFirst(machine.stack);
		context.wake(postWriteCheckMs, 'check');
		context.wake(refreshMs, 'refresh', {periodic: true});
		context.wake(scanMs, 'scan', {periodic: true});
	},
	wake(context, key) {
		if (key === 'sync') sync(context);
		else if (key === 'scan') scan(context);
		else refresh(context, key);
	},
	hears: matters,
	changed(context, event) {
		if (context.memory && concerns(context, event) && alters(context, event)) context.wake(0, 'sync');
	},
	linked(context) {
		if (context.memory) context.wake(0, 'sync');
	},
};

/** Most writes to a pod (conditions, events) say nothing to a policy, nor does a pod without a node. */
function matters({object, old}: WatchEvent): boolean {
	if (object.kind !== 'Pod') return true;
	if (!object['spec']?.nodeName) return false;
	if (!old) return true;
	const [now, before] = [object['status'], old['status']];
	if (now?.podIP !== before?.podIP || now?.phase !== before?.phase || object['spec'].nodeName !== old['spec']?.nodeName) return true;
	return !equal(object.metadata.labels, old.metadata.labels);
}

/** A pod of another node is nothing to this one, unless a policy may name it. */
function concerns({memory, machine}: CalicoContext, {object, old}: WatchEvent): boolean {
	if (object.kind !== 'Pod') return true;
	if ([object, old].some(pod => pod?.['spec']?.nodeName === memory.nodeName)) return true;
	return machine.world.api.reader.list('networkpolicies.networking.k8s.io').length > 0;
}

/** What a policy sees of a pod is known when it is plugged in: that the kubelet then says so to the API is no news. */
function alters({machine}: CalicoContext, {type, object, old}: WatchEvent): boolean {
	if (object.kind !== 'Pod' || type !== 'MODIFIED' || !old) return true;
	const attached = attachmentsOf(machine.sim, machine.host);
	const seen = (pod: KubeObject) => workloadsOf([pod], [], uid => attached.get(uid)?.address)[0];
	return !equal(seen(old), seen(object));
}

const writtenBy = ({machine}: CalicoContext): WrittenChains => machine.sim.state.table<string>(`calico/${machine.host}/chains`);

/** The API may refuse (no such role any more, for one): then all stays as it is until it does not. */
function sync(context: CalicoContext): void {
	try {
		enforce(context);
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		context.log(`Failed to list resources, will retry error=${error.message}`, 'stdout');
		context.wake(retryMs, 'sync', {periodic: true});
	}
}

function enforce(context: CalicoContext): void {
	const {machine} = context;
	const reader = context.client ?? machine.world.api.reader;
	// The network plugin tells of a pod before the kubelet has told its address to the API.
	const attached = attachmentsOf(machine.sim, machine.host);
	const workloads = workloadsOf(reader.list('pods'), reader.list('namespaces'), uid => attached.get(uid)?.address);
	const policies = reader.list<KubeObject>('networkpolicies.networking.k8s.io').map(policyOf);
	const model: Model = {chains: new Map(fixedFilterChains), sets: new Map()};
	const {links} = machine.stack;
	const hostAddresses = links
		.list()
		.filter(link => link.name !== dummyDevice)
		.flatMap(link => link.addresses.map(({address}) => address))
		.filter(address => !address.includes(':'));
	addFixedSets(model, context.memory.podCidr, hostAddresses);
	for (const policy of policies) addPolicy(model, policy, workloads);
	addEndpoints(model, localEndpoints(context, workloads), policies);
	writeModel(machine.stack, model, writtenBy(context));
}

function localEndpoints({machine, memory}: CalicoContext, workloads: readonly Workload[]): LocalEndpoint[] {
	return workloads.flatMap(workload => {
		const link = workload.node === memory.nodeName ? machine.stack.routes.lookup(workload.ip)?.dev : undefined;
		return link?.startsWith('cali') ? [{workload, link}] : [];
	});
}

/** BIRD's part: the other nodes tell it their routes, whether the API answers or not. */
function scan(context: CalicoContext): void {
	const {machine, memory} = context;
	mendBgpRoutes(machine, machine.world.api.reader.list('nodes'), memory.nodeName);
	context.wake(scanMs, 'scan', {periodic: true});
}

/** What others did to the tables is mended: everything is written anew, and the jumps go to the front. */
function refresh(context: CalicoContext, key: string): void {
	const {stack} = context.machine;
	if (key === 'refresh') {
		writtenBy(context).clear();
		sync(context);
		writeNat(stack);
		mendPodRoutes(context.machine);
		context.wake(refreshMs, 'refresh', {periodic: true});
	}

	ensureFirst(stack);
}
