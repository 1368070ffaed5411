import type {Report} from './grade.js';

/** One test suite, one test case an objective: what CI systems and course tools read. */
export function junitXml({lab, objectives, timeline}: Report, name: string): string {
	const failures = objectives.filter(each => !each.passed).length;
	const cases = objectives.map(({id, title, passed, reason}) => {
		const head = `    <testcase classname="${attribute(lab)}" name="${attribute(`${id}: ${title}`)}"`;
		return passed ? `${head}/>` : `${head}>\n      <failure message="${attribute(reason)}"/>\n    </testcase>`;
	});
	const seconds = timeline.at(-1)?.at ?? 0;
	return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="${attribute(`${lab} ${name}`)}" tests="${objectives.length}" failures="${failures}" time="${seconds}">
${cases.join('\n')}
  </testsuite>
</testsuites>
`;
}

/** Control characters have no form in XML 1.0: they are left out. */
const attribute = (text: string) =>
	text
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll('\n', '&#10;');
