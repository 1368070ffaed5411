import {type ClassReport, isMarked, labsOf, percentOf, type Submission} from './class-report.js';

/** One row a submission. Excel and Moodle read it: UTF-8 with a mark, CRLF, no cell that is taken for a formula. */
export function classCsv({submissions}: ClassReport): string {
	const objectives = objectiveColumns(submissions);
	const head = ['student', 'id', 'file', 'lab', 'status', 'score', 'max', 'percent', 'commands', ...objectives, 'reason'];
	const rows = submissions.map(submission => {
		const {student, file, status, report, reason} = submission;
		const points = new Map(report?.objectives.map(each => [columnOf(report.lab, each.id), each.points]));
		return [
			student.name,
			student.id,
			status === 'absent' ? '' : file,
			report?.lab,
			status,
			report?.score,
			report?.max,
			report && percentOf(report),
			report?.commands,
			...objectives.map(column => points.get(column)),
			reason ?? report?.error,
		];
	});
	return `\ufeff${[head, ...rows].map(row => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

const columnOf = (lab: string, objective: string) => `${lab}/${objective}`;

function objectiveColumns(submissions: readonly Submission[]): string[] {
	const marked = submissions.filter(isMarked);
	return labsOf(submissions).flatMap(lab => {
		const first = marked.find(({report}) => report.lab === lab)!;
		return first.report.objectives.map(({id}) => columnOf(lab, id));
	});
}

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
