import {arpType, type Decoded} from './decoded.js';
import {etherLength} from './frame.js';

/** `tcp[13:2] & 0x02 != 0`: bytes of a packet compared with a number. */
export interface ByteTest {
	readonly protocol: string;
	readonly offset: number;
	readonly size: number;
	readonly mask: number;
	readonly relation: string;
	readonly value: number;
}

const names: Readonly<Record<string, number>> = {
	tcpflags: 13,
	'tcp-fin': 1,
	'tcp-syn': 2,
	'tcp-rst': 4,
	'tcp-push': 8,
	'tcp-ack': 16,
	'tcp-urg': 32,
	'tcp-ece': 64,
	'tcp-cwr': 128,
	icmptype: 0,
	icmpcode: 1,
	'icmp-echoreply': 0,
	'icmp-unreach': 3,
	'icmp-redirect': 5,
	'icmp-echo': 8,
	'icmp-timxceed': 11,
};

const shape =
	/\b(tcp|udp|icmp|ip|ether|arp)\s*\[\s*([\w-]+)\s*(?::\s*([124]))?\s*\]\s*(?:&\s*(\([^)]*\)|[\w-]+(?:\s*\|\s*[\w-]+)*)\s*)?(==|!=|>=|<=|=|>|<)\s*(\([^)]*\)|[\w-]+(?:\s*\|\s*[\w-]+)*)/g;

/** Each comparison becomes one word, so that the parentheses in it are none of the expression's. */
export function foldByteTests(text: string): {text: string; tests: ByteTest[]} {
	const tests: ByteTest[] = [];
	const folded = text.replace(
		shape,
		(whole, protocol: string, offset: string, size: string | undefined, mask: string | undefined, relation: string, value: string) => {
			const [at, bits, wanted] = [numberFrom(offset), mask === undefined ? 0xff_ff_ff_ff : numberFrom(mask), numberFrom(value)];
			if (at === undefined || bits === undefined || wanted === undefined) return whole;
			tests.push({protocol, offset: at, size: Number(size ?? 1), mask: bits, relation, value: wanted});
			return ` \u0001${tests.length - 1} `;
		},
	);
	return {text: folded, tests};
}

/** Numbers and names, joined by `|`. */
function numberFrom(text: string): number | undefined {
	let value = 0;
	for (const part of text.replace(/[()]/g, '').split('|')) {
		const word = part.trim();
		const one = Object.hasOwn(names, word) ? names[word]! : /^(0x[\da-f]+|\d+)$/i.test(word) ? Number(word) : undefined;
		if (one === undefined) return undefined;
		value |= one;
	}
	return value >>> 0;
}

const numbers: Readonly<Record<string, number>> = {tcp: 6, udp: 17, icmp: 1};

const relations: Readonly<Record<string, (own: number, wanted: number) => boolean>> = {
	'=': (own, wanted) => own === wanted,
	'==': (own, wanted) => own === wanted,
	'!=': (own, wanted) => own !== wanted,
	'>': (own, wanted) => own > wanted,
	'<': (own, wanted) => own < wanted,
	'>=': (own, wanted) => own >= wanted,
	'<=': (own, wanted) => own <= wanted,
};

export const byteTest =
	({protocol, offset, size, mask, relation, value}: ByteTest) =>
	(packet: Decoded): boolean => {
		const start = startOf(packet, protocol);
		if (start === undefined || start + offset + size > packet.bytes.length) return false;
		let own = 0;
		for (let at = 0; at < size; at++) own = own * 256 + packet.bytes[start + offset + at]!;
		return relations[relation]!((own & mask) >>> 0, value);
	};

function startOf({ip, etherType}: Decoded, protocol: string): number | undefined {
	if (protocol === 'ether') return 0;
	if (protocol === 'arp') return etherType === arpType ? etherLength : undefined;
	if (!ip) return undefined;
	if (protocol === 'ip') return ip.at;
	return ip.protocol === numbers[protocol] ? ip.body : undefined;
}
