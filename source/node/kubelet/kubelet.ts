import {createRecorder} from '../../api/event-recorder.js';
import type {KubeObject} from '../../api/object.js';
import type {ApiServer} from '../../api/server.js';
import type {Sim} from '../../sim/sim.js';
import {createCni} from '../net/cni.js';
import type {Host} from '../host/host.js';
import type {ClusterSpec} from '../host/host-spec.js';
import type {Namespaces} from '../container/namespaces.js';
import type {Registries} from '../registry/registries.js';
import {notSimulatedStatus} from '../../shell/command.js';
import type {Container, LogLine} from '../runtime.js';
import type {World} from '../world.js';
import {relist} from './container/container-work.js';
import {type KubeletContext, podEvent} from './context.js';
import {kubeletActor} from './daemon.js';
import {hookEnds} from './container/hooks.js';
import {journal} from './journal.js';
import {heartbeat, register, renewLease} from './node-status.js';
import {defineCgroups} from './cgroup.js';
import {defineEtc} from './pod-etc.js';
import {writeStatus} from './pod-status.js';
import {oversized} from './volume/local-storage.js';
import {defineVolumes, refreshVolumes} from './volume/pod-volumes.js';
import {probe, resumeProbes} from './probe/probe-worker.js';
import {type PodRecord, specContainers} from './record.js';
import {takeResources} from './resize.js';
import {awaitApi} from './await-api.js';
import {deleteMirror, ensureMirror, manifestDelayMs, syncManifests} from './static-pods.js';
import {outOfTimeFailure, sayOutOfTime} from './out-of-time.js';
import {beginStop, forget} from './stop-pod.js';
import {syncPod} from './worker.js';

export interface Kubelet {
	/** The first start of the node: once a world. */
	boot(): void;
	/** The power came back: what ran is gone, static pods and bound pods start anew. */
	restart(): void;
	/** `kubeadm reset`: all that it ran is taken away, and it knows of nothing. */
	removePods(): void;
	/** The container of a pod by the uid that the API knows (a mirror pod has another one than the static pod behind it). */
	container(podUid: string, name: string): Container | undefined;
	/** Ids of present containers by name, of a pod by the uid that the API knows. */
	record(podUid: string): PodRecord | undefined;
}

/** From power to systemd having started the kubelet. */
const bootMs = 9000;

export interface KubeletParts {
	readonly sim: Sim;
	readonly api: ApiServer;
	readonly world: World;
	readonly host: Host;
	readonly namespaces: Namespaces;
	readonly registries: Registries;
	readonly cluster: ClusterSpec;
}

export function createKubelet(parts: KubeletParts): Kubelet {
	const context = createContext(parts);
	const {sim, host, node, actor, records} = context;
	const {units} = host.machine;
	const active = () => units.get('kubelet')?.activeState === 'active' && parts.world.isUp(node);
	defineVolumes(context);
	defineCgroups(context);
	defineEtc(context);

	const sync = (uid: string) => sim.clock.schedule(0, actor, `pod ${uid}`);
	const accept = (pod: KubeObject) => {
		const uid = pod.metadata.uid!;
		const record = records.get(uid);
		if (record) context.put(takeResources(context, record, pod));
		else if (pod['status']?.phase === 'Succeeded' || pod['status']?.phase === 'Failed') return;
		else context.put({uid, pod, seenMs: sim.clock.now(), containers: {}, handled: [], sandboxes: 0});
		sync(uid);
	};

	const handlers: Readonly<Record<string, (rest: string, key: string) => void>> = {
		start: () => start(context, accept),
		register: () => register(context),
		heartbeat: () => heartbeat(context),
		lease: () => renewLease(context),
		manifests: () => manifests(),
		pod: uid => step(uid),
		work: uid => step(uid),
		retry: uid => step(uid),
		seen: uid => step(uid),
		report: () => report(context),
		resync(uid) {
			const record = context.get(uid);
			if (!record) return;
			if (context.reachable()) refreshVolumes(context, record);
			const over = oversized(context, record);
			if (over) evict(context, uid, over);
			else step(uid);
		},
		probe: (_, key) => probe(context, key),
		deadline: uid => outOfTime(context, uid),
		peers: () => setPeers(context),
	};

	const step = (uid: string) => {
		const before = context.get(uid);
		if (before?.source) ensureMirror(context, before);
		syncPod(context, uid);
		// A static pod that has gone makes room for its successor.
		if (before?.source && !context.get(uid)) manifests();
	};

	const manifests = () =>
		syncManifests(
			context,
			record => {
				context.put(record);
				sync(record.uid);
			},
			record => {
				if (context.reachable()) deleteMirror(context, record);
				context.put(beginStop(context, record, record.pod['spec'].terminationGracePeriodSeconds ?? 30, true));
				sync(record.uid);
			},
		);

	sim.clock.on(actor, key => {
		if (!active()) return;
		const blank = key.indexOf(' ');
		handlers[blank === -1 ? key : key.slice(0, blank)]!(blank === -1 ? '' : key.slice(blank + 1), key);
	});
	host.onFileChange(path => {
		if (path.startsWith('/etc/kubernetes/manifests')) sim.clock.reschedule(manifestDelayMs, actor, 'manifests');
	});
	watchPods(context, accept, sync, active);
	watchContainers(context);
	return {
		boot: () => host.runner.launch(units.get('kubelet')?.mainPid ?? 0),
		restart() {
			forgetAll(context);
			sim.clock.schedule(bootMs, actor, 'start');
		},
		removePods() {
			forgetAll(context);
			for (const record of [...records.values()]) forget(context, record);
		},
		container(podUid, name) {
			const record = findRecord(context, podUid);
			const id = record?.containers[name]?.id;
			return id ? context.containerd.container(id) : undefined;
		},
		record: podUid => findRecord(context, podUid),
	};
}

