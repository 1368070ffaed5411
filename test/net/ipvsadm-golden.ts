import {readdirSync} from 'node:fs';
import test from 'ava';
import {large, listConnections, listServices} from '../../source/commands/net-admin/ipvsadm/list.js';
import {dataFile, recording, runTool, words, world} from '../helpers/net-world.js';

/** The table that most sessions were recorded with; ` --pe ...` there is an accident of the recorder. */
const recordedServers = () => recording('ipvs/03-Sn.txt')[0]!.text.replace(/ --pe.*/g, '');

/** Their numbers and connections were made up by the recorder's stand-in kernel (below), or (03) hold its stray bytes. */
const made = ['03-Sn', '04-', '05-', '06-', '07-', '08-', '09-', '10-', '11-'];
const files = readdirSync(new URL('../data/net/ipvs', import.meta.url)).filter(name => /^(\d\d|err)-/.test(name));

for (const file of files.filter(name => !made.some(start => name.startsWith(start)))) {
	test(`ipvsadm prints what was recorded: ${file}`, t => {
		const here = world();
		const stack = here.network.namespace('node');
		if (!/^2\d-/.test(file)) runTool(here, stack, ['ipvsadm', '-R'], recordedServers());
		for (const {command, text, exitCode} of recording(`ipvs/${file}`)) {
			const piped = /^printf -- '(.*)' \| (.*)$/.exec(command);
			const ran = runTool(here, stack, words(piped ? piped[2]! : command), piped ? piped[1]!.replaceAll('\\n', '\n') : '');
			t.is(ran.text, text);
			t.is(ran.exitCode, exitCode);
		}
	});
}

test('ipvsadm -Sn prints what was restored', t => {
	const here = world();
	const stack = here.network.namespace('node');
	runTool(here, stack, ['ipvsadm', '-R'], recordedServers());
	t.is(runTool(here, stack, ['ipvsadm', '-Sn']).text, recordedServers());
});

/** The rows of a recorded list: those of a virtual server, and below it those of its real servers. */
const rows = (file: string) =>
	recording(`ipvs/${file}`)[0]!
		.text.split('\n')
		.slice(3)
		.map(line => line.trim().split(/\s+/))
		.filter(words => words.length > 1);
const place = (text: string) => ({address: text.split(':')[0]!, port: Number(text.split(':')[1])});

test("the stand-in kernel's numbers in every layout", t => {
	const rates = new Map<object, number[]>();
	const services: {[key: string]: unknown; servers: object[]}[] = [];
	const [exact, rate, thresholds, persistent] = [
		'07-Ln-stats-exact.txt',
		'06-Ln-rate.txt',
		'08-Ln-thresholds.txt',
		'09-Ln-persistent-conn.txt',
	].map(file => rows(file)) as [string[][], string[][], string[][], string[][]];
	for (const [at, words] of rows('04-Ln-with-traffic-and-draining-weight0.txt').entries()) {
		const [connections, inPackets, outPackets, inBytes, outBytes] = exact[at]!.slice(2).map(Number);
		const stats = {connections, inPackets, outPackets, inBytes, outBytes};
		const [first = '', name = '', ...more] = words;
		const row =
			first === '->'
				? {
						...{...place(name), forward: more[0], weight: Number(more[1]), stats},
						...{activeConnections: Number(more[2]), inactiveConnections: Number(more[3])},
						...{persistentConnections: Number(persistent[at]![3]), upperThreshold: Number(thresholds[at]![2])},
					}
				: {
						...{protocol: first.toLowerCase(), ...place(name), scheduler: more[0], stats, servers: []},
						...(more[1] === 'persistent' && {persistentSeconds: Number(more[2])}),
					};
		rates.set(row, rate[at]!.slice(2).map(Number));
		if ('servers' in row) services.push(row);
		else services.at(-1)!.servers.unshift(row);
	}
	const layouts = {
		'04-Ln-with-traffic-and-draining-weight0.txt': ['plain', false],
		'05-Ln-stats.txt': ['stats', false],
		'06-Ln-rate.txt': ['rate', false],
		'07-Ln-stats-exact.txt': ['stats', true],
		'08-Ln-thresholds.txt': ['thresholds', false],
		'09-Ln-persistent-conn.txt': ['persistent-conn', false],
	} as const;
	for (const [file, [layout, isExact]] of Object.entries(layouts)) {
		const options = {layout, exact: isExact, sort: false, single: false, name: (address: string, port: number) => `${address}:${port}`};
		const text = listServices(services as never, {...options, rates: (service, server) => rates.get(server ?? service) as never});
		t.is(text, recording(`ipvs/${file}`)[0]!.text, file);
	}
});

for (const file of ['10-Lnc.txt', '11-Lnc-persistent.txt'])
	test(`the stand-in kernel's connections: ${file}`, t => {
		const {text} = recording(`ipvs/${file}`)[0]!;
		const connections = [...text.matchAll(/^(TCP|UDP) +(\d+):(\d+) +(\S+) +(\S+) +(\S+) +(\S+)$/gm)].map(
			([, protocol = '', minutes, seconds, state = '', client = '', virtual = '', server = '']) => ({
				...{protocol: protocol.toLowerCase() as 'tcp', state, client: place(client), virtual: place(virtual), server: place(server)},
				expiresMs: (Number(minutes) * 60 + Number(seconds)) * 1000,
			}),
		);
		t.is(
			listConnections(connections, 0, file.includes('persistent'), (address, port) => `${address}:${port}`),
			text,
		);
	});

test('ipvsadm -Ln after the commands for a whole kubeadm cluster', t => {
	const here = world();
	const stack = here.network.namespace('node');
	runTool(here, stack, ['ipvsadm', '-R'], dataFile('ipvs/kubeadm.ipvsadm'));
	const [want] = recording('ipvs/kubeadm.ipvsadm-Ln.txt');
	t.is(runTool(here, stack, ['ipvsadm', '-Ln']).text, want!.text);
});

test('large numbers are cut off in steps, exact ones are not', t => {
	t.deepEqual(
		[99_999_999, 123_456_789, 9_876_543_210, 123_456_789_012, 9_876_543_210_123].map(value => large(value, false)),
		[' 99999999', '  123456K', '    9876M', '     123G', '    9876G'],
	);
	t.deepEqual(
		[12, 41_152_263, 123_456_789, 9_876_543_210_123].map(value => large(value, true)),
		['       12', ' 41152263', ' 123456789', ' 9876543210123'],
	);
});
