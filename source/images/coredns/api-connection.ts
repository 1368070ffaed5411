import type {CorednsContext} from './memory.js';

/** Whether the pod's way to the API server (`KUBERNETES_SERVICE_HOST`) is open right now. */
export function isApiReachable(context: CorednsContext): boolean {
	const {env, machine} = context;
	const host = env['KUBERNETES_SERVICE_HOST'];
	if (!host) return context.client !== undefined;
	return machine.world.apiReachable(machine, host, Number(env['KUBERNETES_SERVICE_PORT'] ?? 443)).kind === 'connected';
}
