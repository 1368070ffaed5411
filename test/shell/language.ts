import test from 'ava';
import {fakeSession} from '../helpers/fake-machine.js';

/** A text, and what it prints in a fresh shell: as bash 5.1 does. Errors stand behind `2>&1` where they matter. */
const rows: ReadonlyArray<readonly [text: string, stdout: string, exitCode?: number]> = [
	// Words
	['echo a  b "c  d" \'e  f\' g\\ h', 'a b c  d e  f g h\n'],
	['x="a  b"; echo $x "$x"', 'a b a  b\n'],
	['x=; echo "[$x]" [$x] ${x:-d} ${x-e} ${y-f}', '[] [] d f\n'],
	[
		'x=hello; echo ${x:1:3} ${x: -2} ${#x} ${x^} ${x^^} ${x/l/L} ${x//l/L} ${x%l*} ${x%%l*} ${x#*l} ${x##*l}',
		'ell lo 5 Hello HELLO heLlo heLLo hel he lo o\n',
	],
	['f=a/b.tar.gz; echo ${f##*/} ${f%.*} ${f%%.*}', 'b.tar.gz a/b.tar a/b\n'],
	['echo {1..3} {a,b}{1,2} {01..03} {3..1}', '1 2 3 a1 a2 b1 b2 01 02 03 3 2 1\n'],
	['echo ~ ~root "~"', '/root /root ~\n'],
	['echo $((2+3*4)) $(( (1+2)**3 )) $((7/2)) $((-7%3)) $((1<2 && 0 || 5))', '14 27 3 -1 1\n'],
	['i=5; echo $((i++)) $i $((++i)) $((i+=10)); ((i>3)) && echo yes', '5 6 7 17\nyes\n'],
	[
		'((x = 3 << 2)); echo $x $((x<<=1)); echo $((1.5)); echo never\necho $?; for ((i=1; i<<2 < 9; i++)); do echo $i; done',
		'12 24\n1\n1\n2\n',
	],
	[
		'kill -l 9 TERM 137; kill -l | head -1; echo "y=7; echo in" | source /dev/stdin; source /dev/stdin <<< z=8; echo [$y] $z',
		'KILL\n15\nKILL\n 1) SIGHUP\t 2) SIGINT\t 3) SIGQUIT\t 4) SIGILL\t 5) SIGTRAP\nin\n[] 8\n',
	],
	['x=1; x=2 eval "echo \\$x"; echo $x; a=(b ab); echo ${a[@]#b} "${a[@]#b}"', '2\n1\nab  ab\n'],
	[
		'head -c 3 /dev/zero | od -An -tx1; tr -dc a-z < /dev/urandom | head -c 12 | wc -c; od -An -N4 -tu4 /dev/urandom | wc -w',
		' 00 00 00\n12\n1\n',
	],
	['echo $(echo a; echo b) "$(printf "x\\n\\n")"', 'a b x\n'],
	['echo `echo hi`', 'hi\n'],
	['cd /etc; echo host*; echo none*; echo "host*"', 'host.conf\nnone*\nhost*\n'],
	['set -- a "b c" d; echo $# "$1" "$2"; for x in "$@"; do echo "<$x>"; done; shift; echo "$*"', '3 a b c\n<a>\n<b c>\n<d>\nb c d\n'],
	['IFS=:; x=a:b::c; for y in $x; do echo "[$y]"; done', '[a]\n[b]\n[]\n[c]\n'],
	['x=v; y=x; echo ${!y}; unset x; echo "${x-unset}"', 'v\nunset\n'],
	['echo $\'a\\tb\' "a\\tb"', 'a\tb a\\tb\n'],
	// Arrays
	['a=(x "y z" w); echo ${#a[@]} "${a[1]}" ${a[-1]} "${!a[@]}"; a+=(v); echo "${a[@]:1:2}"', '3 y z w 0 1 2\ny z w\n'],
	[
		'declare -A m=([a]=1 ["b c"]=2); m[d]=3; echo ${m[a]} ${m["b c"]} ${#m[@]}; for k in "${!m[@]}"; do echo "$k"; done',
		'1 2 3\na\nb c\nd\n',
	],
	['a=(3 1 2); unset "a[1]"; echo "${a[@]}" ${!a[@]}; declare -p a', '3 2 0 2\ndeclare -a a=([0]="3" [2]="2")\n'],
	// Lists, conditions, loops
	['true && echo a || echo b; false && echo a || echo b; ! true; echo $?', 'a\nb\n1\n'],
	['if [ 1 -lt 2 ] && [[ abc == a* ]]; then echo y; else echo n; fi', 'y\n'],
	[
		'[[ a1b2 =~ ^([a-z])([0-9]) ]] && echo "${BASH_REMATCH[1]}${BASH_REMATCH[2]}"; [[ "a*" == "a*" && abc != "a*" ]] && echo lit',
		'a1\nlit\n',
	],
	['case foo.yaml in *.json) echo j;; *.y?ml|*.yml) echo y;; *) echo o;; esac', 'y\n'],
	['for ((i=0;i<3;i++)); do [ $i = 1 ] && continue; echo $i; done', '0\n2\n'],
	['i=0; while true; do i=$((i+1)); [ $i -ge 3 ] && break; done; echo $i; until [ $i -le 1 ]; do ((i--)); done; echo $i', '3\n1\n'],
	['for a in 1 2; do for b in x y; do [ $b = y ] && continue 2; echo $a$b; done; done', '1x\n2x\n'],
	['printf "a b\\nc d\\n" | while read x y; do echo "$y-$x"; done', 'b-a\nd-c\n'],
	['x=1; echo 2 | read x; echo $x; x=3 | true; (x=4); { x=5; }; echo $x', '1\n5\n'],
	// Redirections
	['echo a >/tmp/f; echo b >>/tmp/f; cat </tmp/f; echo c >/tmp/f; cat /tmp/f', 'a\nb\nc\n'],
	[
		'{ echo o; echo e >&2; } 2>/dev/null; ls /none 2>&1 | wc -l; ls /none &>/tmp/e; cat /tmp/e',
		"o\n1\nls: cannot access '/none': No such file or directory\n",
	],
	['cat <<EOF\n$((1+1)) $HOME\n  x\nEOF\ncat <<"E"\n$HOME\nE\ncat <<-E\n\ttab\n\tE', '2 /root\n  x\n$HOME\ntab\n'],
	['cat <<<"a b"; read x y <<< "1 2"; echo $y', 'a b\n2\n'],
	['diff <(echo a) <(echo a) && echo same; echo x | tee >(cat >/tmp/t) >/dev/null; cat /tmp/t', 'same\nx\n'],
	['exec 3>/tmp/g; echo a >&3; echo b >&3; exec 3>&-; cat /tmp/g', 'a\nb\n'],
	['cat /tmp/none || echo failed; cat < /tmp/none; echo $?', 'failed\n1\n'],
	// Functions and scopes
	['f() { local x=2; echo "$x $1 $#"; return 3; }; x=1; f a b; echo $? $x', '2 a 2\n3 1\n'],
	['f() { echo "$FUNCNAME"; g() { echo in; }; }; f; g; type -t f g echo kubectl if', 'f\nin\nfunction\nfunction\nbuiltin\nfile\nkeyword\n'],
	['fact() { (( $1 <= 1 )) && echo 1 || echo $(( $1 * $(fact $(($1-1))) )); }; fact 6', '720\n'],
	['alias k="kubectl get"; k pods -A', 'kubectl get pods -A\n'],
	['x=1 env | grep ^x=; echo "[$x]"; export y=2; env | grep ^y=', 'x=1\n[]\ny=2\n'],
	['readonly r=1; r=2; echo never', '', 1],
	[
		'a=(x); read a[2] <<< y; printf -v "a[1]" z; a+=([9]=n m); unset "a[1]"; a[5]=k; declare -p a',
		'declare -a a=([0]="x" [2]="y" [5]="k" [9]="n" [10]="m")\n',
	],
	['a=(x y); (a[0]=inner; a+=(z)); echo "$(a[1]=sub; echo ${a[1]})" "${a[@]}" ${a[-1]}', 'sub x y y\n'],
	// Options
	['set -e; false; echo never', '', 1],
	['set -e; false || true; if false; then :; fi; ! true; echo still', 'still\n'],
	['set -u; echo $nothing; echo never', '', 1],
	['set -o pipefail; false | true; echo $?; set +o pipefail; false | true; echo $? ${PIPESTATUS[0]}', '1\n0 1\n'],
	['exit 3', '', 3],
	['(exit 5); echo $?; bash -c "exit 6"; echo $?; sh -c \'echo $0 $1\' a b', '5\n6\na b\n'],
	['trap "echo bye" EXIT; echo hi; exit 0', 'hi\nbye\n'],
	['eval "x=1; y=\\$x"; echo $y; . /dev/null; echo \'z=9\' > /tmp/s.sh; source /tmp/s.sh; echo $z', '1\n9\n'],
	// Programs around the shell
	[
		'kubectl get pod | awk \'/proxy/{system("kubectl -n kube-system delete pods "$1)}\'',
		'kubectl -n kube-system delete pods kube-proxy-a\nkubectl -n kube-system delete pods kube-proxy-b\n',
	],
	['awk \'BEGIN{r=system("kubectl fail"); print "status", r}\' 2>/dev/null', 'status 1\n'],
	['seq 1 3 | xargs -n1 kubectl scale', 'kubectl scale 1\nkubectl scale 2\nkubectl scale 3\n'],
	["kubectl get pods | awk 'NR>1{print $1}' | grep proxy | xargs kubectl delete pod", 'kubectl delete pod kube-proxy-a kube-proxy-b\n'],
	['kubectl get pods | while read n r; do [ "$n" = NAME ] || kubectl describe pod $n; done | head -1', 'kubectl describe pod coredns-1\n'],
	['echo abc | kubectl apply -f -; kubectl apply -f - <<< ab', 'applied 4 characters\napplied 3 characters\n'],
	['for p in $(kubectl get pods | tail -n +2 | cut -d" " -f1); do kubectl logs $p; done | wc -l', '3\n'],
	['yes | head -2; echo ${PIPESTATUS[0]}', 'y\ny\n141\n'],
	[
		'cat > /tmp/check.sh <<\'EOF\'\n#!/bin/bash\nv1=0\nfor (( i=0; i<5; i++ ))\ndo\n  [ $((i%2)) -eq 0 ] && ((v1++))\ndone\necho "v1:$v1"\nEOF\nbash /tmp/check.sh; chmod +x /tmp/check.sh; /tmp/check.sh',
		'v1:3\nv1:3\n',
	],
	['printf "%s=%05.1f|%-4s|%x\\n" a 2.5 b 255; printf "%s\\n" x y', 'a=002.5|b   |ff\nx\ny\n'],
	['s=$SECONDS; sleep 90; echo $((SECONDS - s)); timeout 5 sleep 60; echo $? $((SECONDS - s))', '90\n124 95\n'],
	['kubectl wait & echo $((1+1)); wait; echo end', '2\nwaited\nend\n'],
	['sleep 30 & sleep 1; kill %1; wait $!; echo $? $SECONDS', '143 1\n'],
];

