import type {Language} from '../lab.js';
import {type ClassReport, labsOf, objectivesOf, percentOf, type Submission} from './class-report.js';

/** One row a submission. Excel and Moodle read it: UTF-8 with a mark, CRLF, no cell that is taken for a formula. */
export function classCsv({submissions}: ClassReport, language: Language = 'en'): string {
	const objectives = objectiveColumns(submissions);
	const {before, after, statuses} = words[language];
	const head = [...before, ...objectives, ...after];
	const rows = submissions.map(submission => {
		const {student, file, status, report, reason} = submission;
		const points = new Map(report?.objectives.map(each => [columnOf(report.lab, each.id), each.points]));
		return [
			student.name,
			student.id,
			status === 'absent' ? '' : file,
			report?.lab,
			statuses[status],
			report?.score,
			report?.max,
			report && percentOf(report),
			report?.commands,
			...objectives.map(column => points.get(column)),
			reason ?? report?.error ?? report?.objectives.flatMap(each => (each.reason ? [`${each.title}: ${each.reason}`] : [])).join('\n'),
		];
	});
	return `\ufeff${[head, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** Headings, as Excel and Moodle show them. */
const words = {
	en: {
		before: ['student', 'id', 'file', 'lab', 'status', 'score', 'max', 'percent', 'commands'],
		after: ['reason'],
		statuses: {marked: 'marked', unmarked: 'unmarked', absent: 'absent'},
	},
	zh: {
		before: ['姓名', '学号', '文件', '实验', '状态', '得分', '满分', '百分比', '命令数'],
		after: ['原因'],
		statuses: {marked: '已评分', unmarked: '无法评分', absent: '缺交'},
	},
} as const;

const columnOf = (lab: string, objective: string) => `${lab}/${objective}`;

const objectiveColumns = (submissions: readonly Submission[]): string[] =>
	labsOf(submissions).flatMap(lab => objectivesOf(submissions, lab).map(({id}) => columnOf(lab, id)));

/** A spreadsheet runs what begins with one of these (CWE-1236); an apostrophe makes it text. */
function cell(value: string | number | undefined): string {
	if (typeof value !== 'string') return value === undefined ? '' : String(value);
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of a CSV or semicolon-separated file, as Excel writes it in any country. */
export function readCsv(text: string): string[][] {
	const source = text.replace(/^\ufeff/, '');
	const firstLine = source.slice(0, source.search(/[\r\n]|$/));
	const separator = [',', ';', '\t'].map(each => [firstLine.split(each).length, each] as const).sort(([a], [b]) => b - a)[0]![1];
	const rows: string[][] = [];
	const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r?\\n|\\r|$)`, 'gy');
	let row: string[] = [];
	while (field.lastIndex < source.length) {
		const match = field.exec(source);
		if (!match) throw new SyntaxError(`row ${rows.length + 1} has a quotation mark that is not closed`);
		row.push((match[1]?.replaceAll('""', '"') ?? match[2]!).trim());
		if (match[3] === separator) continue;
		rows.push(row);
		row = [];
	}
	if (row.length > 0) rows.push(row);
	return rows.filter(each => each.some(Boolean));
}
