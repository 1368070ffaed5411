import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import netClient from '../../source/commands/net-client/index.js';
import {createLab, runCommand} from '../helpers/client-machine.js';

const folder = new URL('../data/net-client/', import.meta.url);

/** Recordings that need what this little network or its servers have not, each with the reason. */
const skipped: Readonly<Record<string, string>> = {
	'curl-cacert-wrongname': 'a TLS server',
	'curl-k': 'a TLS server',
	'curl-tls-selfsigned': 'a TLS server',
	'curl-empty-reply': 'a shell pipeline with a listening nc',
	'nct-zv-open': 'nc.traditional, which no image here has',
	'bb-ifconfig': "net-admin's",
	'bb-ip-addr': "net-admin's",
	'bb-wget-spider-timeout': 'a busybox without --timeout; ours is 1.36, which has it',
	'bb-nc-v': 'the banner of another busybox build',
	'host-ok': 'a host that asks no MX',
	'telnet-open': 'a shell pipeline with pauses',
	'bb-telnet-open': 'a shell pipeline with pauses',
};

/** What differs from run to run. */
const normal = (text: string): string =>
	text
		.replaceAll(/\r?[^\n]*\r(?=[ \d]{3} )/g, match => match)
		.replaceAll(/id: \d+/g, 'id: N')
		.replaceAll(/COOKIE: [0-9a-f]+/g, 'COOKIE: X')
		.replaceAll(/WHEN: .*/g, 'WHEN: T')
		.replaceAll(/Query time: \d+/g, 'Query time: N')
		.replaceAll(/after \d+ (ms|milliseconds)/g, 'after N $1')
		.replaceAll(/time[= ][\d.]+ ?ms/g, 'time N ms')
		.replaceAll(/[\d.]+ ms/g, 'N ms')
		.replaceAll(/= [\d.]+(\/[\d.]+){2,3} ms|= [\d.]+(\/[\d.]+){2} N ms|= ([\d.]+\/){2,3}N ms/g, '= R ms')
		.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'T')
		.replaceAll(/\([\d.]+ [KM]B\/s\)/g, '(R)')
		.replaceAll(/ [\d.]+K=[\d.]+s/g, ' R')
		.replaceAll(/ +\d+ {6}0 --:--:-- --:--:-- --:--:-- +\d+/g, ' R')
		.replaceAll(/ +\d+ {6}0 --:--:-- {2}0:00:0\d --:--:-- +\d+/g, ' R')
		.replaceAll(/T, .*?GMT/g, 'T')
		.replaceAll('\u001b[K', '');

const names = readdirSync(folder).filter(name => name.endsWith('.txt'));
for (const name of names) {
	const id = name.replace(/(\.tty)?\.txt$/, '');
	const tty = name.endsWith('.tty.txt');
	const [first = '', ...lines] = readFileSync(new URL(name, folder), 'utf8').split('\n');
	const exit = Number(/^\[exit (\d+)\]$/.exec(lines.at(-2) ?? '')?.[1]);
	const expected = `${lines.slice(0, -2).join('\n')}\n`.replace(/^\n$/, '');
	const words = split(first.replace(/^\$ /, ''));
	const busybox = words[0] === 'busybox';
	const argv = busybox ? words.slice(1) : words;
	const command = netClient.find(each => each.name === argv[0]);
	if (skipped[id] || !command || first.includes('|') || Number.isNaN(exit)) continue;
	test(name, t => {
		const lab = createLab();
		if (id.startsWith('dnsdown'))
			lab.files.set('/etc/resolv.conf', 'search default.svc.cluster.local\nnameserver 192.168.56.10\noptions ndots:5\n');
		if (id.startsWith('dnsblack'))
			lab.files.set('/etc/resolv.conf', 'search default.svc.cluster.local\nnameserver 198.51.100.53\noptions ndots:5\n');
		const ran = runCommand(
			command,
			lab.machine(busybox),
			argv.filter(word => word !== '</dev/null'),
			{tty},
		);
		t.is(ran.exitCode, exit, ran.both);
		t.deepEqual(sections(ran.both), sections(expected));
	});
}

/** Streams were recorded together, standard output last where it was buffered: lines count, not the order of the streams. */
function sections(text: string): string[] {
	return normal(text)
		.split('\n')
		.flatMap(line => line.split(/(?<=R)(?=\r)|(?=\* {3}Trying)|(?=curl: \(6\))/))
		.map(line => line.replace(/\r/g, ''))
		.filter(line => line !== '')
		.sort();
}

function split(line: string): string[] {
	return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(match => (match[1] === undefined ? match[2]! : match[1]));
}
