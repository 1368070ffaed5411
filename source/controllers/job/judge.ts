import type {KubeObject} from '../../api/object.js';
import {conditionOf, restartsOf} from '../pods/state.js';
import {timeOf} from '../status.js';
import {parseIndexes} from './indexes.js';
import type {Tally} from './tally.js';

export interface Verdict {
	readonly succeeded: boolean;
	readonly reason: string;
	readonly message: string;
}

/** Whether the job is over, and why; undefined while it goes on. What was decided once stands. */
export function judge(job: KubeObject, tally: Tally, startTime: string | undefined, nowMs: number): Verdict | undefined {
	for (const type of ['SuccessCriteriaMet', 'FailureTarget']) {
		const decided = conditionOf(job, type);
		if (decided?.status === 'True') {
			return {succeeded: type === 'SuccessCriteriaMet', reason: decided.reason ?? '', message: decided.message ?? ''};
		}
	}

	return failure(job, tally, startTime, nowMs) ?? success(job, tally);
}

const failed = (reason: string, message: string): Verdict => ({succeeded: false, reason, message});

function failure(job: KubeObject, tally: Tally, startTime: string | undefined, nowMs: number): Verdict | undefined {
	const {spec} = job;
	if (tally.failJob) return failed('PodFailurePolicy', tally.failJob);
	const restarts = spec.template.spec.restartPolicy === 'OnFailure' ? tally.active.reduce((sum, pod) => sum + restartsOf(pod), 0) : 0;
	const limit = spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647);
	// A pod that restarts in place never fails; its restarts are counted instead (pastBackoffLimitOnFailure).
	const restartedTooOften = restarts > 0 && (limit === 0 ? restarts > 0 : restarts >= limit);
	if (tally.failed > limit || restartedTooOften) return failed('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
	const deadline = spec.activeDeadlineSeconds;
	const started = timeOf(startTime);
	if (deadline !== undefined && started !== undefined && !spec.suspend && nowMs >= started + deadline * 1000) {
		return failed('DeadlineExceeded', 'Job was active longer than specified deadline');
	}

	if (spec.backoffLimitPerIndex === undefined) return undefined;
	if (spec.maxFailedIndexes !== undefined && tally.failedIndexes.size > spec.maxFailedIndexes) {
		return failed('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes');
	}

	return tally.failedIndexes.size > 0 && tally.failedIndexes.size + tally.succeededIndexes.size >= spec.completions
		? failed('FailedIndexes', 'Job has failed indexes')
		: undefined;
}

function success({spec}: KubeObject, tally: Tally): Verdict | undefined {
	if (spec.successPolicy && meetsPolicy(spec, tally)) {
		return {succeeded: true, reason: 'SuccessPolicy', message: 'Matched rules at index 0'};
	}

	const {completions} = spec;
	const enough =
		completions === undefined || completions === null ? tally.succeeded > 0 && tally.active.length === 0 : tally.succeeded >= completions;
	const idle = completions === 0 || tally.active.length === 0;
	if (!enough || !idle) return undefined;
	return {succeeded: true, reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods'};
}

const meetsPolicy = (spec: any, {succeededIndexes}: Tally): boolean =>
	spec.successPolicy.rules.some(({succeededIndexes: wanted, succeededCount}: any) => {
		const among = wanted === undefined ? [...succeededIndexes] : [...parseIndexes(wanted)].filter(index => succeededIndexes.has(index));
		return among.length >= (succeededCount ?? parseIndexes(wanted).size);
	});
