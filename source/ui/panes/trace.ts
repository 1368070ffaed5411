import type {Language} from '../../lab/lab.js';
import {reasonIn} from '../../lab/reasons-zh.js';
import type {Conversation, Trace, Verdict} from '../../trace/trace.js';
import {type ComparedBlocks, comparedBlocks, gap} from '../../trace/print/columns.js';
import {traceText} from '../../trace/print/text.js';
import {linesPane, lineOf, type PaneLine, wrapped} from './lines-pane.js';
import type {PaneContext} from './pane.js';
import type {Look} from '../text/theme.js';
import {padTo} from '../text/width.js';
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
		return comparedLines(comparedBlocks(told, columns - 1));
	}
	if (!told)
		return wrapped(lastRequest ? say(language, 'traceOffer', {what: lastRequest}) : say(language, 'traceNothing'), columns - 1, ' ', 'dim');
	if (typeof told === 'string') return wrapped(told, columns - 1, ' ', 'bad');
	return coloured(
		traceText(inLanguage(told, language), {columns: columns - 1})
			.trimEnd()
			.split('\n'),
		columns - 1,
	);
}

/** What became of the request; what happened on the way are rules and names. */
const inLanguage = (trace: Trace, language: Language): Trace => ({
	...trace,
	verdict: verdictIn(trace.verdict, language),
	conversations: trace.conversations.map(each => conversationIn(each, language)),
});

const conversationIn = (conversation: Conversation, language: Language): Conversation => ({
	...conversation,
	verdict: verdictIn(conversation.verdict, language),
	nested: conversation.nested.map(each => conversationIn(each, language)),
});

const verdictIn = (verdict: Verdict, language: Language): Verdict => ({...verdict, sentence: reasonIn(language, verdict.sentence)});

/** What was laid out as English is wrapped once more: Chinese is wider. */
const coloured = (text: readonly string[], columns: number): PaneLine[] =>
	text.flatMap(line => wrapped(line.trimStart(), columns, /^ */.exec(line)![0], lookOf(line)));

function comparedLines({beside, width, blocks}: ComparedBlocks): PaneLine[] {
	const sides = blocks.map(lines => coloured(lines, width));
	if (!beside) return sides.flatMap(lines => [...lines, lineOf('')]);
	return Array.from({length: Math.max(...sides.map(lines => lines.length))}, (_, row) => ({
		spans: sides.flatMap((lines, side) => {
			const {text, look} = lines[row]?.spans[0] ?? {text: '', look: 'plain' as const};
			return [...(side > 0 ? [{text: gap, look: 'dim' as const}] : []), {text: padTo(text, width), look}];
		}),
	}));
}

function lookOf(line: string): Look {
	if (/^=> (.*\banswered\b|已应答)/.test(line)) return 'good';
	if (/^=>/.test(line)) return 'bad';
	if (/\b(DROP|REJECT|refused|unreachable)\b/.test(line)) return 'bad';
	if (/\b(DNAT|SNAT|MASQUERADE)\b|→/.test(line)) return 'waiting';
	return /^\S/.test(line) ? 'strong' : 'plain';
}
