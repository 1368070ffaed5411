import type {Controller} from './controller.js';
import daemonSet from './daemon-set/daemon-set.js';
import deployment from './deployment/deployment.js';
import endpointSlice from './endpoint-slice/endpoint-slice.js';
import mirroring from './endpoint-slice/mirroring.js';
import endpoints from './endpoints/endpoints.js';
import garbageCollector from './garbage-collector/garbage-collector.js';
import namespaces from './namespace/namespace.js';
import replicaSet from './replica-set/replica-set.js';
import replicationController from './replica-set/replication-controller.js';
import scheduler from './scheduler/scheduler.js';
import rootCa from './service-account/root-ca.js';
import serviceAccount from './service-account/service-account.js';
import standInHeartbeat from './stand-in-kubelet/heartbeat.js';
import standInKubelet from './stand-in-kubelet/stand-in-kubelet.js';

/** The loops of kube-controller-manager. */
export const controllerManager: readonly Controller[] = [
	namespaces,
	serviceAccount,
	rootCa,
	garbageCollector,
	deployment,
	replicaSet,
	replicationController,
	daemonSet,
	endpoints,
	endpointSlice,
	mirroring,
];

export const kubeScheduler: readonly Controller[] = [scheduler];

/** Instead of real kubelets: profile `empty`. */
export const standInKubelets: readonly Controller[] = [standInHeartbeat, standInKubelet];
