import {
	AUTHENTIC_DATA,
	AUTHORITATIVE_ANSWER,
	CHECKING_DISABLED,
	decode,
	encode,
	type Packet,
	RECURSION_AVAILABLE,
	RECURSION_DESIRED,
	TRUNCATED_RESPONSE,
} from 'dns-packet';

/** One DNS message. Names are absolute (`web.default.svc.cluster.local.`); record data is in presentation form (`0 100 80 web.default.`). */
export interface DnsMessage {
	readonly id: number;
	readonly response: boolean;
	readonly rcode: Rcode;
	readonly authoritative?: boolean;
	readonly truncated?: boolean;
	readonly recursionDesired?: boolean;
	readonly recursionAvailable?: boolean;
	readonly authenticData?: boolean;
	readonly checkingDisabled?: boolean;
	/** `class` where it is not IN. */
	readonly question: {readonly name: string; readonly type: string; readonly class?: string};
	readonly answers: readonly DnsRecord[];
	readonly authorities: readonly DnsRecord[];
	readonly additionals: readonly DnsRecord[];
	/** EDNS: the sender's buffer size, and its cookie in hex. */
	readonly edns?: {readonly udpSize: number; readonly cookie?: string};
}

export interface DnsRecord {
	readonly name: string;
	readonly type: string;
	readonly ttl: number;
	readonly data: string;
}

export const rcodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;
export type Rcode = (typeof rcodes)[number];

const responseFlag = 1 << 15;
const cookieOption = 10;
const fromAbsolute = (name: string) => (name.endsWith('.') && name !== '.' ? name.slice(0, -1) : name);
const toAbsolute = (name: string) => (name.endsWith('.') ? name : `${name}.`);

/** Types that the codec knows by their numbers only. */
const newTypes: Readonly<Record<string, number>> = {SVCB: 64, HTTPS: 65};

const typeToWire = (type: string): string => {
	const number = newTypes[type] ?? /^TYPE(\d+)$/.exec(type)?.[1];
	return number === undefined ? type : `UNKNOWN_${number}`;
};

function typeFromWire(type: string): string {
	const number = /^UNKNOWN_(\d+)$/.exec(type)?.[1];
	if (number === undefined) return type;
	return Object.keys(newTypes).find(name => newTypes[name] === Number(number)) ?? `TYPE${number}`;
}

/** Bytes on the wire, as latin-1 text. */
export function encodeDns(message: DnsMessage): string {
	let flags: number = rcodes.indexOf(message.rcode);
	if (message.response) flags |= responseFlag;
	if (message.authoritative) flags |= AUTHORITATIVE_ANSWER;
	if (message.truncated) flags |= TRUNCATED_RESPONSE;
	if (message.recursionDesired) flags |= RECURSION_DESIRED;
	if (message.recursionAvailable) flags |= RECURSION_AVAILABLE;
	if (message.authenticData) flags |= AUTHENTIC_DATA;
	if (message.checkingDisabled) flags |= CHECKING_DISABLED;
	const packet = {
		id: message.id,
		type: message.response ? 'response' : 'query',
		flags,
		questions: [
			{name: fromAbsolute(message.question.name), type: typeToWire(message.question.type), class: message.question.class ?? 'IN'},
		],
		answers: message.answers.map(toWire),
		authorities: message.authorities.map(toWire),
		additionals: [...message.additionals.map(toWire), ...(message.edns ? [ednsRecord(message.edns)] : [])],
	};
	return encode(packet as unknown as Packet).toString('latin1');
}

const ednsRecord = ({udpSize, cookie}: NonNullable<DnsMessage['edns']>) => ({
	type: 'OPT',
	name: '.',
	udpPayloadSize: udpSize,
	flags: 0,
	options: cookie ? [{code: cookieOption, data: Buffer.from(cookie, 'hex')}] : [],
});

/** Undefined when the bytes are no DNS message with one question. */
export function decodeDns(bytes: string): DnsMessage | undefined {
	let packet: any;
	try {
		packet = decode(Buffer.from(bytes, 'latin1'));
	} catch {
		return undefined;
	}

	const question = packet.questions?.[0];
	if (!question) return undefined;
	const opt = packet.additionals?.find((record: any) => record.type === 'OPT');
	const cookie = opt?.options?.find((option: any) => option.code === cookieOption)?.data?.toString('hex');
	const records = (list: any[] | undefined) => (list ?? []).filter(record => record.type !== 'OPT').map(fromWire);
	const flags: number = packet.flags;
	return {
		id: packet.id,
		response: packet.type === 'response',
		rcode: rcodes[flags & 15] ?? 'SERVFAIL',
		authoritative: (flags & AUTHORITATIVE_ANSWER) !== 0,
		truncated: (flags & TRUNCATED_RESPONSE) !== 0,
		recursionDesired: (flags & RECURSION_DESIRED) !== 0,
		recursionAvailable: (flags & RECURSION_AVAILABLE) !== 0,
		authenticData: (flags & AUTHENTIC_DATA) !== 0,
		checkingDisabled: (flags & CHECKING_DISABLED) !== 0,
		question: {
			name: toAbsolute(question.name),
			type: typeFromWire(question.type),
			...(question.class !== 'IN' && {class: question.class}),
		},
		answers: records(packet.answers),
		authorities: records(packet.authorities),
		additionals: records(packet.additionals),
		...(opt && {edns: {udpSize: opt.udpPayloadSize, ...(cookie && {cookie})}}),
	};
}

function toWire({name, type, ttl, data}: DnsRecord) {
	const words = data.split(' ');
	const shape = {name: fromAbsolute(name), type, ttl, class: 'IN'};
	switch (type) {
		case 'SRV':
			return {
				...shape,
				data: {priority: Number(words[0]), weight: Number(words[1]), port: Number(words[2]), target: fromAbsolute(words[3]!)},
			};
		case 'SOA': {
			const [mname, rname, serial, refresh, retry, expire, minimum] = words as [string, string, string, string, string, string, string];
			const numbers = {
				serial: Number(serial),
				refresh: Number(refresh),
				retry: Number(retry),
				expire: Number(expire),
				minimum: Number(minimum),
			};
			return {...shape, data: {mname: fromAbsolute(mname), rname: fromAbsolute(rname), ...numbers}};
		}

		case 'MX':
			return {...shape, data: {preference: Number(words[0]), exchange: fromAbsolute(words[1]!)}};
		case 'TXT':
			return {...shape, data: data.replace(/^"|"$/g, '')};
		case 'CNAME':
		case 'NS':
		case 'PTR':
			return {...shape, data: fromAbsolute(data)};
		default:
			return {...shape, data};
	}
}

function fromWire({name, type, ttl, data}: any): DnsRecord {
	const shape = {name: toAbsolute(name), type, ttl: ttl ?? 0};
	switch (type) {
		case 'SRV':
			return {...shape, data: `${data.priority} ${data.weight} ${data.port} ${toAbsolute(data.target)}`};
		case 'SOA':
			return {
				...shape,
				data: `${toAbsolute(data.mname)} ${toAbsolute(data.rname)} ${data.serial} ${data.refresh} ${data.retry} ${data.expire} ${data.minimum}`,
			};
		case 'MX':
			return {...shape, data: `${data.preference} ${toAbsolute(data.exchange)}`};
		case 'TXT':
			return {...shape, data: `"${Buffer.isBuffer(data) ? data.toString('latin1') : Array.isArray(data) ? data.join('') : data}"`};
		case 'CNAME':
		case 'NS':
		case 'PTR':
			return {...shape, data: toAbsolute(data)};
		default:
			return {...shape, data: String(data)};
	}
}
