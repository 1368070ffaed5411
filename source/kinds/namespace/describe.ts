import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {putLimitRows} from '../limit-range/describe.js';
import {putQuotaRows} from '../resource-quota/describe.js';
import {longTime} from '../describe/times.js';

export function describeNamespace(namespace: KubeObject, {reader}: DescribeContext): string {
	const lines = new Lines();
	const {name} = namespace.metadata;
	putHeader(lines, namespace, false);
	lines.row(0, 'Status', namespace['status']?.phase ?? '');
	const conditions: any[] = namespace['status']?.conditions ?? [];
	if (conditions.length > 0)
		lines
			.put(0, 'Conditions:\n')
			.put(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage\n')
			.put(1, '----\t------\t------------------\t------\t-------\n');
	for (const one of conditions)
		lines.put(1, `${one.type}\t${one.status}\t${longTime(one.lastTransitionTime)}\t${one.reason ?? ''}\t${one.message ?? ''}\n`);
	putQuotas(lines, reader.list('resourcequotas', {namespace: name}));
	putRanges(lines, reader.list('limitranges', {namespace: name}));
	return lines.aligned();
}

function putQuotas(lines: Lines, quotas: readonly KubeObject[]): void {
	lines.put(0, '\n');
	if (quotas.length === 0) {
		lines.put(0, 'No resource quota.\n');
		return;
	}

	lines.put(0, 'Resource Quotas\n');
	for (const quota of quotas) {
		lines.put(1, `Name:\t${quota.metadata.name}\n`);
		putQuotaRows(lines, quota, 1);
	}
}

function putRanges(lines: Lines, ranges: readonly KubeObject[]): void {
	lines.put(0, '\n');
	if (ranges.length === 0) {
		lines.put(0, 'No LimitRange resource.\n');
		return;
	}

	lines.put(0, 'Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n');
	lines.put(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
	for (const range of ranges) putLimitRows(lines, range, ' ');
}
