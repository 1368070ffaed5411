import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {slipIn} from '../../source/ui/slips/index.js';
import {widthOf} from '../../source/ui/text/width.js';
import {say} from '../../source/ui/words/words.js';

/** What learners type wrong, and a piece of what is said about it; undefined: nothing. */
const slips: ReadonlyArray<readonly [line: string, said: RegExp | undefined]> = [
	['kubectl get nodes', undefined],
	['kubectl apply web.yaml', /kubectl apply -f web\.yaml$/],
	['kubectl pods', /kubectl get pods/],
	['kubectl create deployment web', /--image/],
	['kubectl create deployment web --image=myapp:v1; kubectl expose deployment web --port 80', undefined],
	['kubectl exec web-1 ls /etc', /kubectl exec web-1 -- ls \/etc$/],
	['kubectl get pods --namspace=kube-system', /--namespace/],
	['kubectl run web --image=myapp:v1 --replicas=3', /create deployment .*--replicas=3/],
	['kubectl scale web --replicas=2', /deployment\/web/],
	['printf "apiVersion: v1\\nkind: Deployment\\nmetadata: {name: a}\\n" | kubectl apply -f -', /apps\/v1/],
	['printf "apiVersion: v1\\nkind: Pod\\n\\tmetadata: {name: a}\\n" | kubectl apply -f -', /never with tabs/],
	['printf "kind: Pod\\nmetadata:\\n  name: a\\n labels: b\\n" | kubectl apply -f -', /around line 3/],
	[
		'printf "apiVersion: v1\\nkind: Service\\nmetadata: {name: a}\\nspec: {port: 80}\\n" | kubectl apply -f -',
		/No field spec\.port.*kubectl explain service\.spec$/,
	],
	['kubectl delete pod $(kubectl get pods -o jsonpath={.items[0].metadata.name})', /^Deployment web starts another/],
	['kubectl create ingress a --class ngnix --rule "a.b/*=web:80"', undefined],
	[
		'printf "apiVersion: networking.k8s.io/v1\\nkind: IngressClass\\nmetadata: {name: nginx}\\nspec: {controller: k8s.io/ingress-nginx}\\n" | kubectl apply -f -',
		undefined,
	],
	['kubectl create ingress b --class ngnix --rule "b.b/*=web:80"', /no IngressClass ngnix, only: nginx$/],
	['kubectl create ingress c --rule "c.b/*=web:80"', /without a class: spec\.ingressClassName \(nginx\)$/],
	['kubectl annotate ingress c nginx.ingress.kubernetes.io/canary-by-heder=x', /canary-by-header/],
	['kubectl create ingress d --class nginx --rule "d.b/*=web:80" --annotation nginx.ingress.kubernetes.io/rewrite-target=/', undefined],
	['[root@k8s-master ~]# kubectl get pods', /begins behind/],
	['kubectl get pods，svc', /type ","/],
	['echo “all is well”，', undefined],
	['systemctl restart kube-proxy', /rollout restart ds kube-proxy/],
	['curl -s web', undefined],
	['curl -sS web', /from a host use the address: 10\./],
	['curl -sS -m 1 10.96.0.1', /listens on 443, not on 80/],
	['ping -c 1 -W 1 10.96.0.10', /curl 10\.96\.0\.10:53$/],
	['kubectl get pods -A | tail -n 3', undefined],
	['systemctl restart kubeproxy', /rollout restart ds kube-proxy/],
	['kubectl get svcs', /did you mean "svc"/],
	['kubectl logs kube-proxy', /whole name is wanted: kube-proxy-\w+ -n kube-system$/],
	['kubectl describe pod coredns', /whole name is wanted: coredns-\S+ -n kube-system$/],
	['kubectl get pod nosuch', undefined],
	['kubectl get pod -n kubesystem', /did you mean "kube-system"/],
];

test('slips of learners are noticed, and nothing else', async t => {
	const cluster = createCluster({profile: 'base', seed: 'slips'});
	const {play} = createPlayer(cluster);
	for (const [line, said] of slips) {
		const {stdout, stderr} = await play(line);
		const slip = slipIn({line, output: stdout + stderr, commands: ['kubectl', 'curl']}, cluster);
		if (!said) t.is(slip, undefined, line);
		else {
			t.regex(slip ? say('en', slip.word, slip.values) : stdout + stderr, said, line);
			for (const language of ['en', 'zh'] as const) {
				const text = slip ? say(language, slip.word, slip.values) : '';
				t.notRegex(text, /\{\w+\}/, line);
				t.true(widthOf(` ${text} `) <= 80, `the smallest screen has room for it: ${text}`);
			}
		}
	}
});
