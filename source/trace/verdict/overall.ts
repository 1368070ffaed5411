import {whyNoName} from './no-name.js';
import type {Owners} from '../explain/owners.js';
import type {Conversation, Trace, Verdict} from '../trace.js';

/** Of all that was asked, what decided: the last request that was no name look-up, or the look-up that failed. */
export function overall(conversations: readonly Conversation[], result: Trace['result'], owners: Owners): Verdict {
	const lookups = conversations.filter(isLookup);
	const main = conversations.findLast(each => !isLookup(each));
	const complaint = result.stderr.trim().split('\n')[0] ?? '';
	if (main) {
		const ended = result.exitCode !== 0 && main.verdict.kind === 'answered' && complaint !== '';
		return ended ? {...main.verdict, sentence: `${main.verdict.sentence}, but ${complaint}`} : main.verdict;
	}
	const found = lookups.findLast(each => each.verdict.kind === 'answered');
	if (found) return found.verdict;
	const last = lookups.at(-1);
	if (!last) return {kind: 'not-sent', sentence: `nothing was sent: ${complaint || 'the command asks the network nothing'}`};
	if (last.verdict.kind !== 'no-name')
		return {
			...last.verdict,
			kind: 'no-name',
			sentence: `the name does not resolve: DNS server ${last.destination}: ${last.verdict.sentence}`,
		};
	const names = [...new Set(lookups.map(each => each.asks!.split(' ')[0]!))];
	const who = / said (.*)$/.exec(last.verdict.sentence)?.[1] ?? last.destination;
	const asked = names.length > 1 ? ` (asked for ${names.join(', ')})` : '';
	// Hosts have the name server of their own network; only pods ask CoreDNS.
	const hint =
		names[0]!.includes('.svc.') && !who.startsWith('pod ')
			? '; names of Services are for those who ask the DNS of the cluster, as pods do'
			: '';
	const why = whyNoName(names[0]!, owners);
	return {...last.verdict, sentence: `the name does not resolve: ${who} knows no ${names[0]}${asked}${hint}${why && `; ${why}`}`};
}

export const isLookup = (conversation: Conversation): boolean => conversation.asks !== undefined;
