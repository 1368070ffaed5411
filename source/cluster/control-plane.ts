import type {Admission, WebhookAnswer, WebhookCall} from '../api/admission.js';
import {createApiServer} from '../api/api-server.js';
import type {ApiServer} from '../api/server.js';
import type {CallProxied} from '../api/verbs/proxy.js';
import admission from '../admission/index.js';
import {authorizerFor} from '../admission/authorization-mode.js';
import type {Controller} from '../controllers/controller.js';
import {startControllers} from '../controllers/run.js';
import kinds from '../kinds/index.js';
import {componentStatuses} from './component-statuses.js';
import type {Sim} from '../sim/sim.js';
import type {AggregatedAnswer, AggregatedCall} from '../api/aggregated-call.js';

export interface ControlPlane {
	readonly api: ApiServer;
	/** Every key again: what a restart of kube-controller-manager does. */
	resync(): void;
}

export interface ControlPlaneParts {
	readonly sim: Sim;
	/** kube-apiserver's command line as it runs now, without the dashes. */
	readonly flags: Readonly<Record<string, string>>;
	readonly controllers: readonly Controller[];
	readonly scheduler: readonly Controller[];
	/** Whether the API server listens; loops stall while it does not. */
	readonly apiUp: () => boolean;
	readonly controllersUp: () => boolean;
	readonly schedulerUp: () => boolean;
	/** Carries calls to admission webhooks. */
	readonly callWebhook: (call: WebhookCall) => WebhookAnswer;
	/** Carries requests to the servers behind APIServices. */
	readonly callAggregated: (call: AggregatedCall) => AggregatedAnswer;
	/** Carries requests to what Services and Pods serve. */
	readonly callProxied: CallProxied;
}

/** The API server with its loops around it. */
export function createControlPlane(parts: ControlPlaneParts): ControlPlane {
	const {sim, flags, apiUp, callWebhook, callAggregated, callProxied} = parts;
	const api = createApiServer(sim, {
		kinds: kinds.map(kind => (kind.kind === 'ComponentStatus' ? {...kind, live: () => componentStatuses(parts)} : kind)),
		admission: admission as readonly Admission[],
		flags,
		authorizer: authorizerFor(flags),
		callWebhook,
		callAggregated,
		callProxied,
	});
	const loops = startControllers({
		api,
		sim,
		controllers: parts.controllers,
		available: () => apiUp() && parts.controllersUp(),
	});
	startControllers({
		api,
		sim,
		controllers: parts.scheduler,
		available: () => apiUp() && parts.schedulerUp(),
		user: {name: 'system:kube-scheduler', groups: ['system:authenticated']},
		manager: 'kube-scheduler',
	});
	return {api, resync: () => loops.resync()};
}
