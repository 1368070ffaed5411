import test from 'ava';
import {IptablesError} from '../../source/net/iptables/iptables.js';
import {runTool, words, world} from '../helpers/net-world.js';

function machine() {
	const made = world();
	const stack = made.network.namespace('n');
	const run = (line: string) => runTool(made, stack, words(line));
	return {made, stack, run};
}

const spellings: ReadonlyArray<readonly [written: string, printed: string]> = [
	['-m tcp -p tcp -d 10.96.0.1 --dport 443 -j DROP', '-d 10.96.0.1/32 -p tcp -m tcp --dport 443 -j DROP'],
	['-p 6 --dport https -j ACCEPT', '-p tcp -m tcp --dport 443 -j ACCEPT'],
	['-ptcp --sport 1000: ! --dport :80', '-p tcp -m tcp --sport 1000:65535 ! --dport 0:80'],
	['-p tcp --syn -j DROP', '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP'],
	['-m comment --comment ns2/svc2:p80 -j DROP', '-m comment --comment "ns2/svc2:p80" -j DROP'],
	['-m comment --comment plain_word-1', '-m comment --comment plain_word-1'],
	['-j MARK --or-mark 0x4000', '-j MARK --set-xmark 0x4000/0x4000'],
	['-j MARK --xor-mark 0x4000', '-j MARK --set-xmark 0x4000/0x0'],
	['-j MARK --set-mark 1', '-j MARK --set-xmark 0x1/0xffffffff'],
	['-j REJECT', '-j REJECT --reject-with icmp-port-unreachable'],
	['-m recent --name N --set', '-m recent --set --name N --mask 255.255.255.255 --rsource'],
	['-m nfacct --nfacct-name X', '-m nfacct --nfacct-name  X'],
	['-m statistic --mode random --probability 0.3333333333', '-m statistic --mode random --probability 0.33333333349'],
	['-s 10.1.2.3/255.255.0.0 ! -i eth0 -o cali+', '-s 10.1.0.0/16 ! -i eth0 -o cali+'],
	['-p icmp --icmp-type echo-request -j ACCEPT', '-p icmp -m icmp --icmp-type 8 -j ACCEPT'],
	['-m state --state ESTABLISHED,RELATED -j ACCEPT', '-m state --state RELATED,ESTABLISHED -j ACCEPT'],
	['-g X', '-g X'],
];

for (const [written, printed] of spellings) {
	test(`one spelling is printed: ${written}`, t => {
		const {stack, run} = machine();
		run('iptables -N X');
		t.is(run(`iptables -A FORWARD ${written}`).text, '');
		t.is(run('iptables -S FORWARD').text, `-P FORWARD ACCEPT\n-A FORWARD ${printed}\n`);
		t.true(stack.iptables.check('filter', 'FORWARD', written));
		t.is(run(`iptables -C FORWARD ${written}`).exitCode, 0);
		t.is(run(`iptables -D FORWARD ${written}`).exitCode, 0);
	});
}

const refusals: ReadonlyArray<readonly [line: string, text: string, exitCode: number]> = [
	['iptables -A INPUT -p nope', 'iptables v1.8.9 (nf_tables): unknown protocol "nope" specified', 2],
	['iptables -A INPUT -m nope', "iptables v1.8.9 (nf_tables): Couldn't load match `nope':No such file or directory\n", 2],
	['iptables -A INPUT --dport 80', 'iptables v1.8.9 (nf_tables): unknown option "--dport"', 2],
	['iptables -A INPUT -m set --match-set NO dst', "iptables v1.8.9 (nf_tables): Set NO doesn't exist.\n", 2],
	['iptables -D INPUT 9', 'iptables: Index of deletion too big.', 1],
	['iptables -R INPUT 9 -j DROP', 'iptables: Index of replacement too big.', 1],
	['iptables -P X DROP', 'iptables: Bad built-in chain name.', 1],
	['iptables -P INPUT NOPE', "iptables: Bad policy name. Run `dmesg' for more information.", 1],
	['iptables -X NOPE', 'iptables: No chain/target/match by that name.', 1],
	['iptables -A X -j X', 'iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Too many links): rule in chain X', 4],
	[
		'iptables -A INPUT -j DNAT --to-destination 1.2.3.4',
		'iptables v1.8.9 (nf_tables):  RULE_APPEND failed (Invalid argument): rule in chain INPUT',
		4,
	],
	['ip6tables -A INPUT -s 1.2.3.4', "ip6tables v1.8.9 (nf_tables): host/network `1.2.3.4' not found", 2],
];

for (const [line, text, exitCode] of refusals) {
	test(`refused in iptables' words: ${line}`, t => {
		const {run} = machine();
		run('iptables -N X');
		const name = line.split(' ')[0];
		const help = exitCode === 2 ? `Try \`${name} -h' or '${name} --help' for more information.\n` : '';
		t.deepEqual(run(line), {text: `${text}\n${help}`, exitCode});
	});
}

test('clusters of letters, long names and their beginnings', t => {
	const {run} = machine();
	run('iptables --table=nat --append POSTROUTING --source 10.0.0.0/8 --jump MASQUERADE');
	run('iptables -t nat -A PREROUTING -p tcp --dport 1 -j DNAT --to 1.2.3.4:5');
	const numbered = run('iptables -tnat -nvL POSTROUTING --line').text;
	t.is(numbered.split('\n')[2], '1        0     0 MASQUERADE  0    --  *      *       10.0.0.0/8           0.0.0.0/0           ');
	t.true(run('iptables -t nat -S').text.includes('--to-destination 1.2.3.4:5'));
});

