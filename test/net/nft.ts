import test from 'ava';
import {cluster, dataFile, runTool, words} from '../helpers/net-world.js';
import {translate} from '../../source/commands/net-admin/nft/translate.js';

/** iptables-nft 1.8.9 made these rules, nft 1.0.6 listed them; from 1.0.7 on it puts the names of extensions in quotation marks. */
test('each rule of iptables is said as nft says it', t => {
	const lines = dataFile('nft/translated.txt').trimEnd().split('\n');
	t.true(lines.length > 300);
	const said = lines.map((line, i) => {
		if (i % 2 === 0) return line;
		const counted = {text: lines[i - 1]!, packets: 0, bytes: 0};
		return `\t${translate(counted, {family: 'ip', stateless: true, numeric: false}).text}`;
	});
	t.is(said.join('\n'), lines.join('\n'));
});

test('nft lists tables and chains, points at what is not there, and flushes', t => {
	const made = cluster();
	const {node1} = made;
	const nft = (line: string) => runTool(made, node1, ['nft', ...words(line)]);
	node1.iptables.command(words('-t nat -N FOO'));
	node1.iptables.command(words('-t nat -A PREROUTING -d 10.96.0.9 -j FOO'));
	node1.iptables.command(words('-t nat -A FOO -p tcp -j DNAT --to-destination 10.244.2.2'));
	t.is(nft('list tables').text, 'table ip nat\n');
	t.is(
		nft('list table nat').text,
		`# Warning: table ip nat is managed by iptables-nft, do not touch!
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		ip daddr 10.96.0.9 counter packets 0 bytes 0 jump FOO
	}

	chain INPUT {
		type nat hook input priority 100; policy accept;
	}

	chain OUTPUT {
		type nat hook output priority -100; policy accept;
	}

	chain POSTROUTING {
		type nat hook postrouting priority srcnat; policy accept;
	}

	chain FOO {
		meta l4proto tcp counter packets 0 bytes 0 dnat to 10.244.2.2
	}
}
`,
	);
	t.is(nft('-n list chain nat PREROUTING').text.split('\n')[2], '\t\ttype nat hook prerouting priority -100; policy accept;');
	t.is(nft('-s list chain ip nat FOO').text.split('\n')[3], '\t\tmeta l4proto tcp counter dnat to 10.244.2.2');
	t.deepEqual(nft('list chain ip nat NOPE'), {
		text: `Error: No such file or directory\nlist chain ip nat NOPE\n${' '.repeat(18)}^^^^\n`,
		exitCode: 1,
	});
	t.is(nft('list table ip6 nat').text, `Error: No such file or directory\nlist table ip6 nat\n${' '.repeat(15)}^^^\n`);
	t.regex(nft('delete chain ip nat FOO').text, /^Error: Could not process rule: Device or resource busy\n/);
	t.is(nft('flush chain ip nat PREROUTING').exitCode, 0);
	t.is(nft('flush table ip nat').exitCode, 0);
	t.is(nft('delete chain ip nat FOO').exitCode, 0);
	t.is(nft('flush ruleset').exitCode, 0);
	t.deepEqual(nft('list ruleset'), {text: '', exitCode: 0});
	t.is(nft('add rule ip nat FOO accept').exitCode, 125);
});

test('iptables-translate says what the real one says', t => {
	const made = cluster();
	const recorded = dataFile('nft/iptables-translate.txt')
		.trimEnd()
		.split(/\n(?!\t)/);
	t.true(recorded.length > 30);
	for (const each of recorded) {
		const [line = '', ...said] = each.split('\n');
		t.is(
			runTool(made, made.node1, words(line)).text.trimEnd(),
			said
				.map(text => text.slice(1))
				.join('\n')
				.trimEnd(),
			line,
		);
	}

	t.is(runTool(made, made.node1, words('iptables -S FOO')).exitCode, 1);
});
