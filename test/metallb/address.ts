import test from 'ava';
import fc from 'fast-check';
import {contains, formatIp, formatPrefix, parseCidr, parseIp, sizeOf, summarize} from '../../source/images/metallb/address.js';

const rewritten = (text: string) => {
	const ip = parseIp(text);
	return ip && formatIp(ip);
};

test('addresses are read and printed as Go does', t => {
	const cases: Record<string, string | undefined> = {
		'1.2.3.4': '1.2.3.4',
		'01.2.3.4': undefined,
		'1.2.3': undefined,
		'1.2.3.256': undefined,
		'::': '::',
		'1000::0001': '1000::1',
		'fc00:f853:0ccd:e799::': 'fc00:f853:ccd:e799::',
		'1:0:0:2:0:0:0:3': '1:0:0:2::3',
		'1:0:2:3:4:5:6:7': '1:0:2:3:4:5:6:7',
		'::ffff:1.2.3.4': '1.2.3.4',
		'1::2::3': undefined,
		'1:2:3:4:5:6:7': undefined,
		'12345::': undefined,
		'fe80::1%eth0': undefined,
	};
	for (const [text, wanted] of Object.entries(cases)) t.is(rewritten(text), wanted, text);
});

test('prefixes lose their host bits', t => {
	t.is(formatPrefix(parseCidr('10.0.0.77/24')!), '10.0.0.0/24');
	for (const text of ['10.0.0.0/33', '10.0.0.0', '10.0.0.0/', ' 10.0.0.0/8', '1000::/129']) t.is(parseCidr(text), undefined, text);
});

test('a range becomes the fewest prefixes', t => {
	const texts = summarize(parseIp('1.1.1.1')!, parseIp('1.1.1.100')!).map(formatPrefix);
	t.deepEqual(texts, [
		'1.1.1.1/32',
		'1.1.1.2/31',
		'1.1.1.4/30',
		'1.1.1.8/29',
		'1.1.1.16/28',
		'1.1.1.32/27',
		'1.1.1.64/27',
		'1.1.1.96/30',
		'1.1.1.100/32',
	]);
});

test('the prefixes of a range cover it, each address once', t => {
	const address = fc.bigInt({min: 0n, max: 2n ** 32n - 1n});
	fc.assert(
		fc.property(address, address, address, (a, b, probe) => {
			const [low, high] = a < b ? [a, b] : [b, a];
			const prefixes = summarize({family: 'ipv4', value: low}, {family: 'ipv4', value: high});
			t.is(
				prefixes.reduce((sum, prefix) => sum + sizeOf(prefix), 0n),
				high - low + 1n,
			);
			const holders = prefixes.filter(prefix => contains(prefix, {family: 'ipv4', value: probe})).length;
			t.is(holders, probe >= low && probe <= high ? 1 : 0);
		}),
	);
});
