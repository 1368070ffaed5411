import autoregister from './aggregator/autoregister.js';
import availability from './aggregator/availability.js';
import horizontalPodAutoscaler from './autoscaling/horizontal-pod-autoscaler.js';
import signing from './certificates/signing.js';
import type {Controller} from './controller.js';
import cronJob from './cron-job/cron-job.js';
import daemonSet from './daemon-set/daemon-set.js';
import deployment from './deployment/deployment.js';
import disruption from './disruption/disruption.js';
import endpointSlice from './endpoint-slice/endpoint-slice.js';
import mirroring from './endpoint-slice/mirroring.js';
import endpoints from './endpoints/endpoints.js';
import garbageCollector from './garbage-collector/garbage-collector.js';
import job from './job/job.js';
import ttlAfterFinished from './job/ttl-after-finished.js';
import namespaces from './namespace/namespace.js';
import nodeLifecycle from './nodes/node-lifecycle.js';
import podGc from './nodes/pod-gc.js';
import taintEviction from './nodes/taint-eviction.js';
import resourceQuota from './quota/resource-quota.js';
import clusterRoleAggregation from './rbac/cluster-role-aggregation.js';
import replicaSet from './replica-set/replica-set.js';
import replicationController from './replica-set/replication-controller.js';
import scheduler from './scheduler/scheduler.js';
import rootCa from './service-account/root-ca.js';
import serviceAccount from './service-account/service-account.js';
import token from './service-account/token.js';
import standInHeartbeat from './stand-in-kubelet/heartbeat.js';
import standInKubelet from './stand-in-kubelet/stand-in-kubelet.js';
import statefulSet from './stateful-set/stateful-set.js';
import binder from './volumes/binder.js';
import claimProtection from './volumes/claim-protection.js';
import volumeProtection from './volumes/volume-protection.js';

/** The loops of kube-controller-manager, without the one that watches over kubelets. */
const objectControllers: readonly Controller[] = [
	namespaces,
	serviceAccount,
	token,
	rootCa,
	garbageCollector,
	resourceQuota,
	deployment,
	replicaSet,
	replicationController,
	statefulSet,
	daemonSet,
	job,
	cronJob,
	ttlAfterFinished,
	endpoints,
	endpointSlice,
	mirroring,
	horizontalPodAutoscaler,
	disruption,
	binder,
	claimProtection,
	volumeProtection,
	clusterRoleAggregation,
	signing,
	taintEviction,
	podGc,
	availability,
	autoregister,
];

/** All of kube-controller-manager. */
export const controllerManager: readonly Controller[] = [...objectControllers, nodeLifecycle];

export const kubeScheduler: readonly Controller[] = [scheduler];

/** Profile `empty`: nobody watches over nodes that have no kubelet. */
export const controllersWithoutNodes: readonly Controller[] = objectControllers;

/** Instead of real kubelets: profile `empty`. */
export const standInKubelets: readonly Controller[] = [standInHeartbeat, standInKubelet];
