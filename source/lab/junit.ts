import type {Report} from './grade.js';

/** One test suite, one test case an objective: what CI systems and course tools read. */
export const junitXml = (report: Report, name: string): string =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suiteXml(report, name)}\n</testsuites>\n`;

export function suiteXml({lab, objectives, timeline}: Report, name: string): string {
	const failures = objectives.filter(each => !each.passed).length;
	const cases = objectives.map(({id, title, passed, reason}) => {
		const head = `    <testcase classname="${attribute(lab)}" name="${attribute(`${id}: ${title}`)}"`;
		return passed ? `${head}/>` : `${head}>\n      <failure message="${attribute(reason)}"/>\n    </testcase>`;
	});
	const seconds = timeline.at(-1)?.at ?? 0;
	return `  <testsuite name="${attribute(`${lab} ${name}`)}" tests="${objectives.length}" failures="${failures}" time="${seconds}">
${cases.join('\n')}
  </testsuite>`;
}

/** Control characters have no form in XML 1.0: they are left out. */
export const attribute = (text: string) =>
	text
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\n', '&#10;');
