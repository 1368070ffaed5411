import {nativeMatch, translateMatch} from './matches.js';
import {type Extension, readRule} from './rule.js';
import {translateTarget} from './targets.js';
import {head, heads, protocolOf} from './translate.js';

/**
 * A rule as iptables-translate says it: all of it in the words of iptables' extensions, what nf_tables has itself too, and the comment
 * last. Undefined: there are no words for a part of it.
 */
export function translateCommand(text: string): string | undefined {
	const rule = readRule(text);
	const [before, after] = heads(rule, {family: 'ip'});
	const protocol = head(rule, 'p');
	const name = protocolOf(rule);
	// The match for a protocol says it by itself.
	const said = rule.matches.some(match => match.name === name);
	const comment = rule.matches.find(match => match.name === 'comment')?.options[0]?.values[0];
	const words = [
		...before,
		...(protocol && !said ? [`ip protocol ${protocol.negated ? '!= ' : ''}${name}`] : []),
		...after,
		...rule.matches.map(match => own(match) ?? nativeMatch(match) ?? translateMatch(match, name)),
		'counter',
		...(rule.target ? [translateTarget(rule.target)] : []),
		...(comment === undefined ? [] : [`comment "${comment}"`]),
	].filter(Boolean);
	return words.some(word => /^xt (?:match|target) "/.test(word)) ? undefined : words.join(' ');
}

/** The extension's words for what nf_tables says in others. */
function own(match: Extension): string | undefined {
	const [option] = match.options;
	if (match.name === 'mark') {
		const [value, mask] = (option?.values[0] ?? '').split('/');
		const differs = option?.negated ? '!= ' : '';
		return mask === undefined ? `mark ${differs}${value}` : `mark and ${mask} ${option?.negated ? '!=' : '=='} ${value}`;
	}

	const text = match.name === 'limit' ? nativeMatch(match) : undefined;
	return text === undefined || text.includes(' burst ') ? text : `${text} burst 5 packets`;
}
