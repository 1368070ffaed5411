import type {Hop} from '../../net/trace.js';
import type {Origin} from '../walk/origin.js';

/** Rules that stand for no single object: who writes them and what for. The first that fits speaks. */
const known: ReadonlyArray<readonly [chain: RegExp, text: RegExp, words: string]> = [
	[/^KUBE-FIREWALL$/, /block incoming localnet/, 'kubelet: nobody from outside may reach 127.0.0.0/8'],
	[/./, /-j KUBE-FIREWALL$/, 'kubelet'],
	[/^KUBE-MARK-MASQ$/, /MARK/, 'kube-proxy: to be masqueraded on its way out'],
	[/^KUBE-MARK-DROP$/, /MARK/, 'kube-proxy: to be dropped'],
	[/^KUBE-POSTROUTING$/, /RETURN/, 'kube-proxy: not marked, keeps its source'],
	[/^KUBE-POSTROUTING$/, /MARK/, 'kube-proxy: takes its mark off again'],
	[/^KUBE-POSTROUTING$/, /MASQUERADE/, 'kube-proxy: the node stands in as source, so that the answer comes back here'],
	[/^KUBE-FORWARD$/, /INVALID/, 'kube-proxy: a packet that belongs to no connection'],
	[/^KUBE-FORWARD$/, /--mark/, 'kube-proxy: forwarded for a Service'],
	[/^KUBE-FORWARD$/, /ESTABLISHED/, 'kube-proxy: belongs to a connection that was let through'],
	[/^KUBE-SERVICES$/, /NODEPORTS|NODE-PORT/, 'kube-proxy: an address of this node, so perhaps a node port'],
	[/^KUBE-SERVICES$/, /-s 127\.0\.0\.0\/8/, 'kube-proxy: from the node itself'],
	[/^KUBE-(LOAD-BALANCER|NODE-PORT|IPVS-FILTER|IPVS-OUT-FILTER|SOURCE-RANGES-FIREWALL)$/, /./, 'kube-proxy'],
	[/./, /-j KUBE-[A-Z-]+$/, 'kube-proxy'],
	[/^CNI-HOSTPORT-SETMARK$/, /MARK/, 'CNI plug-in portmap: to be masqueraded on its way out'],
	[/^CNI-HOSTPORT-MASQ$/, /MASQUERADE/, 'CNI plug-in portmap: the node stands in as source'],
	[/./, /-j CNI-/, 'CNI plug-in portmap, for hostPort'],
];

export function knownRule({chain = '', text = ''}: Hop): Origin | undefined {
	const words = known.find(([inChain, inText]) => inChain.test(chain) && inText.test(text))?.[2];
	return words === undefined ? undefined : {text: words};
}
