import type {Kind} from '../api/kind.js';
import configMap from './config-map/config-map.js';
import daemonSet from './daemon-set/daemon-set.js';
import deployment from './deployment/deployment.js';
import endpointSlice from './endpoint-slice/endpoint-slice.js';
import endpoints from './endpoints/endpoints.js';
import event from './event/event.js';
import lease from './lease/lease.js';
import namespace from './namespace/namespace.js';
import node from './node/node.js';
import pod from './pod/pod.js';
import replicaSet from './replica-set/replica-set.js';
import secret from './secret/secret.js';
import service from './service/service.js';
import serviceAccount from './service-account/service-account.js';

/** Every built-in kind, in the order of `kubectl api-resources`. */
const kinds: readonly Kind[] = [
	configMap,
	endpoints,
	event,
	namespace,
	node,
	pod,
	secret,
	serviceAccount,
	service,
	daemonSet,
	deployment,
	replicaSet,
	lease,
	endpointSlice,
];

export default kinds;
