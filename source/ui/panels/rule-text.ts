const comment = /-m comment --comment ("(?:[^"\\]|\\.)*"|\S+) ?/g;

/** What a rule of iptables does, and what is only said of it: side by side there is no room for the comment first. */
export function withoutComment(rule: string): [does: string, says: string] {
	const said = [...rule.matchAll(comment)].map(match => match[1]!.replace(/^"(.*)"$/s, '$1'));
	return [rule.replaceAll(comment, '').trimEnd(), said.join(' ')];
}

/** In one line: the comment comes last. */
export function commentLast(rule: string): string {
	const [does, says] = withoutComment(rule);
	return says ? `${does}  # ${says}` : does;
}