const connectionMs = 2000;

function createContext({sim, api, world, host, namespaces, registries, cluster}: KubeletParts): KubeletContext {
	const node = host.spec.name;
	const client = api.client({name: `system:node:${node}`, groups: ['system:nodes', 'system:authenticated']}, {fieldManager: 'kubelet'});
	const records = sim.state.table<PodRecord>(`kubelet/${node}/pods`);
	const [address = '', port = '6443'] = cluster.apiServer.split(':');
	const asked = sim.state.cell<{readonly at: number; readonly yes: boolean}>(`kubelet/${node}/api`, {at: -1, yes: false});
	return {
		sim,
		node,
		host,
		world,
		cluster,
		containerd: host.containerd,
		registries,
		cni: createCni(sim, host.spec, namespaces),
		api,
		client,
		random: sim.random.fork(`kubelet/${node}`),
		records,
		actor: kubeletActor(node),
		event: createRecorder({client, sim, component: 'kubelet', host: node}),
		reachable() {
			const at = sim.clock.now();
			const before = asked.get();
			// A connection that stands is believed in for a moment; one that failed is tried again.
			if (before.at === at || (before.yes && before.at >= 0 && at - before.at < connectionMs)) return before.yes;
			const yes = world.apiReachable(host.machine, address, Number(port)).kind === 'connected';
			asked.set({at, yes});
			return yes;
		},
		get: uid => records.get(uid),
		put(record) {
			records.set(record.uid, record);
			return record;
		},
	};
}

/** The process has just begun: it reads its manifests, asks the API for its pods, and introduces itself. */
function start(context: KubeletContext, accept: (pod: KubeObject) => void): void {
	const {sim, actor, api, node, records} = context;
	journal(context, 'I', 'server.go:491', `"Kubelet version" kubeletVersion="${context.cluster.version}"`);
	journal(context, 'I', 'kubelet.go:446', '"Attempting to sync node with API server"');
	journal(context, 'I', 'kubelet.go:347', '"Adding static pod path" path="/etc/kubernetes/manifests"');
	journal(context, 'I', 'server.go:180', '"Starting to listen" address="0.0.0.0" port=10250');
	sim.clock.schedule(0, actor, 'manifests');
	sim.clock.schedule(0, actor, 'register');
	sim.clock.schedule(0, actor, 'peers');
	for (const pod of api.reader.indexed<KubeObject>('pods', 'spec.nodeName', node)) if (!isMirror(pod)) accept(pod);
	for (const record of records.values()) {
		sim.clock.schedule(0, actor, `pod ${record.uid}`);
		resumeProbes(context, record);
	}
}

const isMirror = (pod: KubeObject): boolean => pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined;

function findRecord({records, api}: KubeletContext, podUid: string): PodRecord | undefined {
	const direct = records.get(podUid);
	if (direct) return direct;
	for (const record of records.values()) {
		const {namespace, name} = record.pod.metadata;
		if (record.source && api.reader.find<KubeObject>('pods', namespace, name)?.metadata.uid === podUid) return record;
	}

	return undefined;
}

function watchPods(context: KubeletContext, accept: (pod: KubeObject) => void, sync: (uid: string) => void, active: () => boolean): void {
	const {api, node, records, sim, actor} = context;
	api.addIndex<KubeObject>('pods', 'spec.nodeName', pod => (pod['spec']?.nodeName ? [pod['spec'].nodeName] : []));
	api.watch<KubeObject>('nodes', ({type, object, old}) => {
		if (type !== 'MODIFIED' || old?.['spec'].podCIDR !== object['spec'].podCIDR) sim.clock.schedule(0, actor, 'peers');
	});
	api.watch<KubeObject>('pods', ({type, object, old}) => {
		if (object['spec'].nodeName !== node || !active()) return;
		if (isMirror(object)) {
			const uid = object.metadata.annotations!['kubernetes.io/config.mirror']!;
			if (type === 'DELETED' && records.has(uid)) sync(uid);
			return;
		}

		if (type !== 'DELETED') {
			if (!old || isNews(old, object)) accept(object);
			return;
		}

		const record = records.get(object.metadata.uid!);
		if (!record) return;
		// Deleted by force: what runs is stopped, and nobody waits for it.
		context.put({...beginStop(context, record, object.metadata.deletionGracePeriodSeconds ?? 1, true)});
		sync(record.uid);
	});
}

