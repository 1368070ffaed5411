import type {Language} from '../lab.js';
import {reasonIn} from '../reasons-zh.js';
import type {ClassReport, Submission} from './class-report.js';
import {refusalIn} from './refusals-zh.js';

/** The same class for its teacher to read: every reason in one language, whichever a shard was marked in. */
export const inLanguage = (report: ClassReport, language: Language): ClassReport =>
	language === 'en' ? report : {...report, submissions: report.submissions.map(each => submissionIn(each, language))};

const submissionIn = ({reason, report, ...rest}: Submission, language: Language): Submission => ({
	...rest,
	...(reason !== undefined && {reason: refusalIn(language, reason)}),
	...(report && {
		report: {...report, objectives: report.objectives.map(each => ({...each, reason: reasonIn(language, each.reason)}))},
	}),
});
