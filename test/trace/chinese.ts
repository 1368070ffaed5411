import test from 'ava';
import {reasonInChinese} from '../../source/lab/reasons-zh.js';

/** What verdicts say, one of each kind. */
const verdicts = `
dropped: Service default/web has spec.externalTrafficPolicy Local and no endpoint on k8s-node2 (filter KUBE-EXTERNAL-SERVICES rule 1 on k8s-node2)
refused: Service default/web has no ready endpoints: its selector app=web matches no pod (filter KUBE-SERVICES rule 2 on k8s-master)
refused: nothing listens on port 81 of pod default/web-1 on k8s-node1; spec.ports[0].targetPort of Service default/web leads there
refused: nothing listens on port 30001 of k8s-node1; it is spec.ports[0].nodePort of Service default/web, but nothing on k8s-node1 leads on from there: kube-proxy does not run there
refused: virtual server TCP 10.96.0.1:80 rr has no real server (IPVS TCP 10.96.0.1:80 rr, no real server on k8s-master)
refused: Service default/web has 2 ready endpoints, but none stands behind its virtual server (IPVS TCP 10.96.0.1:80 rr, no real server on k8s-master)
nobody answers ARP for 172.25.254.99 on k8s-node1 (on the way to pod default/x): k8s-node2 is switched off
nobody answers ARP for 172.25.254.50: it is of Service default/web, and no L2Advertisement announces the pool first
nobody answers ARP for 172.25.254.50; Service default/web has no EXTERNAL-IP yet: there is no IPAddressPool
timeout: 10.96.3.3:80 is an address of Service default/web, but no rule of k8s-node1 translates it: kube-proxy does not run there
timeout: 10.96.3.3 is spec.clusterIP of Service default/web: it stands in rules for its ports only, so nobody answers a ping
timeout: 10.96.3.3 is spec.clusterIP of Service default/web, which has no port 81/tcp, only 80/tcp, 443/tcp: no rule of k8s-node1 knows it
dropped by NetworkPolicy default/deny: no ingress rule allows 80/tcp from pod default/client (filter cali-tw-x rule 4 on k8s-node1)
the answer was dropped by filter FORWARD rule 3 on k8s-node1: -p tcp -j DROP
dropped by the policy of filter FORWARD on k8s-node1
timeout: pod default/a on k8s-node1 took the connection and does not answer
pod default/a on k8s-node1 took the connection and reset it
pod kube-system/coredns-1 on k8s-master knows no nope.default.svc.cluster.local (asked for nope.default.svc.cluster.local, nope.svc.cluster.local)
nginx on reg knows no web.default.svc.cluster.local; names of Services are for those who ask the DNS of the cluster, as pods do
nothing was sent: no route to 10.9.9.9
k8s-node1 has no route to 10.244.2.0/24, the pods of k8s-node2: 10.244.2.3 went to its default gateway
refused: a left-over rule of Service default/web (filter KUBE-SERVICES rule 2 on k8s-master)
no pod of k8s-node1 has this address (blackhole 10.244.1.64/26)
Secret default/tls of Ingress default/web does not exist, so the controller shows its own certificate
no path of Ingress default/web fits /api/x; its path /api... is a pattern only with the annotation use-regex
Ingress default/web is a canary, and no other Ingress has the host x.com
no Ingress has the host x.com; Ingress default/web has the class other, which this controller does not serve
Ingress default/web leads to Service default/gone, which does not exist
Ingress default/web asks for port http of Service default/web, which has only 80, 443
Service default/web, to which Ingress default/web leads, has no ready endpoints: pod default/a, default/b is not ready
HTTPRoute default/x has ResolvedRefs False, BackendNotFound: spec.rules[0]
`
	.trim()
	.split('\n');

test('a verdict inside a Chinese reason is Chinese: only names stay', t => {
	for (const verdict of verdicts) {
		const [chinese = ''] = reasonInChinese(`k8s-node1 -> service default/web: ${verdict}; expected status 200. Look at: curl x`).split(
			'；期望：',
		);
		t.notRegex(chinese, /\b(is|does|not|no|the|of|with|expected|answer|to|and|there|on|by|has|its|which|nobody|leads)\b/, verdict);
	}
});

test('how it reads', t => {
	const said = (verdict: string) => reasonInChinese(`a -> b: ${verdict}; expected status 200. Look at: curl x`);
	t.is(
		said(
			'refused: nothing listens on port 81 of pod default/web-1 on k8s-node1; spec.ports[0].targetPort of Service default/web leads there',
		),
		'a -> b: 被拒绝：k8s-node1 上的 Pod default/web-1 的 81 端口没有程序监听；Service default/web 的 spec.ports[0].targetPort 指向那里；期望：状态码 200。可以看：curl x',
	);
	t.is(
		said(
			'dropped: Service default/web has spec.externalTrafficPolicy Local and no endpoint on k8s-node2 (filter KUBE-NODEPORTS rule 1 on k8s-node2)',
		),
		'a -> b: 被丢弃：Service default/web 的 spec.externalTrafficPolicy 为 Local，而 k8s-node2 上没有端点（k8s-node2 的 filter KUBE-NODEPORTS 第 1 条规则）；期望：状态码 200。可以看：curl x',
	);
});
