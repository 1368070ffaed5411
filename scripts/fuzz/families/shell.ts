import type {Family} from '../family.js';
import {mutate, nasty} from '../mutate.js';
import {createStage} from '../world.js';

const lines: readonly string[] = [
	'for i in 1 2 3; do echo $i; done | tac | head -2 > f; cat f',
	'x=(a b "c d"); echo ${x[@]:1} ${#x[*]} ${x[0]/a/b}',
	'while read -r a b; do printf "%s-%s\\n" "$b" "$a"; done <<< "one two"',
	'f() { local n=$1; [ $n -gt 0 ] && f $((n - 1)); return $n; }; f 5; echo $?',
	'case $HOME in /root) echo yes;; *) echo no;; esac; echo {a..e}{1..3}',
	"cat <<'E' | sed -n 's/a\\(.\\)/\\1/p' | awk '{print NF, $1}'\nabc def\nE",
	'set -euo pipefail; trap "echo bye" EXIT; (exit 3) || echo $?; echo ${undefined:-none}',
	'sleep 1 & wait; jobs; kill %1; echo "$(date +%s) $RANDOM $$ $!"',
	'ls -la /etc | grep -E "pass|host" | sort -k5n | cut -d" " -f1 | uniq -c; find / -name "*.conf" -maxdepth 3',
	'echo \'{"a":[1,2,{"b":null}]}\' | jq ".a[2].b // \\"x\\"" ; echo a=1 | tr a-z A-Z | xargs -n1 echo',
	'mkdir -p /tmp/a/b; cd /tmp/a/b; touch x; ln -s x y; mv y ../z; rm -rf /tmp/a; pwd; cd -; pushd /; popd',
	'eval "echo \\$(( 2**31 + 0x1f ))"; let "a=5,b=a*2"; echo $((a?b:1)); declare -A m=([k]=v); echo ${m[k]}',
	'diff <(echo a) <(echo b); exec 3>/tmp/o; echo hi >&3; cat /tmp/o; echo ${BASH_REMATCH[1]}; [[ abc =~ (b.) ]]',
];

const family: Family = {
	name: 'shell',
	open() {
		const stage = createStage('empty');
		return {
			draw: random =>
				mutate(
					random,
					random.pick(lines),
					random.chance(1, 3) ? nasty : [...'|&;()<>{}[]$!`"\'\\\n', '&&', '||', '<<', '>>', '$((', '${', '<(', 'do', 'done', 'fi', 'esac'],
				),
			take: line => stage.run(line),
		};
	},
};
export default family;
