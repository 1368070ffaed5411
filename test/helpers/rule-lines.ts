import fc from 'fast-check';

const octet = fc.integer({min: 0, max: 255});
const address = fc.tuple(octet, octet, octet, octet).map(parts => parts.join('.'));
const prefix = fc.tuple(address, fc.integer({min: 1, max: 32})).map(([base, length]) => `${base}/${length}`);
const port = fc.integer({min: 0, max: 65_535}).map(String);
const maybeNot = fc.constantFrom('', '! ');
const text = fc.string({minLength: 1, maxLength: 20}).map(value => value.replace(/["\\'\n\r\t!]/g, 'x').trim() || 'x');

const match = fc.oneof(
	fc.tuple(maybeNot, port).map(([not, value]) => `-m tcp ${not}--dport ${value}`),
	text.map(value => `-m comment --comment "${value}"`),
	fc.tuple(maybeNot, fc.constantFrom('0x4000/0x4000', '0x1', '16384')).map(([not, value]) => `-m mark ${not}--mark ${value}`),
	fc
		.tuple(maybeNot, fc.constantFrom('NEW', 'related,established', 'INVALID', 'DNAT,NEW'))
		.map(([not, value]) => `-m conntrack ${not}--ctstate ${value}`),
	fc.double({min: 0, max: 1, noNaN: true}).map(value => `-m statistic --mode random --probability ${value.toFixed(10)}`),
	fc.constantFrom(
		'-m addrtype --dst-type local',
		'-m recent --name X --set',
		'-m recent --rcheck --name X --seconds 9 --reap',
		'-m multiport --dports 80,443,1000:2000',
		'-m limit --limit 5/minute',
		'-m nfacct --nfacct-name n',
	),
);
const target = fc.constantFrom(
	'-j ACCEPT',
	'-j DROP',
	'-j REJECT',
	'-j MARK --or-mark 0x4000',
	'-j MARK --xor-mark 0x4000',
	'-j MARK --set-mark 7',
	'-j RETURN',
	'-j LOG --log-prefix "a b"',
	'-j CONNMARK --save-mark',
	'',
);

/** Of two `-m tcp` in one rule the nft variant lists the last only. */
const nameOf = (words: string) => words.split(' ')[1]!;

/** A rule of the filter table as a hand may write it, without its chain. */
export const ruleLine = fc
	.tuple(
		fc.option(prefix),
		fc.option(address),
		fc.option(fc.constantFrom('eth0', 'cali+')),
		fc.uniqueArray(match, {maxLength: 3, selector: nameOf}),
		target,
	)
	.map(([source, destination, device, matches, jump]) =>
		[`-p tcp`, source && `-s ${source}`, destination && `-d ${destination}`, device && `-i ${device}`, ...matches, jump]
			.filter(Boolean)
			.join(' '),
	);
