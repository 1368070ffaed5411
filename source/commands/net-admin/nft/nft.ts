import {tool, refuse, type ToolIo} from '../tool.js';
import {change} from './change.js';
import {listing, type ListOptions} from './listing.js';
import {findPlace, families, isFamily, NftError, type Place, tablesOf} from './place.js';

/** Of iptables' tables, all of which it can list and empty; rules are written with iptables. */
export default tool({
	name: 'nft',
	summary: 'list nftables tables',
	path: '/usr/sbin/nft',
	run(io) {
		try {
			return run(io);
		} catch (error) {
			if (!(error instanceof NftError)) throw error;
			io.err(`${error.message}\n`);
			return 1;
		}
	},
});

const release = 'nftables v1.0.9 (Old Doc Yak #3)\n';

function run(io: ToolIo): number {
	const args = io.argv.slice(1);
	const given = args.filter(arg => /^-[a-zA-Z]+$/.test(arg)).flatMap(arg => [...arg.slice(1)]);
	const words = args.filter(arg => !arg.startsWith('-'));
	if (given.includes('v') || args.includes('--version')) {
		io.out(release);
		return 0;
	}
	if (given.includes('V')) {
		io.out(`${release}  cli:\t\teditline\n  json:\t\tyes\n  minigmp:\tno\n  libxtables:\tyes\n`);
		return 0;
	}

	const long = args.filter(arg => arg.startsWith('--'));
	const options: ListOptions = {
		stateless: given.includes('s') || long.includes('--stateless'),
		numeric: given.includes('n') || long.includes('--numeric'),
	};
	const strange = given.some(letter => !'nst'.includes(letter)) || long.some(arg => !/^--(?:numeric|stateless|terse)$/.test(arg));
	if (strange) return refuse(io, io.argv.join(' '));
	if (words.length === 0) throw new NftError('nft: no command specified');
	const [verb = '', what = ''] = words;
	if (verb === 'list') return list(io, words, options);
	if (/^(?:flush|delete)$/.test(verb) && /^(?:ruleset|table|chain)$/.test(what)) return change(io, verb, what, placeOf(words, what));
	return refuse(io, io.argv.join(' '));
}

const placeOf = (words: readonly string[], what: string): Place =>
	findPlace(words, what === 'chain' ? ['table', 'chain'] : what === 'table' ? ['table'] : []);

/** Objects of which iptables makes none: their tables are named, or nothing is. */
const nothingOf: Readonly<Record<string, 'tables' | 'nothing'>> = {
	sets: 'tables',
	maps: 'tables',
	meters: 'tables',
	flowtables: 'tables',
	counters: 'nothing',
	quotas: 'nothing',
	limits: 'nothing',
	hooks: 'nothing',
};

function list(io: ToolIo, words: readonly string[], options: ListOptions): number {
	const [, what] = words;
	const line = words.join(' ');
	if (what === undefined) throw new NftError(`Error: syntax error, unexpected newline\n${line}\n${' '.repeat(line.length)}^`);
	if (what === 'table' || what === 'chain') {
		listing(io, placeOf(words, what), {...options, rules: true});
		return 0;
	}
	const empty = Object.hasOwn(nothingOf, what) ? nothingOf[what] : undefined;
	if (!empty && !/^(?:ruleset|tables|chains)$/.test(what)) {
		if (/^(?:set|map|meter|flowtable|counter|quota|limit|ct|synproxys?|secmarks?|rules)$/.test(what)) return refuse(io, io.argv.join(' '));
		throw new NftError(`Error: syntax error, unexpected string\n${line}\n${' '.repeat(5)}${'^'.repeat(what.length)}`);
	}
	const [, , family] = words;
	if (family !== undefined && !isFamily(family))
		throw new NftError(
			`Error: syntax error, unexpected string, expecting end of file or newline or semicolon\n${line}\n${' '.repeat(line.indexOf(family, what.length + 5))}${'^'.repeat(family.length)}`,
		);
	if (empty === 'nothing') return 0;
	for (const each of families) {
		if (family !== undefined && family !== each) continue;
		for (const table of tablesOf(io, each)) {
			if (what === 'tables') io.out(`table ${each} ${table}\n`);
			else if (empty) io.out(`table ${each} ${table} {\n}\n`);
			else listing(io, {family: each, table}, {...options, rules: what === 'ruleset'});
		}
	}
	return 0;
}
