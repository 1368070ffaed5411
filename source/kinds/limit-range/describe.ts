import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {quantityText} from '../describe/containers.js';
import {Lines} from '../describe/lines.js';

export function describeLimitRange(range: KubeObject, _context: DescribeContext): string {
	const lines = new Lines();
	lines.row(0, 'Name', range.metadata.name).row(0, 'Namespace', range.metadata.namespace ?? '');
	lines.put(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n');
	lines.put(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n');
	putLimitRows(lines, range, '');
	return lines.aligned();
}

/** A row for each type and resource that any of the limits names. */
export function putLimitRows(lines: Lines, range: KubeObject, indent: string): void {
	for (const limit of range['spec']?.limits ?? []) {
		const maps = [limit.min, limit.max, limit.defaultRequest, limit.default, limit.maxLimitRequestRatio];
		const names = [...new Set(maps.flatMap(map => Object.keys(map ?? {})))].sort();
		for (const name of names)
			lines.put(
				0,
				`${indent}${limit.type}\t${name}\t${maps.map(map => (map?.[name] === undefined ? '-' : quantityText(map[name]))).join('\t')}\n`,
			);
	}
}
