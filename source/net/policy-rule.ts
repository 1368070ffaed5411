import type {Table} from '../sim/state.js';
import {inPrefix, parseIpv4, parsePrefix} from './address.js';
import type {Packet} from './packet.js';
import {derived, type Space} from './space.js';

/** Which routing table answers for which packets (`ip rule`): asked in the order of `priority`, until a table has a route. */
export interface PolicyRule {
	readonly priority: number;
	readonly not?: boolean;
	/** CIDR each; absent: from and to everywhere. */
	readonly source?: string;
	readonly destination?: string;
	readonly mark?: number;
	readonly mask?: number;
	/** `lo`: what is made here. */
	readonly inLink?: string;
	readonly protocol?: Packet['protocol'];
	readonly sourcePorts?: PortRange;
	readonly destinationPorts?: PortRange;
	readonly table?: number;
	/** Instead of a table. */
	readonly action?: 'unreachable' | 'blackhole' | 'prohibit';
	/** Routes of at most this prefix length do not count. */
	readonly suppressLength?: number;
}

export type PortRange = readonly [low: number, high: number];

/** What a rule can ask of a packet that has to be routed. */
export type Routed = Pick<Packet, 'protocol' | 'source' | 'sourcePort' | 'destinationPort' | 'mark'>;

export const tableNumbers: Readonly<Record<string, number>> = {local: 255, main: 254, default: 253};

const born: readonly PolicyRule[] = [
	{priority: 0, table: 255},
	{priority: 32_766, table: 254},
	{priority: 32_767, table: 253},
];

export interface PolicyRules {
	readonly rows: () => Table<readonly PolicyRule[]>;
	list(): readonly PolicyRule[];
	set(rules: readonly PolicyRule[]): void;
	/** Rules that hold for the packet, in order; undefined: nobody changed them, so that local and main decide. */
	chosen(destination: string, packet: Routed | undefined, inLink: string): Iterable<PolicyRule> | undefined;
}

export function createPolicyRules(space: Space): PolicyRules {
	const rows = space.table<readonly PolicyRule[]>('policy-rules');
	const tests = derived(rows, () =>
		rows()
			.get('all')
			?.map(rule => ({rule, holds: testOf(rule)})),
	);
	return {
		rows,
		list: () => rows().get('all') ?? born,
		set: rules =>
			void rows().set(
				'all',
				[...rules].sort((a, b) => a.priority - b.priority),
			),
		chosen(destination, packet, inLink) {
			const all = tests();
			return all?.filter(({holds}) => holds(parseIpv4(destination) ?? 0, packet, inLink)).map(({rule}) => rule);
		},
	};
}

type Test = (destination: number, packet: Routed | undefined, inLink: string) => boolean;

/** Models net/ipv4/fib_rules.c, fib4_rule_match. */
function testOf(rule: PolicyRule): Test {
	const source = rule.source === undefined ? undefined : parsePrefix(rule.source);
	const target = rule.destination === undefined ? undefined : parsePrefix(rule.destination);
	const mask = rule.mask ?? 0xff_ff_ff_ff;
	const holds: Test = (destination, packet, inLink) =>
		(!source || inPrefix(parseIpv4(packet?.source ?? '') ?? 0, source)) &&
		(!target || inPrefix(destination, target)) &&
		(rule.mark === undefined || (((packet?.mark ?? 0) ^ rule.mark) & mask) === 0) &&
		(rule.inLink === undefined || rule.inLink === inLink) &&
		(rule.protocol === undefined || rule.protocol === packet?.protocol) &&
		within(rule.sourcePorts, packet?.sourcePort) &&
		within(rule.destinationPorts, packet?.destinationPort);
	return rule.not ? (...asked) => !holds(...asked) : holds;
}

const within = (range: PortRange | undefined, port = 0): boolean => !range || (port >= range[0] && port <= range[1]);
