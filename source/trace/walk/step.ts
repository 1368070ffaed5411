import type {Kernel} from '../../net/kernel.js';
import type {Packet} from '../../net/packet.js';
import type {Hop} from '../../net/trace.js';
import {explain} from '../explain/explain.js';
import {endsOf} from './journey.js';
import type {Origin} from './origin.js';
import type {Owners} from '../explain/owners.js';

/** One hop as it is printed: what happened to the packet, where, by which rule, and whose rule that is. */
export interface Step {
	/** `k8s-node1`, `pod default/web-1`. */
	readonly where: string;
	/** A netfilter hook, or LINK, ROUTE, ARP, IPVS, SOCKET, ICMP, CONNTRACK. */
	readonly hook: string;
	readonly device?: string;
	readonly table?: string;
	readonly chain?: string;
	/** From 1, as `iptables -L --line-numbers` counts. */
	readonly rule?: number;
	readonly text?: string;
	/** Rules of the chain that were looked at before this one, since the last match, and did not match. */
	readonly passed?: number;
	readonly verdict: string;
	readonly note?: string;
	readonly origin?: Origin;
	readonly before: Ends;
	/** When an address, a port or the mark changed. */
	readonly after?: Ends;
	/** False: it matched, but nothing came of it. */
	readonly matters: boolean;
}

export interface Ends {
	readonly source: string;
	readonly destination: string;
	readonly mark?: string;
}

const ends = (packet: Packet): Ends => {
	const [source, destination] = endsOf(packet);
	return {source, destination, ...(packet.mark !== 0 && {mark: `0x${packet.mark.toString(16)}`})};
};

/** What changes a packet's addresses; the change itself is a hop of its own, right after the table. */
const translators = new Set(['DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT', 'NETMAP']);
const finals = new Set(['DROP', 'REJECT', 'ACCEPT', ...translators]);

/** The steps of one packet. */
export function stepsOf(hops: readonly Hop[], owners: Owners, kernelOf: (where: string) => Kernel | undefined): Step[] {
	const steps: Step[] = [];
	for (let at = 0; at < hops.length; ) {
		const hop = hops[at]!;
		const end = hop.table && hop.chain ? walkEnd(hops, at) : at + 1;
		if (end > at + 1 || hop.chain) steps.push(...walkSteps(hops.slice(at, end), hops[end], owners, kernelOf(hop.where)));
		else if (!isTranslation(hop) || !translators.has(steps.at(-1)?.verdict ?? '')) steps.push(plainStep(hop, owners));
		at = end;
	}
	return steps;
}

const isTranslation = (hop: Hop | undefined) => hop?.verdict === 'translated' && hop.chain === undefined;

function walkEnd(hops: readonly Hop[], start: number): number {
	const {where, hook, table} = hops[start]!;
	let end = start;
	while (end < hops.length && hops[end]!.chain && hops[end]!.where === where && hops[end]!.hook === hook && hops[end]!.table === table)
		end++;
	return end;
}

function plainStep(hop: Hop, owners: Owners): Step {
	const translated = isTranslation(hop);
	return {
		where: owners.label(hop.where),
		hook: translated ? 'CONNTRACK' : hop.hook,
		...(hop.link !== undefined && {device: hop.link}),
		...(hop.text && {text: hop.text}),
		verdict: hop.hook === 'LINK' ? `${hop.verdict} ${hop.direction}` : hop.verdict,
		...(hop.note && {note: noteOf(hop, owners)}),
		...originOf(hop, owners),
		before: ends(hop.before),
		...(hop.after && {after: ends(hop.after)}),
		matters: true,
	};
}

/** Addresses and namespaces in a note get their owner's name. */
function noteOf({note = '', hook, verdict}: Hop, owners: Owners): string {
	if (hook === 'LINK') {
		const next = /^next hop (.*)$/.exec(note)?.[1];
		const holder = next && owners.holder(next);
		return holder ? `${note} (${holder})` : note;
	}
	return hook === 'ARP' && verdict === 'answered' ? note.replace(/\((pod\/[^)]+)\)/, (_, where) => `(${owners.label(where)})`) : note;
}

const originOf = (hop: Hop, owners: Owners): {origin?: Origin} => {
	const origin = explain(hop, owners);
	return origin ? {origin} : {};
};

/** One walk through a table: frames are followed so that rules which did not match can be counted. */
function walkSteps(hops: readonly Hop[], next: Hop | undefined, owners: Owners, kernel: Kernel | undefined): Step[] {
	const matters = effects(hops);
	const lastRule = new Map<string, number>();
	const frames: string[] = [];
	return hops.map((hop, at) => {
		const chain = hop.chain!;
		if (frames.includes(chain)) frames.splice(frames.indexOf(chain) + 1);
		else {
			frames.push(chain);
			lastRule.set(chain, 0);
		}
		const size = kernel?.rules.chain(hop.table as never, chain)?.rules.length ?? 0;
		const number = hop.rule ?? size + 1;
		const passed = Math.max(0, number - 1 - (lastRule.get(chain) ?? 0));
		lastRule.set(chain, number);
		const after = translators.has(hop.verdict) && isTranslation(next) ? next!.after : hop.after;
		return {
			where: owners.label(hop.where),
			hook: hop.hook,
			table: hop.table!,
			chain,
			...(hop.rule !== undefined && {rule: hop.rule}),
			...(hop.text !== undefined && {text: hop.text}),
			...(passed > 0 && {passed}),
			verdict: hop.verdict,
			...(hop.note && {note: hop.note}),
			...originOf(hop, owners),
			before: ends(hop.before),
			...(after && {after: ends(after)}),
			matters: matters[at]!,
		};
	});
}

/** A jump matters when something came of it: a decision, a change of address, a mark. */
function effects(hops: readonly Hop[]): boolean[] {
	const result = hops.map(
		({verdict, rule, before, after}) =>
			(rule === undefined && verdict === 'DROP') ||
			(rule !== undefined && finals.has(verdict)) ||
			(after !== undefined && after.mark !== before.mark),
	);
	const stack: Array<{chain: string; at: number}> = [];
	hops.forEach((hop, at) => {
		while (stack.length > 0 && stack.at(-1)!.chain !== hop.chain) stack.pop();
		// The rules that led here are those that still stand open in the chains above.
		if (stack.length === 0) stack.push({chain: hop.chain!, at});
		else stack.at(-1)!.at = at;
		if (result[at]) for (const {at: opener} of stack) result[opener] = true;
		if (hops[at + 1]?.chain === hop.verdict) stack.push({chain: hop.verdict, at: at + 1});
	});
	return result;
}
