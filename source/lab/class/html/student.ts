import type {Report, TimelineEntry} from '../../grade.js';
import type {Language} from '../../lab.js';
import {remarks} from '../../report-words.js';
import {percentOf, type Submission} from '../class-report.js';
import {textHtml} from './text.js';
import {type Say, sayIn} from './words.js';

/** Far more lines than any lab takes; a loop that printed a log is not shown whole. */
const linesShown = 300;
const charactersShown = 2000;

/** One submission, folded: objectives with their reasons, then what was typed when. */
export function studentHtml({student, file, status, report, reason = ''}: Submission, language: Language): string {
	const say = sayIn(language);
	const mark = report ? `${percentOf(report)} %` : status === 'absent' ? say('absent') : say('noMark');
	const tone = report?.passed ? 'good' : report ? '' : 'bad';
	const id = student.id ? ` <span class="dim">${textHtml(student.id)}</span>` : '';
	const where = report ? textHtml(file) : textHtml(status === 'absent' ? reason : `${file}: ${reason}`);
	const summary = `<summary><span class="mark ${tone}">${mark}</span><span class="name">${textHtml(student.name)}${id}</span><span class="dim">${where}</span></summary>`;
	const inside = report ? reportHtml(report, language) : `<p class="bad">${textHtml(reason)}</p>`;
	return `<details>${summary}<div class="inside">${inside}</div></details>`;
}

function reportHtml({lab, objectives, timeline, notSimulated, proof, error, score, max}: Report, language: Language): string {
	const say = sayIn(language);
	const rows = objectives.map(each => {
		const sign = each.passed ? `<span class="good">${say('goalMet')}</span>` : `<span class="bad">${say('goalMissed')}</span>`;
		const reason = each.reason ? `<br><span class="dim">${textHtml(each.reason)}</span>` : '';
		return `<li>${sign} ${textHtml(each.title)} <span class="dim">${say('points', {n: each.points, max: each.max})}</span>${reason}</li>`;
	});
	const noted = remarks({notSimulated, timeline, ...(proof && {proof})}, language).map(each => `<li>${textHtml(each)}</li>`);
	return [
		`<p class="dim">${say('summary', {lab: textHtml(lab), n: score, max, count: timeline.length})}</p>`,
		error ? `<p class="bad">${textHtml(error)}</p>` : '',
		`<ul class="mistakes">${rows.join('')}${noted.join('')}</ul>`,
		`<ol class="timeline">${timeline
			.slice(0, linesShown)
			.map(each => entryHtml(each, say))
			.join('')}</ol>`,
		timeline.length > linesShown ? `<p class="dim">${say('more', {n: timeline.length - linesShown})}</p>` : '',
	].join('');
}

function entryHtml({run, exitCode, at}: TimelineEntry, say: Say): string {
	const text = run.length > charactersShown ? `${run.slice(0, charactersShown)} …` : run;
	const failed = exitCode === 0 ? '' : ` <span class="bad">${say('exit', {n: exitCode})}</span>`;
	return `<li><span class="dim">${clockText(at)}</span><pre>${textHtml(text)}${failed}</pre></li>`;
}

/** Virtual time since the cluster booted. */
function clockText(seconds: number): string {
	const whole = Math.floor(seconds);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
