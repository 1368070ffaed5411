import {parseIpv4} from '../../../net/address.js';
import {DigProblem, invalidOption, numberOf, UnsimulatedDig} from './dig-problem.js';
import type {DigOutput} from './dig-query.js';

/** Flags by their full names: a beginning that fits only one is enough. */
const plusFlags =
	'short all answer question authority additional stats comments cmd time tries retry timeout tcp vc search defname recurse rdflag edns cookie ttlid ttlunits class dnssec do ignore identify multiline qr yaml bufsize adflag cdflag aaflag aaonly zflag ndots domain'.split(
		' ',
	);
/** Taken, without anything to be seen of them in a world without DNSSEC, proxies or IPv6. */
const silentFlags =
	'besteffort onesoa nsid subnet expire keepopen keepalive fail badcookie mapped padding raflag tcflag coflag crypto rrcomments split expandaaaa ednsnegotiation'.split(
		' ',
	);
const unsimulatedFlags =
	'trace nssearch ednsopt ednsflags showsearch unknownformat header-only opcode idnin idnout dns64prefix https http-plain tls'.split(' ');
const canonical: Readonly<Record<string, string>> = {
	timeout: 'time',
	vc: 'tcp',
	defname: 'search',
	rdflag: 'recurse',
	do: 'dnssec',
	aaonly: 'aaflag',
};
const sections = ['answer', 'question', 'authority', 'additional', 'stats', 'comments'];
const counts: Readonly<Record<string, string>> = {
	time: 'timeout',
	tries: 'tries',
	retry: 'retries',
	bufsize: 'buffer size',
	ndots: 'ndots',
};

export type Flags = Map<string, string | boolean>;

/** One `+flag`, for the query that it stands behind; what `output` holds is said of the whole line. */
export function readFlag(flags: Flags, output: DigOutput, word: string): void {
	const [given = '', value] = word.slice(1).split('=', 2);
	const isOff = given.startsWith('no') && matches(given.slice(2)).length > 0;
	const found = matches(isOff ? given.slice(2) : given);
	const [name] = found;
	if (name === undefined || found.length > 1) throw invalidOption(word);
	if (unsimulatedFlags.includes(name)) throw new UnsimulatedDig(`dig ${word}`);
	if (name === 'subnet' && !isOff && parseIpv4((value ?? '').split('/')[0]!) === undefined)
		throw new DigProblem(1, {err: `dig: invalid address '${value ?? ''}'\n`});
	const flag = canonical[name] ?? name;
	if (counts[flag] && !isOff) {
		if (value !== undefined) flags.set(flag, String(numberOf(value, counts[flag], 65_535, 10)));
		else if (flag !== 'bufsize') throw invalidOption(word);
	} else if (flag === 'domain') {
		if (value === undefined) throw invalidOption(word);
		flags.set('domain', value).set('search', true);
	} else if (flag === 'all') {
		for (const section of sections) flags.set(section, !isOff);
		output.cmd = !isOff;
	} else if (flag === 'cmd') output.cmd = !isOff;
	else if (flag === 'yaml') Object.assign(output, {yaml: !isOff, ...(!isOff && {cmd: false})});
	else if (flag === 'short') short(flags, output, !isOff);
	else flags.set(flag, !isOff);
}

/** Taken back, it leaves hidden what it hid. */
function short(flags: Flags, output: DigOutput, isOn: boolean): void {
	output.short = isOn;
	if (!isOn) return;
	output.cmd = false;
	for (const section of sections) flags.set(section, section === 'answer');
}

/** An exact name is itself; a beginning is what begins so, names of one thing counted once. */
function matches(text: string): string[] {
	const all = [...plusFlags, ...silentFlags, ...unsimulatedFlags];
	if (all.includes(text)) return [text];
	if (text === '') return [];
	const found = all.filter(name => name.startsWith(text)).map(name => canonical[name] ?? name);
	return [...new Set(found)];
}
