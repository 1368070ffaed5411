import type {ClassReport} from '../class-report.js';
import {similarPairs} from '../similarity.js';
import {objectiveStatistics} from '../statistics.js';
import {textHtml} from './text.js';
import {figuresHtml, objectivesHtml, similarHtml} from './overview.js';
import {studentHtml} from './student.js';
import {style} from './style.js';

/** One page that needs nothing else: no scripts, no network. The policy makes a browser hold it to that, whatever a student typed. */
export function classPage({submissions, shards, shardCount}: ClassReport): string {
	const labs = [...new Set(submissions.flatMap(({report}) => report?.lab ?? []))].join(', ');
	const part = shards.length < shardCount ? ` (part ${shards.join(', ')} of ${shardCount})` : '';
	const unmarked = submissions.filter(each => each.status !== 'marked');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>kubelab: marks of the class</title>
<style>${style}</style>
</head>
<body>
<h1>Marks of the class${textHtml(part)}</h1>
<p class="dim">${textHtml(labs)}</p>
${figuresHtml(submissions)}
<h2>Objectives and common mistakes</h2>
${objectivesHtml(submissions, objectiveStatistics(submissions))}
${unmarked.length > 0 ? `<h2>Without a mark</h2>\n${unmarked.map(studentHtml).join('\n')}` : ''}
<h2>Students</h2>
${submissions
	.filter(each => each.status === 'marked')
	.map(studentHtml)
	.join('\n')}
<h2>Alike</h2>
${similarHtml(similarPairs(submissions))}
</body>
</html>
`;
}
