import {parseCron} from '../../api/values/cron.js';
import {maxLength} from '../../api/selector/label-syntax.js';
import {findTimeZone} from '../../api/values/time-zone.js';
import {type Errors, invalid, nonNegative, notSupported, required} from '../errors.js';
import {validateJobSpec} from '../job/validate.js';

/** Eleven characters are kept for the time that becomes part of a job's name. */
const nameMax = 52;

/** Models ValidateCronJob in pkg/apis/batch/validation. */
export function validateCronJob({metadata, spec}: any, old?: any): Errors {
	const errors: Errors = [...schedule(spec, old)];
	errors.push(...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds));
	const policies = ['Allow', 'Forbid', 'Replace'];
	if (!spec.concurrencyPolicy) errors.push(required('spec.concurrencyPolicy'));
	else if (!policies.includes(spec.concurrencyPolicy))
		errors.push(notSupported('spec.concurrencyPolicy', spec.concurrencyPolicy, policies));
	errors.push(...validateJobSpec('spec.jobTemplate.spec', spec.jobTemplate?.spec ?? {}));
	for (const name of ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) errors.push(...nonNegative(`spec.${name}`, spec[name]));
	if (metadata.name?.length > nameMax) errors.push(invalid('metadata.name', metadata.name, maxLength(nameMax)));
	return errors;
}

function schedule({schedule: text, timeZone}: any, old: any): Errors {
	const errors: Errors = [];
	if (!text) errors.push(required('spec.schedule'));
	else {
		try {
			parseCron(text);
		} catch (error) {
			errors.push(invalid('spec.schedule', text, (error as Error).message));
		}

		if (text.includes('TZ') && !old?.spec.schedule.includes('TZ'))
			errors.push(invalid('spec.schedule', text, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
	}

	if (timeZone === undefined) return errors;
	if (timeZone === '') errors.push(invalid('spec.timeZone', timeZone, 'timeZone must be nil or non-empty string'));
	else if (timeZone.toLowerCase() === 'local')
		errors.push(invalid('spec.timeZone', timeZone, 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'));
	else if (!findTimeZone(timeZone)) errors.push(invalid('spec.timeZone', timeZone, `unknown time zone ${timeZone}`));
	return errors;
}
