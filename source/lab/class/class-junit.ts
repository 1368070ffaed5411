import {attribute, suiteXml} from '../junit.js';
import type {ClassReport} from './class-report.js';

/** One test suite a submission. What could not be marked is an error, not a failure. */
export function classJunit({submissions}: ClassReport): string {
	const suites = submissions.map(({student, file, report, reason = ''}) => {
		const name = `${student.name} (${file})`;
		if (report) return suiteXml(report, name);
		return `  <testsuite name="${attribute(name)}" tests="1" failures="0" errors="1" time="0">
    <testcase classname="${attribute(file)}" name="can be marked">
      <error message="${attribute(reason)}"/>
    </testcase>
  </testsuite>`;
	});
	return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}
