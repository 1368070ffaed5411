import type {ControllerContext} from './memory.js';
import {labelNames} from './nginx/metrics.js';

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

const prefix = 'nginx_ingress_controller';

const labelled = (labels: Readonly<Record<string, string>>): string =>
	Object.keys(labels)
		.sort()
		.map(name => `${name}=${JSON.stringify(labels[name])}`)
		.join(',');

/** strconv.FormatFloat(v, 'g', -1, 64) */
const goFloat = (value: number): string => (Math.abs(value) < 1e6 ? String(value) : value.toExponential().replace(/e\+(\d)$/, 'e+0$1'));

const family = (name: string, type: string, help: string, samples: readonly Sample[]): string =>
	samples.length === 0
		? ''
		: `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples
				.map(([labels, value]) => `${name}{${labelled(labels)}} ${goFloat(value)}\n`)
				.sort()
				.join('')}`;

/** What --enable-metrics offers to Prometheus. */
export function metricsText({memory}: ControllerContext): string {
	const {nginx, pod, given, reloads} = memory;
	const own = {controller_class: given['controller-class'], controller_namespace: pod.namespace, controller_pod: pod.name};
	const {accepted = 0, requests = 0, counts = {}} = nginx ?? {};
	const counted = Object.entries(counts).map(([key, count]) => {
		const values: readonly string[] = JSON.parse(key);
		return [{...own, ...Object.fromEntries(labelNames.map((name, i) => [name, values[i] ?? '']))}, count] as const;
	});
	const hash = nginx?.configuration.checksum;
	return [
		family(`${prefix}_build_info`, 'gauge', 'A metric with a constant 1 labeled with information about the build.', [
			[
				{
					...own,
					build: '46e76e5916813cfca2a9b0bfdc34b69a0000f6b9',
					release: 'v1.11.2',
					repository: 'https://github.com/kubernetes/ingress-nginx',
				},
				1,
			],
		]),
		family(`${prefix}_config_hash`, 'gauge', 'Running configuration hash actually running', hash ? [[own, Number(hash)]] : []),
		family(`${prefix}_config_last_reload_successful`, 'gauge', 'Whether the last configuration reload attempt was successful', [[own, 1]]),
		family(`${prefix}_success`, 'counter', 'Cumulative number of Ingress controller reload operations', [[own, reloads]]),
		family(`${prefix}_nginx_process_connections_total`, 'counter', 'total number of connections with state {accepted, handled}', [
			[{...own, state: 'accepted'}, accepted],
			[{...own, state: 'handled'}, accepted],
		]),
		family(`${prefix}_nginx_process_requests_total`, 'counter', 'total number of client requests', [[own, requests]]),
		family(
			`${prefix}_requests`,
			'counter',
			'The total number of client requests',
			counted.map(([labels, count]) => [labels, count.requests]),
		),
	].join('');
}
