import type {Namespace} from '../../../net/namespace.js';
import {strftime} from '../../../sim/strftime.js';
import type {Run} from '../../../shell/command.js';
import {stackOf, type ToolIo} from '../tool.js';
import {IpFailure, NotSimulated} from './failure.js';
import {addressText, addressesOf, firstLine, type IpOptions, lifetime, linkLine} from './print.js';
import {ipNeighbour} from './neighbour.js';
import {ipRoute} from './route.js';
import {ipRule} from './rule.js';

/** How long it sleeps between two looks at what changed. */
const lookEveryMs = 200;

type Kind = 'address' | 'link' | 'route' | 'neigh' | 'rule';
type Texts = ReadonlyMap<string, string>;

/** What there is of each kind: by what makes it the same thing, and as it is told. In the order in which the kernel would tell. */
const kinds: ReadonlyArray<readonly [kind: Kind, label: string, read: (stack: Namespace, options: IpOptions) => Texts]> = [
	[
		'address',
		'ADDR',
		stack =>
			new Map(
				stack.links
					.list()
					.flatMap(link =>
						addressesOf(stack, link, undefined).map(each => [
							`${link.index} ${each.address}/${each.prefix}`,
							`${link.index}: ${link.name}    ${addressText(link, each)}\n${lifetime}\n`,
						]),
					),
			),
	],
	[
		'link',
		'LINK',
		stack =>
			new Map(
				stack.links
					.list()
					.map(link => [String(link.index), `${firstLine(stack, link, false).replace(/ qlen \d+$/, ' ')}\n${linkLine(stack, link)}\n`]),
			),
	],
	[
		'route',
		'ROUTE',
		(stack, options) => lines(ipRoute(stack, ['show', 'table', 'all'], options).replaceAll(' linkdown', ''), line => line),
	],
	['neigh', 'NEIGH', (stack, options) => lines(ipNeighbour(stack, ['show'], options), line => line.split(' ', 3).join(' '))],
	['rule', 'RULE', (stack, options) => lines(ipRule(stack, ['show'], options), line => line)],
];
const lines = (text: string, key: (line: string) => string): Texts => new Map((text.match(/.+\n/g) ?? []).map(line => [key(line), line]));
const untold = /^(?:maddress|mroute|prefix|netconf|nsid|nexthop|stats|file|dev|tunnel)$/;

/** `ip monitor [all|link|address|route|neigh|rule] [label]`: what changes, until it is stopped. */
export function* ipMonitor(io: ToolIo, words: readonly string[], options: IpOptions): Run {
	const asked = new Set<Kind>();
	let label = false;
	for (const word of words) {
		const kind = kinds.find(([name]) => name.startsWith(word))?.[0];
		if (word === 'label') label = true;
		else if (kind) asked.add(kind);
		else if (untold.test(word)) throw new NotSimulated(`ip monitor ${word}`);
		else if (word !== 'all') throw new IpFailure(255, `Argument "${word}" is unknown, try "ip monitor help".`);
	}
	const told = kinds.filter(([kind]) => asked.size === 0 || asked.has(kind));
	const stack = stackOf(io);
	const look = () => told.map(([, , read]) => read(stack, options));
	let before = look();
	for (;;) {
		yield {sleepMs: lookEveryMs};
		const now = look();
		for (const [i, [, name]] of told.entries()) tell(io, `${stamp(io, options)}${label ? `[${name}]` : ''}`, before[i]!, now[i]!);
		before = now;
	}
}

function stamp({machine: {sim}}: ToolIo, {stamps}: IpOptions): string {
	const now = sim.clock.now();
	const part = String(now % 1000).padStart(3, '0');
	if (stamps === 'short') return `[${strftime('%FT%T', now)}.${part}000] `;
	return stamps === 'long' ? `Timestamp: ${strftime('%a %b %e %T %Y', now)} ${Number(part) * 1000} usec\n` : '';
}

function tell(io: ToolIo, label: string, before: Texts, now: Texts): void {
	for (const [key, text] of now) if (before.get(key) !== text) io.out(`${label}${text}`);
	for (const [key, text] of before) if (!now.has(key)) io.out(`${label}Deleted ${text}`);
}
