import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {intValueOf, parseQuantity, printQuantity} from '../../api/values/quantity.js';
import {quantityText} from '../describe/containers.js';
import {Lines} from '../describe/lines.js';

export function describeResourceQuota(quota: KubeObject, _context: DescribeContext): string {
	const lines = new Lines();
	lines.row(0, 'Name', quota.metadata.name).row(0, 'Namespace', quota.metadata.namespace ?? '');
	putScopes(lines, quota, 0);
	putTable(lines, quota, 0, 'Resource\tUsed\tHard\n', '--------\t----\t----\n');
	return lines.aligned();
}

const scopeTexts: Readonly<Record<string, string>> = {
	Terminating:
		'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
	NotTerminating:
		'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
	BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
	NotBestEffort:
		'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

function putScopes(lines: Lines, quota: KubeObject, level: number): void {
	const scopes: string[] = [...(quota['spec']?.scopes ?? [])].sort();
	if (scopes.length === 0) return;
	lines.row(level, 'Scopes', scopes.join(', '));
	for (const scope of scopes) if (scopeTexts[scope]) lines.put(level, ` * ${scopeTexts[scope]}\n`);
}

function putTable(lines: Lines, quota: KubeObject, level: number, header: string, rule: string): void {
	const {hard = {}, used = {}} = quota['status'] ?? {};
	lines.put(level, header).put(level, rule);
	for (const name of Object.keys(hard).sort())
		lines.put(level, `${name}\t${usedText(used[name], hard[name])}\t${quantityText(hard[name])}\n`);
}

/** In the notation of what is allowed, which makes it a whole number. */
function usedText(used: unknown, hard: unknown): string {
	if (used === undefined) return '0';
	const [quantity, {format}] = [parseQuantity(String(used)), parseQuantity(String(hard))];
	return quantity.format === format ? quantityText(used) : printQuantity({digits: intValueOf(quantity), exponent: 0, format});
}

/** As a namespace shows it. */
export function putQuotaRows(lines: Lines, quota: KubeObject, level: number): void {
	putScopes(lines, quota, level);
	putTable(lines, quota, level, 'Resource\tUsed\tHard\n', '--------\t---\t---\n');
}
