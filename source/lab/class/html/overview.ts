import {isMarked, labsOf, percentOf, type Submission} from '../class-report.js';
import type {Pair} from '../similarity.js';
import {distribution, type ObjectiveStatistics} from '../statistics.js';
import {textHtml} from './text.js';
import type {Say} from './words.js';

export function figuresHtml(submissions: readonly Submission[], say: Say): string {
	const percents = submissions
		.filter(isMarked)
		.map(({report}) => percentOf(report))
		.sort((a, b) => a - b);
	const count = (status: Submission['status']) => submissions.filter(each => each.status === status).length;
	const average = percents.length > 0 ? `${Math.round(percents.reduce((sum, each) => sum + each, 0) / percents.length)} %` : '-';
	const median = percents.length > 0 ? `${percents[Math.floor((percents.length - 1) / 2)]} %` : '-';
	const figures = [
		[count('marked'), 'marked'],
		[count('unmarked'), 'unmarked'],
		[count('absent'), 'handedNothing'],
		[average, 'average'],
		[median, 'median'],
		[percents.filter(each => each === 100).length, 'full'],
	] as const;
	return `<ul class="figures">${figures.map(([value, what]) => `<li><b>${value}</b>${say(what)}</li>`).join('')}</ul>${chartHtml(percents, say)}`;
}

function chartHtml(percents: readonly number[], say: Say): string {
	const counts = distribution(percents);
	const most = Math.max(1, ...counts);
	const columns = counts.map((count, index) => {
		const range = index === 10 ? '100' : `${index * 10}-`;
		return `<div>${count || ''}<i style="height:${Math.round((80 * count) / most)}%"></i>${range}</div>`;
	});
	return `<div class="chart" role="img" aria-label="${say('chart')}">${columns.join('')}</div>`;
}

export const objectivesHtml = (submissions: readonly Submission[], statistics: readonly ObjectiveStatistics[], say: Say): string =>
	labsOf(submissions)
		.map(
			lab =>
				`<h3>${textHtml(lab)}</h3>${statistics
					.filter(each => each.lab === lab)
					.map(each => objectiveHtml(each, say))
					.join('')}`,
		)
		.join('');

function objectiveHtml({id, title, passed, count, mistakes}: ObjectiveStatistics, say: Say): string {
	const percent = count === 0 ? 0 : Math.round((100 * passed) / count);
	const list = mistakes.map(each => `<li><b>${each.count}×</b> ${textHtml(each.reason)}</li>`).join('');
	return `<div class="objective"><b>${textHtml(title)}</b> <span class="dim">${say('met', {id: textHtml(id), n: passed, count, percent})}</span>
<div class="bar"><i style="width:${percent}%"></i></div>${list ? `<ul class="mistakes">${list}</ul>` : ''}</div>`;
}

export function similarHtml(pairs: readonly Pair[], say: Say): string {
	if (pairs.length === 0) return `<p class="dim">${say('notAlike')}</p>`;
	const who = ({student, file}: Submission) => `${textHtml(student.name)} <span class="dim">${textHtml(file)}</span>`;
	return `<p class="dim">${say('alikeHint')}</p>
<ul class="mistakes">${pairs.map(({a, b, percent, lab}) => `<li><b>${percent} %</b> ${who(a)} ${say('and')} ${who(b)} <span class="dim">${textHtml(lab)}</span></li>`).join('')}</ul>`;
}
