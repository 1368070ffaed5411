import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import type {ContainerRecord, EngineEvent} from './model.js';
import type {Containerd} from '../container/cri.js';

interface HealthParts {
	readonly sim: Sim;
	readonly containerd: Containerd;
	readonly records: Table<ContainerRecord>;
	readonly actor: string;
	event(type: EngineEvent['type'], action: string, id: string, attributes?: Readonly<Record<string, string>>): void;
}

const defaults = {intervalMs: 30_000, timeoutMs: 30_000, retries: 3};

/** One probe of HEALTHCHECK; so many failures in a row make a container unhealthy. Models moby daemon/health.go. */
export function checkHealth({sim, containerd, records, actor, event}: HealthParts, id: string): void {
	const record = records.get(id);
	const check = record?.config.healthcheck;
	if (!record || !check || containerd.row(id)?.state !== 'running') return;
	const {intervalMs = defaults.intervalMs, timeoutMs = defaults.timeoutMs, retries = defaults.retries, startPeriodMs = 0} = check;
	const argv = check.test[0] === 'CMD-SHELL' ? ['/bin/sh', '-c', check.test[1] ?? ''] : check.test.slice(1);
	const {exitCode} = containerd.execNow(id, argv, {timeoutMs});
	const starting = record.health?.status === 'starting' && sim.clock.now() - (containerd.row(id)?.startedMs ?? 0) < startPeriodMs;
	const failing = exitCode === 0 ? 0 : (record.health?.failing ?? 0) + (starting ? 0 : 1);
	const status = exitCode === 0 ? 'healthy' : failing >= retries ? 'unhealthy' : (record.health?.status ?? 'starting');
	if (status !== record.health?.status) event('container', `health_status: ${status}`, id, {name: record.name});
	records.set(id, {...record, health: {status, failing}});
	sim.clock.reschedule(intervalMs, actor, `health ${id}`, {periodic: true});
}
