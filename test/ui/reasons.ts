import test from 'ava';
import {findLab} from '../../source/cli/lab-files.js';
import {judgeNow} from '../../source/lab/judge-now.js';
import {startLab} from '../../source/lab/start.js';
import {reasonInChinese} from '../../source/lab/reasons-zh.js';

const reasons = [
	[
		'k8s-master: /root/nodes.txt begins with "is not"; expected "env does not exist" in /root/nodes.txt. Look at: cat /root/nodes.txt',
		'k8s-master: /root/nodes.txt 开头是 "is not"；期望：/root/nodes.txt 含有 "env does not exist"。可以看：cat /root/nodes.txt',
	],
	[
		'k8s-node1, k8s-node2: kube-proxy runs in iptables mode; expected every kube-proxy to run in ipvs mode. Look at: curl -s 127.0.0.1:10249/proxyMode',
		'k8s-node1, k8s-node2: kube-proxy 运行在 iptables 模式；期望：所有 kube-proxy 都运行在 ipvs 模式。可以看：curl -s 127.0.0.1:10249/proxyMode',
	],
	[
		'deployment/web: spec.replicas is 3; expected spec.replicas: 1. Look at: kubectl -n default get deployment web -o yaml',
		'deployment/web: spec.replicas 为 3；期望：spec.replicas: 1。可以看：kubectl -n default get deployment web -o yaml',
	],
	[
		'k8s-node1 -> service default/web (10.96.0.7:80/): connection refused; expected status 200. Look at: curl -s -m 5 http://10.96.0.7:80/',
		'k8s-node1 -> service default/web (10.96.0.7:80/): 连接被拒绝；期望：状态码 200。可以看：curl -s -m 5 http://10.96.0.7:80/',
	],
	[
		'pod/hello does not exist; expected condition Ready=True. Look at: kubectl get pod hello',
		'pod/hello 不存在；期望：状况 Ready=True。可以看：kubectl get pod hello',
	],
	[
		'k8s-master: /root/node.txt does not exist; expected a line "a" in /root/node.txt, or a line "b" in /root/node.txt. Look at: cat /root/node.txt',
		'k8s-master: /root/node.txt 不存在；期望：/root/node.txt 有一行 "a"，或 /root/node.txt 有一行 "b"。可以看：cat /root/node.txt',
	],
	[
		'k8s-master: "true" ended with 0 and printed ""; expected exit status 0 and what the objective says. Look at: true',
		'k8s-master: "true" 以 0 结束，输出 ""；期望：退出状态 0，输出符合目标要求的内容。可以看：true',
	],
	[
		'reg -> http://shop/: "v2" in 0 of 100 answers; expected status 200. Look at: curl shop',
		'reg -> http://shop/: 100 次应答中有 0 次为 "v2"；期望：状态码 200。可以看：curl shop',
	],
	[
		'reg -> https://172.25.254.50/: the certificate is for Fake (Secret default/tls of Ingress default/t does not exist, so the controller shows its own certificate); expected status 200, a certificate for shop.org. Look at: curl shop.org',
		'reg -> https://172.25.254.50/: 证书属于 Fake (Ingress default/t 的 Secret default/tls 不存在，所以控制器出示它自己的证书)；期望：状态码 200, 证书属于 shop.org。可以看：curl shop.org',
	],
	[
		'configmap/kube-proxy: mode is "" (in data.config.conf); expected mode: ipvs in data.config.conf. Look at: kubectl get cm',
		'configmap/kube-proxy: mode 为 "" （在 data.config.conf 中）；期望：mode: ipvs（在 data.config.conf 中）。可以看：kubectl get cm',
	],
	[
		'reg -> http://node:30154/: connection refused (refused: nothing listens on port 30154 of k8s-node1); expected status 200. Look at: curl node',
		'reg -> http://node:30154/: 连接被拒绝 (被拒绝：k8s-node1 的 30154 端口没有程序监听)；期望：状态码 200。可以看：curl node',
	],
] as const;

for (const [english, chinese] of reasons) {
	test(`in Chinese: ${english.slice(0, 60)}`, t => {
		t.is(reasonInChinese(english), chinese);
	});
}

test('what labs say at their start is Chinese: no English word but names, and what is quoted', async t => {
	for (const id of ['cluster-tour', 'ipvs-switch', 'headless', 'networkpolicy-basics', 'externalname', 'rollouts']) {
		const lab = await findLab(id);
		const {objectives} = await judgeNow(lab, startLab(lab, 'kubelab'), {});
		for (const {reason} of objectives) {
			const sentence = reasonInChinese(reason)
				.split('可以看：')[0]!
				.replaceAll(/"[^"]*"|\/\S+\//g, '');
			t.notRegex(sentence, /\b(is|does|not|no|the|of|with|expected|answer|to|and|there)\b/, reason);
		}
	}
});
