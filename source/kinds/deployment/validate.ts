import {type Errors, forbidden, invalid, nonNegative, notSupported, required} from '../errors.js';
import {goIntOrString, goSelector, isPercent, nonNegativeIntOrPercent, notMoreThan100Percent} from '../rules.js';
import {ofReplicas, statusCounts} from '../status-counts.js';
import {goStrategy, immutable, isConvertible, selectorAndTemplate, templateOf} from '../workload.js';

/** Models ValidateDeploymentSpec in pkg/apis/apps/validation. */
export function validateDeployment({spec}: any, old?: any): Errors {
	const errors: Errors = [...nonNegative('spec.replicas', spec.replicas), ...selectorAndTemplate('spec', spec, 'deployment')];
	if (isConvertible(spec.selector)) errors.push(...templateOf(spec, 'ReplicaSet'));
	else errors.push(invalid('spec.selector', goSelector(spec.selector), 'invalid label selector'));
	errors.push(...strategy(spec.strategy ?? {}));
	errors.push(
		...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
		...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
	);
	const deadline = spec.progressDeadlineSeconds;
	errors.push(...nonNegative('spec.progressDeadlineSeconds', deadline));
	if (deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0))
		errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
	return old ? [...errors, ...immutable('spec.selector', spec.selector, old.spec.selector, goSelector(spec.selector))] : errors;
}

export const validateDeploymentStatus = statusCounts({
	counts: [
		'observedGeneration',
		'replicas',
		'updatedReplicas',
		'readyReplicas',
		'availableReplicas',
		'unavailableReplicas',
		'collisionCount',
	],
	bounds: [...ofReplicas('updatedReplicas', 'readyReplicas', 'availableReplicas'), ['availableReplicas', 'readyReplicas', 'readyReplicas']],
	collisions: true,
});

function strategy({type, rollingUpdate}: any): Errors {
	const field = 'spec.strategy';
	if (type === 'Recreate')
		return rollingUpdate ? [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")] : [];
	if (type !== 'RollingUpdate')
		return [
			notSupported(field, goStrategy('apps.DeploymentStrategy', 'apps.RollingUpdateDeployment', {type, rollingUpdate}), [
				'Recreate',
				'RollingUpdate',
			]),
		];
	if (!rollingUpdate) return [required(`${field}.rollingUpdate`, 'this should be defaulted and never be nil')];
	const {maxUnavailable, maxSurge} = rollingUpdate;
	const path = `${field}.rollingUpdate`;
	const errors: Errors = [
		...nonNegativeIntOrPercent(`${path}.maxUnavailable`, maxUnavailable),
		...nonNegativeIntOrPercent(`${path}.maxSurge`, maxSurge),
	];
	if (isZero(maxUnavailable) && isZero(maxSurge))
		errors.push(invalid(`${path}.maxUnavailable`, goIntOrString(maxUnavailable), 'may not be 0 when `maxSurge` is 0'));
	return [...errors, ...notMoreThan100Percent(`${path}.maxUnavailable`, maxUnavailable)];
}

const isZero = (value: number | string): boolean =>
	value === 0 || (typeof value === 'string' && isPercent(value).length === 0 && Number(value.slice(0, -1)) === 0);