test('several sources become several rules', t => {
	const {run} = machine();
	run('iptables -A INPUT -s 1.1.1.1,2.2.2.2 -j DROP');
	t.is(run('iptables -S INPUT').text, '-P INPUT ACCEPT\n-A INPUT -s 1.1.1.1/32 -j DROP\n-A INPUT -s 2.2.2.2/32 -j DROP\n');
});

test('insert, replace, rename, zero, flush and policy', t => {
	const {run, stack} = machine();
	for (const line of [
		'-N A',
		'-A A -j DROP',
		'-I A -j ACCEPT',
		'-I A 2 -s 1.1.1.1 -j DROP',
		'-R A 3 -j RETURN',
		'-E A B',
		'-P FORWARD DROP',
	])
		t.is(run(`iptables ${line}`).exitCode, 0, line);
	t.is(
		run('iptables -S').text,
		'-P INPUT ACCEPT\n-P FORWARD DROP\n-P OUTPUT ACCEPT\n-N B\n-A B -j ACCEPT\n-A B -s 1.1.1.1/32 -j DROP\n-A B -j RETURN\n',
	);
	stack.iptables.restore('*filter\n:B - [0:0]\n[5:300] -A B -j ACCEPT\nCOMMIT\n', {noflush: true, counters: true});
	t.is(run('iptables -S B -v').text, '-N B\n-A B -c 5 300 -j ACCEPT\n');
	run('iptables -Z B');
	t.is(run('iptables -S B -v').text, '-N B\n-A B -c 0 0 -j ACCEPT\n');
	run('iptables -F');
	t.is(run('iptables -X').exitCode, 0);
	t.is(run('iptables -S').text, '-P INPUT ACCEPT\n-P FORWARD DROP\n-P OUTPUT ACCEPT\n');
});

test('a restore that fails changes nothing and names the line', t => {
	const {stack, run} = machine();
	run('iptables -A INPUT -j DROP');
	const before = stack.iptables.save('filter');
	const cases: ReadonlyArray<readonly [text: string, message: RegExp, exitCode: number]> = [
		[
			'*filter\n:INPUT ACCEPT [0:0]\n-A NOPE -j DROP\nCOMMIT\n',
			/^iptables-restore: line 3 failed: No chain\/target\/match by that name\.$/,
			1,
		],
		[
			'*filter\n-A INPUT --bogus\nCOMMIT\n',
			/^iptables-restore v1\.8\.9 \(nf_tables\): unknown option "--bogus"\nError occurred at line: 2\nTry `iptables-restore -h' or/,
			2,
		],
		['*filter\n-A INPUT -j ACCEPT\n', /^iptables-restore: COMMIT expected at line/, 1],
		['-A INPUT -j ACCEPT\n', /^iptables-restore: line 1 failed$/, 1],
	];
	for (const [text, message, exitCode] of cases) {
		const error = t.throws(() => stack.iptables.restore(text), {instanceOf: IptablesError});
		t.regex(error!.message, message);
		t.is(error!.exitCode, exitCode);
		t.is(stack.iptables.save('filter'), before);
	}
});

test('with noflush only the chains that are named change; without it all go', t => {
	const {stack, run} = machine();
	for (const line of ['-N A', '-N B', '-A A -j DROP', '-A B -j DROP', '-A INPUT -j A']) run(`iptables ${line}`);
	stack.iptables.restore('*filter\n:A - [0:0]\n:C - [0:0]\n-A A -j C\n-A C -j ACCEPT\nCOMMIT\n', {noflush: true});
	t.is(
		run('iptables -S').text,
		'-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-N A\n-N B\n-N C\n-A INPUT -j A\n-A A -j C\n-A B -j DROP\n-A C -j ACCEPT\n',
	);
	t.throws(() => stack.iptables.restore('*filter\n-X C\nCOMMIT\n', {noflush: true}), {
		message: /CHAIN_DEL failed \(Device or resource busy\): chain C/,
	});
	stack.iptables.restore('*filter\n:A - [0:0]\n-X C\nCOMMIT\n', {noflush: true});
	stack.iptables.restore('*filter\nCOMMIT\n');
	t.is(run('iptables -S').text, '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n');
});

test('a comment may look like an option', t => {
	const {run} = machine();
	t.is(run('iptables -A INPUT -m comment --comment "-foo" -jDROP').text, '');
	t.is(run('iptables -S INPUT').text, '-P INPUT ACCEPT\n-A INPUT -m comment --comment -foo -j DROP\n');
});

test('nobody drops in the nat table', t => {
	const {stack, run} = machine();
	const says =
		"iptables v1.8.9 (nf_tables): \nThe \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n\nTry `iptables -h' or 'iptables --help' for more information.\n";
	for (const line of [
		'iptables -t nat -A OUTPUT -p tcp -j DROP',
		'iptables -t nat -I PREROUTING -j DROP',
		'iptables -t nat -P PREROUTING DROP',
	])
		t.deepEqual(run(line), {text: says, exitCode: 2}, line);
	t.is(stack.iptables.table('nat')?.chains.flatMap(chain => chain.rules).length ?? 0, 0);
});
