/** The TARGETS column: present value and target of each metric, the first two. Models formatHPAMetrics in printers.go. */
const shownMax = 2;
const unknown = '<unknown>';

export function targetsText({spec, status}: any): string {
	const metrics: any[] = spec?.metrics ?? [];
	if (metrics.length === 0) return '<none>';
	const current: any[] = status?.currentMetrics ?? [];
	const list = metrics.map((metric, index) => metricText(metric, current[index]));
	const shown = list.slice(0, shownMax).join(', ');
	return list.length > shownMax ? `${shown} + ${list.length - shownMax} more...` : shown;
}

function metricText(metric: any, status: any): string {
	switch (metric.type) {
		case 'Pods':
			return `${status?.pods?.current?.averageValue ?? unknown}/${metric.pods?.target?.averageValue ?? '0'}`;
		case 'Object':
		case 'External': {
			const key = metric.type.toLowerCase();
			const target = metric[key]?.target ?? {};
			if (target.averageValue !== undefined) return `${status?.[key]?.current?.averageValue ?? unknown}/${target.averageValue} (avg)`;
			return `${status?.[key]?.current?.value ?? unknown}/${target.value ?? '0'}`;
		}

		case 'Resource':
			return `${metric.resource?.name ?? ''}: ${resourceText(metric.resource?.target ?? {}, status?.resource?.current)}`;
		case 'ContainerResource':
			return `${metric.containerResource?.name ?? ''}: ${resourceText(metric.containerResource?.target ?? {}, status?.containerResource?.current)}`;
		default:
			return '<unknown type>';
	}
}

function resourceText(target: any, current: any): string {
	if (target.averageValue !== undefined) return `${current?.averageValue ?? unknown}/${target.averageValue}`;
	const now = current?.averageUtilization === undefined || current.averageUtilization === null ? unknown : `${current.averageUtilization}%`;
	return `${now}/${target.averageUtilization === undefined || target.averageUtilization === null ? '<auto>' : `${target.averageUtilization}%`}`;
}