/** Its own status writes come back as well; only the rest is news. */
const isNews = (old: KubeObject, now: KubeObject): boolean =>
	!old['spec'].nodeName ||
	old['spec'] !== now['spec'] ||
	old.metadata.deletionTimestamp !== now.metadata.deletionTimestamp ||
	old.metadata.deletionGracePeriodSeconds !== now.metadata.deletionGracePeriodSeconds ||
	old.metadata.labels !== now.metadata.labels;

function watchContainers(context: KubeletContext): void {
	const {containerd, sim, actor} = context;
	containerd.onExit(row => {
		const record = context.get(row.podUid);
		if (!record) return;
		relist(context, record.uid);
		const refusal = refusalOf(containerd.logs(row.id), row.exitCode);
		const container = specContainers(record.pod).find(({spec: {name}}) => name === row.name);
		if (refusal) podEvent(context, record, 'Warning', 'NotSimulated', refusal, container);
		// The end of the first restart is seen twice: as an exit, and as the removal of the run before it.
		if (row.attempt === 1) sim.clock.schedule(2000, actor, `seen ${record.uid}`);
		if (record.work?.kind === 'kill') sim.clock.schedule(0, actor, `work ${record.uid}`);
	});
	containerd.onProcessEnd((process, exitCode) => {
		const memory = process.memory as {hook?: boolean; stdout?: string; stderr?: string} | undefined;
		const row = memory?.hook ? containerd.row(process.container) : undefined;
		if (!row) return;
		hookEnds(context).set(String(process.pid), {exitCode, stdout: memory?.stdout ?? '', stderr: memory?.stderr ?? ''});
		sim.clock.schedule(0, actor, `work ${row.podUid}`);
	});
}

/** Why a container whose program is not simulated has ended: `describe pod` shows it beside the real events. */
const refusalOf = (lines: readonly LogLine[], exitCode: number | undefined): string | undefined =>
	exitCode === notSimulatedStatus ? lines.findLast(({text}) => text.startsWith('kubelab: not simulated'))?.text : undefined;

function setPeers({api, cni, node}: KubeletContext): void {
	const nodes = api.reader.list<KubeObject>('nodes').filter(each => each.metadata.name !== node && each['spec'].podCIDR);
	cni.setPeers(
		nodes
			.map(each => ({
				podCidr: each['spec'].podCIDR,
				address: each['status']?.addresses?.find((one: any) => one.type === 'InternalIP')?.address ?? '',
			}))
			.filter(peer => peer.address),
	);
}

/** The API server was away: as soon as it is back it is told all at once. */
function report(context: KubeletContext): void {
	if (!context.reachable()) {
		awaitApi(context);
		return;
	}

	context.sim.state.cell<number>(`kubelet/${context.node}/waits`, 0).set(0);
	for (const record of [...context.records.values()]) {
		ensureMirror(context, record);
		writeStatus(context, record);
		if (record.over && record.stopping?.deleted) context.sim.clock.schedule(0, context.actor, `pod ${record.uid}`);
	}
}

function outOfTime(context: KubeletContext, uid: string): void {
	const record = context.get(uid);
	if (!record || record.failed || record.over) return;
	const graceSeconds = record.pod['spec'].terminationGracePeriodSeconds ?? 30;
	const failed = {...record, failed: outOfTimeFailure};
	for (let turn = 0; turn < 2; turn++) sayOutOfTime(context, failed);
	fail(context, failed, graceSeconds);
}

/** The eviction manager's local storage check: `message` says which limit was passed. */
function evict(context: KubeletContext, uid: string, message: string): void {
	const record = context.get(uid);
	if (!record || record.failed || record.stopping) return;
	podEvent(context, record, 'Warning', 'Evicted', message);
	fail(context, {...record, failed: {reason: 'Evicted', message}}, 1);
}

function fail(context: KubeletContext, record: PodRecord, graceSeconds: number): void {
	const after = context.put(beginStop(context, record, graceSeconds, false));
	writeStatus(context, after);
	context.sim.clock.schedule(0, context.actor, `pod ${record.uid}`);
}

/** Without power all processes ended; their containers are dead, their sandboxes gone. */
function forgetAll(context: KubeletContext): void {
	for (const record of [...context.records.values()]) {
		for (const {spec} of specContainers(record.pod)) {
			const id = record.containers[spec.name]?.id;
			if (id && context.containerd.row(id)?.state === 'running') context.containerd.kill(id, 'Error');
		}

		if (record.sandbox) context.containerd.removeSandbox(record.sandbox);
		if (!record.pod['spec'].hostNetwork) context.cni.remove(record.uid);
		if (record.source) forget(context, record);
		else context.put({...record, sandbox: undefined, address: undefined, work: undefined, volumesReady: false});
	}
}
