import stringWidth from 'string-width';
import {type ClassReport, isMarked, percentOf, type Submission} from '../../lab/class/class-report.js';
import {similarPairs} from '../../lab/class/similarity.js';
import {objectiveStatistics} from '../../lab/class/statistics.js';
import type {Language} from '../../lab/lab.js';

const words = {
	en: {
		absent: 'absent',
		missed: '{n} of {count} missed {id}: {title}',
		alike: 'alike, a hint to look: {a} and {b}, {percent} %',
		marked: '{n} marked, {unmarked} could not be marked',
		nothing: ', {n} handed nothing in',
		average: '; {n} % on average',
	},
	zh: {
		absent: '缺交',
		missed: '{count} 人中 {n} 人未达成 {id}：{title}',
		alike: '雷同，仅供核对：{a} 与 {b}，{percent} %',
		marked: '{n} 份已评分，{unmarked} 份无法评分',
		nothing: '，{n} 人未提交',
		average: '；平均 {n} %',
	},
} as const;

/** Names of files come from students: none may move the cursor or begin a line. */
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');

/** The class for a terminal: a line a submission, then what was missed how often, and who wrote the same. */
export function classText({submissions}: ClassReport, language: Language = 'en'): string {
	const say = (word: keyof (typeof words)['en'], values: Readonly<Record<string, string | number>> = {}) =>
		words[language][word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
	const width = submissions.reduce((most, {student}) => Math.max(most, stringWidth(plain(student.name))), 8);
	const rows = submissions.map(({student, status, file, report, reason}) => {
		const mark = report ? `${percentOf(report)} %` : status === 'absent' ? say('absent') : '-';
		const detail = report ? `${report.lab}  ${file}` : `${status === 'absent' ? '' : `${file}: `}${reason}`;
		const name = plain(student.name);
		return `${name}${' '.repeat(width - stringWidth(name))}  ${' '.repeat(Math.max(0, 6 - stringWidth(mark)))}${mark}  ${plain(detail)}`;
	});
	const marked = submissions.filter(isMarked);
	const missed = objectiveStatistics(submissions)
		.filter(each => each.passed < each.count)
		.map(({lab, id, title, passed, count}) => `  ${say('missed', {n: count - passed, count, id: `${lab}/${id}`, title})}`);
	const alike = similarPairs(submissions).map(
		({a, b, percent}) => `  ${say('alike', {a: plain(a.student.name), b: plain(b.student.name), percent})}`,
	);
	const percents = marked.map(({report}) => percentOf(report));
	const average = Math.round(percents.reduce((sum, each) => sum + each, 0) / Math.max(1, percents.length));
	const count = (status: Submission['status']) => submissions.filter(each => each.status === status).length;
	const total = [
		say('marked', {n: marked.length, unmarked: count('unmarked')}),
		...(count('absent') > 0 ? [say('nothing', {n: count('absent')})] : []),
		...(marked.length > 0 ? [say('average', {n: average})] : []),
	].join('');
	return [...rows, ...(missed.length > 0 ? ['', ...missed] : []), ...(alike.length > 0 ? ['', ...alike] : []), '', total, ''].join('\n');
}
