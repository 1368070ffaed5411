import {ConfigurationError, type Directive, parseText} from '../../nginx/config/configuration.js';
import {safePattern} from '../../nginx/config/find-location.js';
import {type Exchange, type Header, type Reply, reply} from './exchange.js';
import {variable, interpolate} from './variables.js';

/** Parsed snippets by their text: only a cache. */
const parsed = new Map<string, readonly Directive[]>();
const parsedMax = 200;

function directivesOf(text: string): readonly Directive[] {
	let directives = parsed.get(text);
	if (!directives) {
		directives = read(text);
		if (parsed.size >= parsedMax) parsed.clear();
		parsed.set(text, directives);
	}

	return directives;
}

/** One that nginx could not read would never have been loaded. */
function read(text: string): readonly Directive[] {
	try {
		return parseText(text, 'nginx.conf');
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		return [];
	}
}

/** What a directive does to a request; an answer ends it. */
type Act = (exchange: Exchange, directive: Directive) => Reply | undefined;

const acts: Readonly<Record<string, Act>> = {
	set(exchange, {args: [name = '', value = '']}) {
		exchange.vars[name.replace(/^\$/, '')] = interpolate(exchange, value);
		return undefined;
	},
	return(exchange, {args: [first = '', text]}) {
		if (!/^\d{3}$/.test(first)) return reply(302, [['Location', interpolate(exchange, first)]]);
		const status = Number(first);
		if (text === undefined) return reply(status);
		const value = interpolate(exchange, text);
		if ([301, 302, 303, 307, 308].includes(status)) return reply(status, [['Location', value]]);
		return {status, headers: [], type: exchange.options.defaultType, body: value};
	},
	rewrite(exchange, {args: [pattern = '', replacement = '', flag]}) {
		const match = safePattern(pattern, false).exec(exchange.uri);
		if (!match) return undefined;
		const target = interpolate(
			exchange,
			replacement.replace(/\$(\d)/g, (_, digit: string) => match[Number(digit)] ?? ''),
		);
		if (flag === 'permanent' || flag === 'redirect') return reply(flag === 'permanent' ? 301 : 302, [['Location', target]]);
		const [path = '', query] = target.split('?');
		exchange.uri = path;
		if (query !== undefined) exchange.args = query;
		exchange.rewritten = true;
		return undefined;
	},
	if: (exchange, {args, block = []}) => (holds(exchange, args) ? run(exchange, block) : undefined),
	more_set_headers: (exchange, {args}) => addAll(exchange, args.flatMap(headerOf)),
	add_header(exchange, {args: [name = '', value = '', always]}) {
		exchange.addHeaders.push({header: [name, interpolate(exchange, value)], always: always === 'always'});
		return undefined;
	},
	proxy_set_header(exchange, {args: [name = '', value = '']}) {
		exchange.forUpstream.push([name, interpolate(exchange, value)]);
		return undefined;
	},
};

const headerOf = (text: string): Header[] => {
	const colon = text.indexOf(':');
	return colon < 0 ? [] : [[text.slice(0, colon).trim(), text.slice(colon + 1).trim()]];
};

function addAll(exchange: Exchange, headers: readonly Header[]): undefined {
	for (const [name, value] of headers) exchange.added.push([name, interpolate(exchange, value)]);
}

/** `($http_user_agent ~* curl)`: the brackets are at the ends of the words. */
function holds(exchange: Exchange, args: readonly string[]): boolean {
	const words = args.join(' ').replace(/^\(\s*|\s*\)$/g, '');
	const match = /^\$(\w+)\s*(?:(=|!=|~\*|~|!~\*|!~)\s*(.*))?$/.exec(words);
	if (!match) {
		exchange.context.machine.sim.notes.notSimulated(`ingress-nginx: if (${words})`);
		return false;
	}

	const [, name = '', operator, right = ''] = match;
	const value = variable(exchange, name) ?? '';
	if (operator === undefined) return value !== '' && value !== '0';
	if (operator === '=' || operator === '!=') return (value === interpolate(exchange, right)) === (operator === '=');
	return safePattern(right, operator.endsWith('*')).test(value) !== operator.startsWith('!');
}

function run(exchange: Exchange, directives: readonly Directive[]): Reply | undefined {
	for (const directive of directives) {
		if (!Object.hasOwn(acts, directive.name))
			exchange.context.machine.sim.notes.notSimulated(`ingress-nginx: ${directive.name} in a snippet`);
		const answer = acts[directive.name]?.(exchange, directive);
		if (answer) return answer;
	}

	return undefined;
}

/** server-snippet, configuration-snippet and location-snippet, as far as they answer, rewrite or set headers. */
export const runSnippet = (exchange: Exchange, text: string): Reply | undefined =>
	text === '' ? undefined : run(exchange, directivesOf(text));
