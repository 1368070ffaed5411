import {readFileSync} from 'node:fs';
import test from 'ava';
import netAdmin from '../../source/commands/net-admin/index.js';
import type {Io} from '../../source/shell/command.js';
import {cluster, dataFile, get, words} from '../helpers/net-world.js';

const tcpdump = netAdmin.find(command => command.name === 'tcpdump')!;
/** Recorded with tcpdump 4.99.3: ping, HTTP, a refused connection, DNS and an unreachable port between two ends of a veth. */
const capture = readFileSync(new URL('../data/net/tcpdump/capture.pcap', import.meta.url));

function started(made: Pick<ReturnType<typeof cluster>, 'sim' | 'node1'>, line: string, saved: Record<string, Uint8Array> = {}) {
	const ran = {out: '', err: ''};
	const files = {
		exists: (path: string) => path in saved,
		readBytes: (path: string) => saved[path]!,
		write: (path: string, bytes: Uint8Array, {append = false} = {}) =>
			void (saved[path] = append ? Uint8Array.from([...saved[path]!, ...bytes]) : bytes),
	};
	const io = {
		argv: words(line),
		machine: {stack: made.node1, sim: made.sim, kind: 'host', files},
		path: (name: string) => name,
		out: (chunk: string) => void (ran.out += chunk),
		err: (chunk: string) => void (ran.err += chunk),
	} as unknown as Io;
	return {ran, run: tcpdump.run(io)};
}

test('a real capture is read, filtered and printed as the real tcpdump does it', t => {
	const made = cluster();
	const recorded = dataFile('tcpdump/printed.txt').split(/^### /m).slice(1);
	for (const block of recorded) {
		const at = block.indexOf('\n');
		const {ran, run} = started(made, `tcpdump -r capture.pcap ${block.slice(0, at)}`, {'capture.pcap': capture});
		t.like(run.next(), {done: true, value: 0}, block.slice(0, at));
		t.is(ran.out, block.slice(at + 1), block.slice(0, at));
	}
	t.true(recorded.length > 30);
});

for (const [line, says] of [
	['foo bar', "can't parse filter expression: syntax error"],
	['host 300.1.1.1', "invalid IPv4 address '300.1.1.1'"],
	['port abc', "unknown port 'abc'"],
	['ether host 1', 'illegal link layer address'],
	['-i nosuch', 'nosuch: No such device exists\n(No such device exists)'],
	['-r nosuch', 'nosuch: No such file or directory'],
	['-r junk', 'unknown file format'],
] as const)
	test(`tcpdump ${line}`, t => {
		const {ran, run} = started(cluster(), `tcpdump ${line}`, {junk: Uint8Array.from([1, 2, 3])});
		t.like(run.next(), {done: true, value: 1});
		t.is(ran.err, `tcpdump: ${says}\n`);
	});

test('what passes is printed while it runs, with the numbers of each connection', t => {
	const made = cluster();
	const {ran, run} = started(made, 'tcpdump -nn -i any -c 3 tcp port 80 and host 10.244.2.2');
	run.next();
	get(made.pods[0], '10.244.1.3', 80);
	get(made.pods[0], '10.244.2.2', 80);
	made.sim.clock.advance(200);
	t.true(run.next().done);
	const told = ran.out.replace(/\.\d{5}( |:)/g, '.PORT$1').replace(/(seq|ack|val|ecr) [1-9]\d+/g, '$1 N');
	const options = (stamps: string) => `options [mss 1460,sackOK,TS ${stamps},nop,wscale 7], length 0`;
	t.deepEqual(told.split('\n').slice(0, 3), [
		`02:00:00.000000 cali1024412 In  IP 10.244.1.2.PORT > 10.244.2.2.80: Flags [S], seq N, win 64240, ${options('val N ecr 0')}`,
		`02:00:00.000000 eth0  Out IP 10.244.1.2.PORT > 10.244.2.2.80: Flags [S], seq N, win 64240, ${options('val N ecr 0')}`,
		`02:00:00.000000 eth0  In  IP 10.244.2.2.80 > 10.244.1.2.PORT: Flags [S.], seq N, ack N, win 65160, ${options('val N ecr N')}`,
	]);
	t.true(ran.err.endsWith('3 packets captured\n3 packets received by filter\n0 packets dropped by kernel\n'));
});

test('what is written is read again; ARP questions and answers are frames, too', t => {
	const made = cluster();
	const saved: Record<string, Uint8Array> = {};
	const {ran, run} = started(made, 'tcpdump -nn -i eth0 -w x.pcap -c 6', saved);
	const other = started(made, 'tcpdump -nn -t -i eth0 -c 6');
	run.next();
	other.run.next();
	made.node1.neighbours.flush();
	get(made.pods[0], '10.244.2.2', 80);
	made.sim.clock.advance(200);
	t.true(run.next().done && other.run.next().done);
	t.is(ran.out, '');
	const read = started(made, 'tcpdump -nn -t -r x.pcap', saved);
	read.run.next();
	t.is(read.ran.out, other.ran.out);
	t.regex(
		read.ran.out,
		/^ARP, Request who-has 172\.25\.254\.20 tell 172\.25\.254\.10, length 28\nARP, Reply 172\.25\.254\.20 is-at \S+, length 28\n/,
	);
});
