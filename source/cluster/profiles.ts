/** What a world starts with. Data; `first-start.ts` makes it so. */
export interface Profile {
	readonly name: string;
	readonly summary: string;
	/** Real kubelets with real containers, or stand-ins that call every pod running. */
	readonly kubelets: 'real' | 'stand-in';
	/** What kubeadm and the network plug-in put into kube-system, and what an administrator applied after them. */
	readonly addons: ReadonlyArray<'kube-proxy' | 'coredns' | 'calico' | 'metallb' | 'ingress-nginx'>;
}

export const profiles: readonly Profile[] = [
	{name: 'base', summary: 'a kubeadm cluster of three nodes', kubelets: 'real', addons: ['kube-proxy', 'coredns', 'calico']},
	{
		name: 'metallb',
		summary: 'base with MetalLB, and no pool yet',
		kubelets: 'real',
		addons: ['kube-proxy', 'coredns', 'calico', 'metallb'],
	},
	{
		name: 'ingress',
		summary: 'base with ingress-nginx, reached through its node ports',
		kubelets: 'real',
		addons: ['kube-proxy', 'coredns', 'calico', 'ingress-nginx'],
	},
	{
		name: 'edge',
		summary: 'base with MetalLB and ingress-nginx, and no pool yet',
		kubelets: 'real',
		addons: ['kube-proxy', 'coredns', 'calico', 'metallb', 'ingress-nginx'],
	},
	{name: 'empty', summary: 'API, controllers and stand-in kubelets; nothing in kube-system', kubelets: 'stand-in', addons: []},
];

export function findProfile(name: string): Profile {
	const profile = profiles.find(each => each.name === name);
	if (!profile) throw new RangeError(`there is no profile "${name}"; there are ${profiles.map(each => each.name).join(', ')}`);
	return profile;
}
