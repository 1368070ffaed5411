import test from 'ava';
import fc from 'fast-check';
import {IptablesError} from '../../source/net/iptables/iptables.js';
import {printRule} from '../../source/net/iptables/rule-print.js';
import {readRuleText} from '../../source/net/iptables/rule-spec.js';
import {cluster, get, runTool, words, world} from '../helpers/net-world.js';
import {ruleLine as rule} from '../helpers/rule-lines.js';
import {IpSetError} from '../../source/net/ipset/ip-set-error.js';

test('the printed spelling of a rule reads back as the same rule', t => {
	fc.assert(
		fc.property(rule, line => {
			const [spec] = readRuleText(line, 4).specs;
			const [again] = readRuleText(spec!.text, 4).specs;
			t.deepEqual(again, spec);
			t.is(printRule(spec!.parsed), spec!.text);
		}),
		{numRuns: 300, seed: 7},
	);
	t.pass();
});

test('what is saved, restored and saved again is the same', t => {
	fc.assert(
		fc.property(fc.array(rule, {maxLength: 12}), lines => {
			const stack = world().network.namespace('n');
			stack.iptables.restore(`*filter\n:A - [0:0]\n${lines.map((line, i) => `-A ${i % 2 ? 'A' : 'INPUT'} ${line}\n`).join('')}COMMIT\n`, {
				noflush: true,
			});
			const saved = stack.iptables.save('filter', {counters: true});
			const other = world().network.namespace('n');
			other.iptables.restore(saved, {counters: true});
			t.is(other.iptables.save('filter', {counters: true}), saved);
		}),
		{numRuns: 100, seed: 7},
	);
	t.pass();
});

const vocabulary = [
	'-t',
	'nat',
	'filter',
	'-A',
	'-I',
	'-D',
	'-R',
	'-N',
	'-X',
	'-L',
	'-S',
	'-F',
	'-P',
	'-C',
	'-E',
	'-Z',
	'INPUT',
	'X',
	'1',
	'0',
	'-1',
	'-p',
	'tcp',
	'-m',
	'tcp',
	'--dport',
	'80',
	'!',
	'-j',
	'DROP',
	'DNAT',
	'--to-destination',
	'1.2.3.4:5',
	'-s',
	'1.2.3.4/8',
	'-n',
	'-v',
	'--line-numbers',
	'-w',
	'list',
	'add',
	'create',
	'hash:ip,port',
	'hash:ip',
	'foo',
	'10.0.0.1,tcp:80',
	'-a',
	'-r',
	'-u',
	'-d',
	'dev',
	'eth0',
	'lo',
	'show',
	'addr',
	'route',
	'link',
	'set',
	'up',
	'via',
	'10.0.0.1',
	'default',
	'',
	'-',
	'--',
	'\u0000',
	'ä',
	'"',
	'-o',
	'state',
	'established',
	'sport',
	'=',
	':80',
	'net.ipv4.ip_forward',
	'net.ipv4.ip_forward=1',
	'-w',
	'-a',
	'ip_vs',
	'-exist',
];

test('no command line makes a tool fail in another way than the tool fails', t => {
	const made = world();
	const stack = made.network.namespace('n');
	stack.links.add({name: 'eth0', type: 'ethernet', mac: '00:00:00:00:00:01', mtu: 1500, up: true, carrier: true, segment: 'lan'});
	const tools = [
		'iptables',
		'ip6tables',
		'iptables-save',
		'iptables-restore',
		'ipvsadm',
		'ipset',
		'conntrack',
		'ip',
		'ss',
		'netstat',
		'route',
		'ifconfig',
		'arp',
		'sysctl',
		'lsmod',
		'modprobe',
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...tools),
			fc.array(fc.oneof(fc.constantFrom(...vocabulary), fc.string({maxLength: 6})), {maxLength: 10}),
			(tool, args) => {
				const {exitCode} = runTool(made, stack, [tool, ...args], args.join(' '));
				t.true(Number.isInteger(exitCode));
			},
		),
		{numRuns: 2000, seed: 7},
	);
	t.pass();
});

test('the programmatic ways in throw their own errors only', t => {
	const stack = world().network.namespace('n');
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...vocabulary, '*nat', ':X - [0:0]', 'COMMIT', '\n'), {maxLength: 20}), parts => {
			try {
				stack.iptables.restore(parts.join(' ').replaceAll(' \n ', '\n'));
			} catch (error) {
				t.true(error instanceof IptablesError);
			}
			try {
				stack.ipsets.create(parts[0] ?? '', parts[1] ?? '');
				stack.ipsets.add(parts[0] ?? '', parts[2] ?? '');
			} catch (error) {
				t.true(error instanceof IpSetError);
			}
		}),
		{numRuns: 500, seed: 7},
	);
	t.pass();
});

test('the tables of connections stay bounded', t => {
	const {pods, node1, sim} = cluster();
	node1.iptables.command(words('-t nat -A POSTROUTING -j MASQUERADE'));
	for (let i = 0; i < 3000; i++) {
		get(pods[0], '10.244.2.2', 80);
		sim.clock.advance(1000);
	}
	const rows = (name: string) => sim.state.table(name).size;
	t.true(rows('net/node1/conntrack') < 1500, String(rows('net/node1/conntrack')));
	t.true(rows('net/pod/10.244.2.2/connections') < 700);
	t.true(node1.conntrack.entries().length <= 121);
	node1.setSysctl('net.netfilter.nf_conntrack_max', '5');
	t.is(get(pods[0], '10.244.2.2', 80), 'timeout');
});
