import type {Language} from '../../lab/lab.js';
import {reasonIn} from '../../lab/reasons-zh.js';
import type {Trace} from '../../trace/trace.js';
import {comparedText} from '../../trace/print/columns.js';
import {traceText} from '../../trace/print/text.js';
import {linesPane, lineOf, type PaneLine, wrapped} from './lines-pane.js';
import type {PaneContext} from './pane.js';
import type {Look} from '../text/theme.js';
import {shorten} from '../text/width.js';
import {say} from '../words/words.js';

/** The last request once more, hop by hop: what happened to it where, and whose rule decided. Or in both modes of kube-proxy side by side. */
const trace = linesPane({
	title: 'trace',
	scrolls: true,
	count: () => 0,
	depends: context => [
		context.run.trace,
		context.run.compared,
		context.run.lastRequest,
		context.state,
		context.focused,
		context.settings.language,
		context.settings.theme,
	],
	keys: [
		{keys: ['t', 'return'], word: 'keyTrace', deed: () => ({does: 'ask', what: 'trace'})},
		{keys: ['c'], word: 'keyCompare', deed: () => ({does: 'ask', what: 'compare'})},
		{
			keys: ['?'],
			word: 'keyExplain',
			deed: context => ({
				does: 'explain',
				text: linesOf(context)
					.flatMap(line => line.spans.map(span => span.text))
					.join('\n'),
			}),
		},
	],
	lines: linesOf,
});
export default trace;

function linesOf({run, settings, columns}: PaneContext): PaneLine[] {
	const {language} = settings;
	const {trace: told, compared, lastRequest} = run;
	if (compared) {
		if (typeof compared === 'string') return wrapped(compared, columns - 1, ' ', 'bad');
		const told = compared.map(each => ({...each, trace: inLanguage(each.trace, language)}));
		return coloured(comparedText(told, columns - 1, false), columns);
	}
	if (!told)
		return wrapped(lastRequest ? say(language, 'traceOffer', {what: lastRequest}) : say(language, 'traceNothing'), columns - 1, ' ', 'dim');
	if (typeof told === 'string') return wrapped(told, columns - 1, ' ', 'bad');
	return coloured(traceText(inLanguage(told, language), {columns: columns - 1}), columns);
}

/** What became of the request; what happened on the way are rules and names. */
const inLanguage = (trace: Trace, language: Language): Trace => ({
	...trace,
	verdict: {...trace.verdict, sentence: reasonIn(language, trace.verdict.sentence)},
});

const coloured = (text: string, columns: number): PaneLine[] =>
	text
		.trimEnd()
		.split('\n')
		.map(line => lineOf(shorten(line, columns - 1), lookOf(line)));

function lookOf(line: string): Look {
	if (/^=> (.*\banswered\b|已应答)/.test(line)) return 'good';
	if (/^=>/.test(line)) return 'bad';
	if (/\b(DROP|REJECT|refused|unreachable)\b/.test(line)) return 'bad';
	if (/\b(DNAT|SNAT|MASQUERADE)\b|→/.test(line)) return 'waiting';
	return /^\S/.test(line) ? 'strong' : 'plain';
}
