import {quoteText} from '../text.js';
import type {Packet} from '../../packet.js';
import {type MatchKind, type MatchOptions, not} from '../match-kind.js';
import {usageError} from '../iptables.js';

const algorithms = ['bm', 'kmp'];
const offset = {words: 1, range: [0, 65_535]} as const;

/** `|0d 0a|` between bars, plain text outside. */
const fromHex = (text: string): string =>
	text.replace(/\|([^|]*)\|/g, (_, hex: string) =>
		hex.replace(/\s/g, '').replace(/[0-9a-f]{2}/gi, pair => String.fromCharCode(Number.parseInt(pair, 16))),
	);

/** Where a packet's own bytes begin: `--from` and `--to` count from the IP header. */
const headerOf = (packet: Packet): number => packet.length - (packet.payload?.length ?? 0);

/** Looks for bytes in one packet; what is cut in two by a segment's end is not found. */
const match: MatchKind = {
	name: 'string',
	options: {
		string: {words: 1, negatable: true, without: ['hex-string']},
		'hex-string': {words: 1, negatable: true, without: ['string']},
		algo: {words: 1, needed: true},
		from: offset,
		to: offset,
		icase: {},
	},
	finish(options) {
		if (!options['string'] && !options['hex-string']) throw usageError("STRING match: You must specify `--string' or `--hex-string'");
		return options;
	},
	refusedAs: options => (algorithms.includes(options['algo']!.value) ? undefined : 'No such file or directory'),
	save(options) {
		const {from, to, icase, algo} = options;
		const bounds = `${from ? ` --from ${from.value}` : ''}${to ? ` --to ${to.value}` : ''}`;
		return ` ${wanted(options)} --algo ${algo!.value}${bounds}${icase ? ' --icase' : ''}`;
	},
	list(options) {
		const {from, to, icase, algo} = options;
		const {value, negated} = (options['string'] ?? options['hex-string'])!;
		const bounds = `${from ? ` FROM ${from.value}` : ''}${to ? ` TO ${to.value}` : ''}`;
		return ` STRING match ${negated ? '!' : ''} "${value}" ALGO name ${algo!.value}${bounds}${icase ? ' ICASE' : ''}`;
	},
	compile(options) {
		const {string, from, to, icase} = options;
		const {value, negated} = (string ?? options['hex-string'])!;
		const fold = (text: string) => (icase ? text.toLowerCase() : text);
		const needle = fold(string ? value : fromHex(value));
		return ({packet}) => {
			const header = headerOf(packet);
			const start = Math.max(0, Number(from?.value ?? 0) - header);
			const end = to ? Number(to.value) - header : undefined;
			const at = fold(packet.payload ?? '').indexOf(needle, start);
			return (at >= 0 && (end === undefined || at <= end)) !== negated;
		};
	},
};
export default match;

function wanted(options: MatchOptions): string {
	const name = options['string'] ? 'string' : 'hex-string';
	const {value} = options[name]!;
	// Always in quotation marks.
	const quoted = quoteText(value);
	return `${not(options[name])}--${name} ${quoted.startsWith('"') ? quoted : `"${quoted}"`}`;
}
