import stringWidth from 'string-width';
import {type ClassReport, isMarked, percentOf} from '../../lab/class/class-report.js';
import {objectiveStatistics} from '../../lab/class/statistics.js';

/** The class for a terminal: a line a submission, then what was missed how often. */
export function classText({submissions}: ClassReport): string {
	const width = Math.max(8, ...submissions.map(({student}) => stringWidth(student.name)));
	const rows = submissions.map(({student, status, file, report, reason}) => {
		const mark = report ? `${percentOf(report)} %` : status === 'absent' ? 'absent' : '-';
		const detail = report ? `${report.lab}  ${file}` : `${status === 'absent' ? '' : `${file}: `}${reason}`;
		return `${student.name}${' '.repeat(width - stringWidth(student.name))}  ${mark.padStart(6)}  ${detail}`;
	});
	const marked = submissions.filter(isMarked);
	const missed = objectiveStatistics(submissions)
		.filter(each => each.passed < each.count)
		.map(({lab, id, title, passed, count}) => `${`${count - passed} of ${count}`.padStart(width + 8)}  missed ${lab}/${id}: ${title}`);
	const average = marked.length > 0 ? Math.round(marked.reduce((sum, {report}) => sum + percentOf(report), 0) / marked.length) : 0;
	const counts = `${marked.length} marked, ${submissions.filter(each => each.status === 'unmarked').length} could not be marked`;
	const absent = submissions.filter(each => each.status === 'absent').length;
	const total = `${counts}${absent > 0 ? `, ${absent} handed nothing in` : ''}${marked.length > 0 ? `; ${average} % on average` : ''}`;
	return [...rows, ...(missed.length > 0 ? ['', ...missed] : []), '', total, ''].join('\n');
}
