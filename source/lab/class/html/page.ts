import type {Language} from '../../lab.js';
import type {ClassReport} from '../class-report.js';
import {similarPairs} from '../similarity.js';
import {objectiveStatistics} from '../statistics.js';
import {textHtml} from './text.js';
import {figuresHtml, objectivesHtml, similarHtml} from './overview.js';
import {studentHtml} from './student.js';
import {style} from './style.js';
import {sayIn} from './words.js';

/** One page that needs nothing else: no scripts, no network. The policy makes a browser hold it to that, whatever a student typed. */
export function classPage({submissions, shards, shardCount}: ClassReport, language: Language = 'en'): string {
	const say = sayIn(language);
	const labs = [...new Set(submissions.flatMap(({report}) => report?.lab ?? []))].join(', ');
	const part = shards.length < shardCount ? say('part', {part: shards.join(', '), count: shardCount}) : '';
	const unmarked = submissions.filter(each => each.status !== 'marked');
	return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>kubelab: ${say('title')}</title>
<style>${style}</style>
</head>
<body>
<h1>${say('title')}${textHtml(part)}</h1>
<p class="dim">${textHtml(labs)}</p>
${figuresHtml(submissions, say)}
<h2>${say('objectives')}</h2>
${objectivesHtml(submissions, objectiveStatistics(submissions), say)}
${unmarked.length > 0 ? `<h2>${say('without')}</h2>\n${unmarked.map(each => studentHtml(each, language)).join('\n')}` : ''}
<h2>${say('students')}</h2>
${submissions
	.filter(each => each.status === 'marked')
	.map(each => studentHtml(each, language))
	.join('\n')}
<h2>${say('alike')}</h2>
${similarHtml(similarPairs(submissions), say)}
</body>
</html>
`;
}
