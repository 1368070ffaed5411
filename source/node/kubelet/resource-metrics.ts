import type {NodeUsage} from '../host/usage.js';

const help: Readonly<Record<string, readonly [text: string, type: string]>> = {
	container_cpu_usage_seconds_total: ['Cumulative cpu time consumed by the container in core-seconds', 'counter'],
	container_memory_working_set_bytes: ['Current working set of the container in bytes', 'gauge'],
	container_start_time_seconds: ['Start time of the container since unix epoch in seconds', 'gauge'],
	node_cpu_usage_seconds_total: ['Cumulative cpu time consumed by the node in core-seconds', 'counter'],
	node_memory_working_set_bytes: ['Current working set of the node in bytes', 'gauge'],
	pod_cpu_usage_seconds_total: ['Cumulative cpu time consumed by the pod in core-seconds', 'counter'],
	pod_memory_working_set_bytes: ['Current working set of the pod in bytes', 'gauge'],
	resource_scrape_error: ['1 if there was an error while getting container metrics, 0 otherwise', 'gauge'],
};

type Sample = readonly [labels: string, value: string];

/** `/metrics/resource` in the text format of Prometheus. Models pkg/kubelet/metrics/collectors/resource_metrics.go. */
export function resourceMetrics({containers, cpuMicros, memoryBytes}: NodeUsage, nowMs: number): string {
	const seconds = (micros: number) => `${micros / 1e6} ${nowMs}`;
	const pods = [...new Set(containers.map(({namespace, pod}) => `${namespace}/${pod}`))].map(key =>
		containers.filter(({namespace, pod}) => `${namespace}/${pod}` === key),
	);
	const podLabels = ({namespace, pod}: {namespace: string; pod: string}) => `namespace="${namespace}",pod="${pod}"`;
	const labels = (each: (typeof containers)[number]) => `{container="${each.container}",${podLabels(each)}}`;
	const total = (list: typeof containers, key: 'cpuMicros' | 'memoryBytes') => list.reduce((sum, each) => sum + each[key], 0);
	const samples: Readonly<Record<string, readonly Sample[]>> = {
		container_cpu_usage_seconds_total: containers.map(each => [labels(each), seconds(each.cpuMicros)]),
		container_memory_working_set_bytes: containers.map(each => [labels(each), `${each.memoryBytes} ${nowMs}`]),
		container_start_time_seconds: containers.map(each => [labels(each), `${each.startMs / 1000}`]),
		node_cpu_usage_seconds_total: [['', seconds(cpuMicros)]],
		node_memory_working_set_bytes: [['', `${memoryBytes} ${nowMs}`]],
		pod_cpu_usage_seconds_total: pods.map(list => [`{${podLabels(list[0]!)}}`, seconds(total(list, 'cpuMicros'))]),
		pod_memory_working_set_bytes: pods.map(list => [`{${podLabels(list[0]!)}}`, `${total(list, 'memoryBytes')} ${nowMs}`]),
		resource_scrape_error: [['', '0']],
	};
	return Object.entries(samples)
		.map(([name, rows]) => {
			const [text, type] = help[name]!;
			return `# HELP ${name} [STABLE] ${text}\n# TYPE ${name} ${type}\n${rows.map(([label, value]) => `${name}${label} ${value}\n`).join('')}`;
		})
		.join('');
}
