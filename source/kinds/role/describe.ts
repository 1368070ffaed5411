import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {putHeader} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {compactRules, resourceOf} from '../describe/policy-rules.js';

export function describeRole(role: KubeObject, _context: DescribeContext): string {
	const lines = new Lines();
	putHeader(lines, role, false);
	lines
		.put(0, 'PolicyRule:\n')
		.put(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n')
		.put(1, '---------\t-----------------\t--------------\t-----\n');
	for (const rule of compactRules(role['rules'] ?? [])) {
		lines.put(
			1,
			`${resourceOf(rule)}\t[${(rule.nonResourceURLs ?? []).join(' ')}]\t[${(rule.resourceNames ?? []).join(' ')}]\t[${(rule.verbs ?? []).join(' ')}]\n`,
		);
	}

	return lines.aligned();
}
