import {decodeDns, type DnsMessage, type DnsRecord} from '../../../net/dns-message.js';

const rcodeNames: Readonly<Record<string, string>> = {
	FORMERR: ' FormErr',
	SERVFAIL: ' ServFail',
	NXDOMAIN: ' NXDomain',
	NOTIMP: ' NotImp',
	REFUSED: ' Refused',
};

/** A question or an answer of DNS as print-domain.c tells it; undefined when it is none. */
export function dnsText(bytes: Uint8Array, verbose: number): string | undefined {
	const message = decodeDns(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
	if (!message) return undefined;
	return message.response ? answerText(message, verbose) : questionText(message);
}

function questionText({id, recursionDesired, question, edns}: DnsMessage): string {
	return `${id}${recursionDesired ? '+' : ''}${edns ? ' [1au]' : ''} ${question.type}? ${question.name}`;
}

function answerText(message: DnsMessage, verbose: number): string {
	const {id, rcode, authoritative, recursionAvailable, truncated, question, answers, authorities, additionals, edns} = message;
	const marks = `${rcodeNames[rcode] ?? ''}${authoritative ? '*' : ''}${recursionAvailable ? '' : '-'}${truncated ? '|' : ''}`;
	const counts = `${answers.length}/${authorities.length}/${additionals.length + (edns ? 1 : 0)}`;
	const asked = verbose > 1 ? ` q: ${question.type}? ${question.name}` : '';
	const told = answers.map(record => recordText(record, verbose)).join(', ');
	const more = verbose > 1 && authorities.length > 0 ? ` ns: ${authorities.map(record => recordText(record, verbose)).join(', ')}` : '';
	return `${id}${marks}${asked} ${counts}${told && ` ${told}`}${more}`;
}

function recordText({name, type, ttl, data}: DnsRecord, verbose: number): string {
	const who = verbose > 0 ? `${name} ` : '';
	const lives = verbose > 2 ? `[${spanText(ttl)}] ` : '';
	if (type === 'SOA' && verbose < 2) return `${who}SOA`;
	if (type === 'SRV') {
		const [priority, weight, port, target] = data.split(' ');
		return `${who}${lives}SRV ${target}:${port} ${priority} ${weight}`;
	}

	return `${who}${lives}${type} ${data}`;
}

/** 90 is `1m30s`. */
function spanText(seconds: number): string {
	if (seconds === 0) return '0s';
	const units = [
		['w', 604_800],
		['d', 86_400],
		['h', 3600],
		['m', 60],
		['s', 1],
	] as const;
	let rest = seconds;
	return units
		.map(([name, size]) => {
			const count = Math.floor(rest / size);
			rest -= count * size;
			return count > 0 ? `${count}${name}` : '';
		})
		.join('');
}