for (const [text, stdout, exitCode = 0] of rows) {
	test(text, async t => {
		const session = fakeSession();
		const result = await session.run(text);
		t.is(result.stdout, stdout, result.stderr);
		t.is(result.exitCode, exitCode);
	});
}

/** What bash complains about, in its own words. */
const complaints: ReadonlyArray<readonly [text: string, stderr: string, exitCode: number]> = [
	['nosuch', '-bash: nosuch: command not found\n', 127],
	['./nosuch', '-bash: ./nosuch: No such file or directory\n', 127],
	['/etc', '-bash: /etc: Is a directory\n', 126],
	['/etc/passwd', '-bash: /etc/passwd: Permission denied\n', 126],
	['cd /nosuch', '-bash: cd: /nosuch: No such file or directory\n', 1],
	['echo )', "-bash: syntax error near unexpected token `)'\n", 2],
	['fi', "-bash: syntax error near unexpected token `fi'\n", 2],
	['echo > /nosuch/f', '-bash: /nosuch/f: No such file or directory\n', 1],
	['readonly r=1; r=2', '-bash: r: readonly variable\n', 1],
	['bash -c "nosuch"', 'bash: line 1: nosuch: command not found\n', 127],
	['[ 1 -eq x ]', '-bash: [: x: integer expression expected\n', 2],
	['echo $((1/0))', '-bash: 1/0: division by 0 (error token is "0")\n', 1],
	['echo $((08)) never', '-bash: 08: value too great for base (error token is "08")\n', 1],
	[
		'((1+)); let b=; [[ 1? -eq 2 ]]',
		'-bash: ((: 1+: syntax error: operand expected (error token is "+")\n-bash: let: b=: syntax error: operand expected (error token is "=")\n-bash: [[: 1?: expression expected (error token is "?")\n',
		1,
	],
	['echo $((1 + $x', "-bash: unexpected EOF while looking for matching `)'\n", 2],
	['echo ${1a}; echo never', '-bash: ${1a}: bad substitution\n', 1],
	['kill -l 99; trap : NOSUCH', '-bash: kill: 99: invalid signal specification\n-bash: trap: NOSUCH: invalid signal specification\n', 1],
	[
		'kill; printf',
		'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\nprintf: usage: printf [-v var] format [arguments]\n',
		2,
	],
	['set -u; echo $zz', '-bash: zz: unbound variable\n', 1],
	['kill %9', '-bash: kill: %9: no such job\n', 1],
	['fg', '-bash: fg: current: no such job\n', 1],
	['printf "echo a\\nif\\n" > /tmp/s; bash /tmp/s', '/tmp/s: line 3: syntax error: unexpected end of file\n', 2],
];

for (const [text, stderr, exitCode] of complaints) {
	test(`complains: ${text}`, async t => {
		const result = await fakeSession().run(text);
		t.is(result.stderr, stderr);
		t.is(result.exitCode, exitCode);
	});
}
