import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** As GNU's tools of Debian 12 printed it. */
const printed: ReadonlyArray<readonly [line: string, output: string]> = [
	[String.raw`printf 'a\tb\n\tc\n' | expand -t 4 | cat -A`, 'a   b$\n    c$\n'],
	[String.raw`printf '        a        b  c\n' | unexpand -a | cat -A`, '^Ia^I b  c$\n'],
	['expand -t 5,2 /dev/null', 'expand: tab sizes must be ascending\n'],
	[
		String.raw`seq 4 > n; printf 'a\nb\n' > l; paste -d, n l; paste -sd+ n; seq 6 | paste - -`,
		'1,a\n2,b\n3,\n4,\n1+2+3+4\n1\t2\n3\t4\n5\t6\n',
	],
	['seq 10 > s; split -l 4 s; ls x*; cat xac', 'xaa\nxab\nxac\n9\n10\n'],
	['split -a 1 -b 1 s z', ''],
	[String.raw`printf 'hello\0wo\0world\n' > b; strings -n 2 -t d b`, '      0 hello\n      6 wo\n      9 world\n'],
	['cmp s n 2>&1; cmp n l', 'cmp: EOF on n after byte 8, line 4\nn l differ: byte 1, line 1\n'],
	['cksum s; sum s; sum -s s', '944657915 21 s\n29633     1 s\n674 1 s\n'],
	[
		'dd if=s of=t bs=2 count=3 skip=1 status=none; cat t; dd if=nofile',
		"2\n3\n4\ndd: failed to open 'nofile': No such file or directory\n",
	],
	['truncate -s 5K t; truncate -s +1 t; wc -c t; fallocate -l 1M u; ls -l u | cut -d" " -f5', '5121 t\n1048576\n'],
	[
		`echo '{"a":1,"b":2,"l":[1,2,3,4],"10":0}' > j; jq -c 'del(.a,.l[0,2])' j; jq -c 'walk(if type == "number" then . + 1 else . end)' j`,
		'{"b":2,"l":[2,4],"10":0}\n{"a":2,"b":3,"l":[2,3,4,5],"10":1}\n',
	],
	[
		`jq -c '(.l[]|select(.>2))|=.*10|.b+=5' j; jq -r '.l|@csv,@sh' j; jq -cn '[{"k":"x","v":1}]|from_entries,[.[]|.k]'`,
		'{"a":1,"b":7,"l":[1,2,30,40],"10":0}\n1,2,3,4\n1 2 3 4\n{"x":1}\n["x"]\n',
	],
	[
		`jq '.a.b' j; echo '{a:1}' | jq .; jq -cn '"a1b2"|[scan("[0-9]")],gsub("[0-9]";"-"),capture("(?<x>[0-9])")'`,
		'["1","2"]\n"a-b-"\n{"x":"1"}\njq: error (at j:1): Cannot index number with "b"\nparse error: Invalid numeric literal at line 1, column 3\n',
	],
	['LC_ALL=C date +%a >/dev/null; LC_ALL=C date | grep -c " [AP]M "; date | grep -c " [AP]M "', '0\n1\n'],
];

test('small tools print what GNU prints', async t => {
	const player = createPlayer(createCluster());
	await player.play('mkdir /tmp/w; cd /tmp/w');
	for (const [line, output] of printed) {
		const {stdout, stderr} = await player.play(line);
		t.is(stdout + stderr, output, line);
	}
});
