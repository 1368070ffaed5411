import {type Errors, invalid, nonNegative, notSupported, required} from '../errors.js';
import {validateTemplate} from '../pod/validate.js';
import {goIntOrString, goSelector, isPercent, labelSelector, nonNegativeIntOrPercent, notMoreThan100Percent} from '../rules.js';
import {alwaysRestarts, goStrategy, immutable, isEmpty, noDeadline, templateMatches} from '../workload.js';

/** Models ValidateDaemonSetSpec in pkg/apis/apps/validation. */
export function validateDaemonSet({spec}: any, old?: any): Errors {
	const errors: Errors = [...labelSelector('spec.selector', spec.selector), ...templateMatches('spec.template', spec)];
	if (spec.selector && isEmpty(spec.selector))
		errors.push(invalid('spec.selector', goSelector(spec.selector), 'empty selector is invalid for daemonset'));
	errors.push(
		...validateTemplate('spec.template', spec.template),
		...alwaysRestarts('spec.template', spec.template),
		...noDeadline('spec.template', spec.template, 'DaemonSet'),
	);
	errors.push(...nonNegative('spec.minReadySeconds', spec.minReadySeconds), ...updateStrategy(spec.updateStrategy ?? {}));
	errors.push(...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit));
	return old ? [...errors, ...immutable('spec.selector', spec.selector, old.spec.selector, goSelector(spec.selector))] : errors;
}

function updateStrategy({type, rollingUpdate}: any): Errors {
	const field = 'spec.updateStrategy';
	if (type === 'OnDelete') return [];
	if (type !== 'RollingUpdate') {
		const shown = goStrategy('apps.DaemonSetUpdateStrategy', 'apps.RollingUpdateDaemonSet', {type, rollingUpdate});
		return [notSupported(field, shown, ['RollingUpdate', 'OnDelete'])];
	}

	if (!rollingUpdate) return [required(`${field}.rollingUpdate`)];
	const {maxUnavailable = 1, maxSurge = 0} = rollingUpdate;
	const path = `${field}.rollingUpdate`;
	const errors: Errors = [
		...nonNegativeIntOrPercent(`${path}.maxUnavailable`, maxUnavailable),
		...nonNegativeIntOrPercent(`${path}.maxSurge`, maxSurge),
		...notMoreThan100Percent(`${path}.maxUnavailable`, maxUnavailable),
		...notMoreThan100Percent(`${path}.maxSurge`, maxSurge),
	];
	const isZero = (value: number | string) =>
		value === 0 || (typeof value === 'string' && isPercent(value).length === 0 && Number(value.slice(0, -1)) === 0);
	if (!isZero(maxUnavailable) && !isZero(maxSurge))
		errors.push(invalid(`${path}.maxSurge`, goIntOrString(maxSurge), 'may not be set when maxUnavailable is non-zero'));
	if (isZero(maxUnavailable) && isZero(maxSurge)) errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
	return errors;
}
