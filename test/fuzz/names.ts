import test from 'ava';
import {createStage} from '../../scripts/fuzz/world.js';
import {createPlayer} from '../../source/lab/player.js';

/** Names that objects of JavaScript know by themselves: nothing may take them for anything but names. */
const inherited = ['constructor', 'hasOwnProperty', '__proto__'];

/** `@` stands for the name. */
const lines: readonly string[] = [
	'kubectl create cm c --from-literal=@=v; kubectl get cm c -o jsonpath="{.data.@}"; kubectl get cm c -o go-template="{{.data.@}}"; kubectl get cm c -o json | jq -c .data',
	`kubectl create cm c --from-literal=a=b; kubectl patch cm c -p '{"data":{"@":"w"}}'; kubectl patch cm c --type=json -p '[{"op":"replace","path":"/data/@","value":"z"}]'; kubectl get cm c -o jsonpath="{.data}"; kubectl patch cm c --type=merge -p '{"data":{"@":null}}'; kubectl get cm c -o jsonpath="{.data}"`,
	`kubectl patch ns default -p '{"metadata":{"@":{"polluted":"x"},"annotations":{"@":{"polluted":"x"}}}}'; kubectl patch ns default --type=merge -p '{"@":{"polluted":"x"}}'; kubectl get ns default -o jsonpath="{.polluted}"`,
	'printf "apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: d, @: x}\\ndata:\\n  @: v\\n@: {a: b}\\n" > f; kubectl apply -f f; kubectl apply --validate=false -f f; kubectl get cm d -o jsonpath="{.data}"',
	'kubectl label ns default a.b/@=x a=b; kubectl get ns -L @,a; kubectl get ns -L a.b/@',
	'kubectl get ns -L @; kubectl get ns -l a=@; kubectl get ns default -o "custom-columns=X:.@"; kubectl get ns default -o jsonpath="{.@}"; kubectl get ns default -o "go-template={{.@}}"',
	'kubectl annotate ns default a/@=x; kubectl annotate ns default a/@-; kubectl get pods --field-selector @=x; kubectl get ns --sort-by=.@',
	'kubectl @; kubectl get @; kubectl get pod @; kubectl get ns --@; kubectl get ns -o @; kubectl explain pod.@; kubectl auth can-i get @; kubectl get --raw /apis/@; kubectl create @; kubectl rollout @',
	'printf "apiVersion: @\\nkind: @\\nmetadata: {name: d}\\n" | kubectl apply -f -; printf "apiVersion: v1\\nkind: @\\nmetadata: {name: d}\\n" | kubectl apply -f -',
	'@=5; echo $@ ${@} ${#@} $((@+1)); export @; env | grep "^@="; bash -c "echo \\$@"; unset @; echo "[$@]"; declare -p @',
	'@=(a b); @+=(c); echo ${@[@]} ${!@[@]}; declare -A m; echo "[${m[@x]}${m[@]}]"; m[@x]=1; echo ${m[@x]}; @() { echo in; }; @; alias @; type -t @; unset -f @; @',
	'mkdir @; echo x > @/@; cat @/@; mv @/@ @/r; find @ -@; ls --@; rm -r @; ls; set -o @; shopt @; trap : @; kill -@ 1; command -v @',
	`printf '@\\nx\\n@\\n' | awk '{n[$1]++} END{print n["@"], length(n), ("@" in n), ("toString" in n)}'; awk -v @=3 'BEGIN{print @, ENVIRON["@"]}'; awk 'function @(a){return a+1} BEGIN{print @(1)}'`,
	`echo '{"@":1}' | jq -c '.["@"], keys, has("@"), del(.["@"]), (.["@"]|=5), ({}|.["@"]), ([.]|group_by(.["@"])), (tojson|fromjson), {a:1,"@":2}'; jq -n @; jq -n --arg @ v '$@'; jq -n 'def @: 3; @'`,
	'iptables -t @ -L; iptables -N @; iptables -S @; iptables -A INPUT -j @x; ipset create @ hash:ip; ipset list @; ip @; ip link show @; sysctl @; ipvsadm -A -t 1.2.3.4:80 -s @; tc @; ss --@',
	'curl --@ x; sort --@; grep --@ x; sed --@; ps -o @; date --@; stat --@; systemctl status @; getent hosts @; crictl @; helm @; tar --@; find . -type @; dd @=1',
];

test('a name that every object knows is a name as any other', async t => {
	const stage = createStage('empty');
	await stage.run('true');
	const ready = stage.cluster.snapshot();
	const told = async (line: string, name: string) => {
		stage.cluster.restore(ready);
		// `${x[@]}` stays what it is.
		const text = line.replaceAll('[@]}', '\u0000').replaceAll('@', name).replaceAll('\u0000', '[@]}');
		const {stdout, stderr, exitCode} = await createPlayer(stage.cluster).play(text);
		return `${stdout}${stderr}${exitCode}`.replaceAll(new RegExp(name, 'gi'), '@').replaceAll(/ {2,}/g, '  ');
	};
	for (const line of lines) {
		for (const name of inherited) {
			const as = 'x'.repeat(name.length - 1);
			t.is(await told(line, name), await told(line, name === '__proto__' ? `__${as.slice(3)}__` : `c${as}`), `${name}: ${line}`);
		}
	}
	t.false(Object.hasOwn(Object.prototype, 'polluted'));
});
