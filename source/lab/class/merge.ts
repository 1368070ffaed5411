import {isObject} from '../../checks/validate.js';
import {type ClassReport, inOrder, type Submission} from './class-report.js';

/** Joins the shards of one class. Throws a `SyntaxError` that says what does not fit. */
export function mergeReports(reports: readonly ClassReport[]): ClassReport {
	const shardCount = reports[0]?.shardCount ?? 1;
	if (reports.some(each => each.shardCount !== shardCount)) throw new SyntaxError('they are shards of different counts');
	const shards = reports.flatMap(each => each.shards).sort((a, b) => a - b);
	const twice = shards.find((shard, index) => shards[index - 1] === shard);
	if (twice !== undefined) throw new SyntaxError(`shard ${twice} of ${shardCount} is there twice`);
	const submissions = reports.flatMap(each => each.submissions).sort(inOrder);
	return {kubelab: 1, form: 'class', shards, shardCount, submissions};
}

export const missingShards = ({shards, shardCount}: ClassReport): number[] =>
	Array.from({length: shardCount}, (_, index) => index + 1).filter(shard => !shards.includes(shard));

/** Every n-th submission from the i-th on: shards of nearly equal size, whatever the names. */
export const shardOf = <T>(all: readonly T[], shard: number, count: number): T[] => all.filter((_, index) => index % count === shard - 1);

export function readClassReport(text: string): ClassReport {
	const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
	const isReport =
		isObject(value) &&
		value['form'] === 'class' &&
		value['kubelab'] === 1 &&
		Number.isInteger(value['shardCount']) &&
		Array.isArray(value['shards']) &&
		value['shards'].every(Number.isInteger) &&
		Array.isArray(value['submissions']) &&
		value['submissions'].every(isSubmission);
	if (!isReport) throw new SyntaxError('it is not what "kubelab grade --json" printed');
	return value as unknown as ClassReport;
}

function isSubmission(value: unknown): value is Submission {
	if (!isObject(value) || typeof value['file'] !== 'string' || !isObject(value['student'])) return false;
	const {report} = value;
	const isReport = (each: unknown) =>
		isObject(each) &&
		typeof each['lab'] === 'string' &&
		[each['score'], each['max']].every(Number.isFinite) &&
		[each['objectives'], each['timeline'], each['notSimulated']].every(list => Array.isArray(list) && list.every(isObject));
	return typeof value['student']['name'] === 'string' && (report === undefined || isReport(report));
}
