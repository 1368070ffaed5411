import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';

export function describeRoleBinding(binding: KubeObject, _context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, binding, false);
	lines
		.put(0, 'Role:\n')
		.row(1, 'Kind', binding['roleRef']?.kind ?? '')
		.row(1, 'Name', binding['roleRef']?.name ?? '');
	lines.put(0, 'Subjects:\n').put(1, 'Kind\tName\tNamespace\n').put(1, '----\t----\t---------\n');
	for (const {kind, name, namespace = ''} of binding['subjects'] ?? []) lines.put(1, `${kind}\t${name}\t${namespace}\n`);
	return lines.aligned();
}
