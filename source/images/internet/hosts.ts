/** A host of the simulated internet: what its name resolves to and what it serves. */
export interface InternetHost {
	readonly names: readonly string[];
	readonly addresses: readonly string[];
	/** Title of its start page. */
	readonly title: string;
	/** Value of the `Server` header. */
	readonly server: string;
	/** It only tells where the page is: at the same path of another host. */
	readonly movedTo?: string;
}

/** Hosts that documents and labs name. Addresses are the public ones of 2024, or neighbours of them. */
export const internetHosts: readonly InternetHost[] = [
	{
		names: ['www.baidu.com', 'baidu.com', 'www.a.shifen.com'],
		addresses: ['110.242.68.66', '110.242.68.3'],
		title: '百度一下，你就知道',
		server: 'BWS/1.1',
	},
	{names: ['www.qq.com'], addresses: ['43.137.221.145'], title: '腾讯网', server: 'stgw'},
	{names: ['www.taobao.com'], addresses: ['140.205.94.189'], title: '淘宝', server: 'Tengine'},
	{names: ['www.google.com'], addresses: ['142.250.72.196'], title: 'Google', server: 'gws'},
	{
		names: ['www.example.com', 'example.com', 'example.org', 'www.example.org'],
		addresses: ['93.184.215.14'],
		title: 'Example Domain',
		server: 'ECAcc (nyd/D147)',
	},
	{names: ['kubernetes.io', 'www.kubernetes.io'], addresses: ['15.197.167.90'], title: 'Kubernetes', server: 'Netlify'},
	{names: ['k8s.io'], addresses: ['34.107.204.205'], title: '', server: 'nginx', movedTo: 'kubernetes.io'},
	{names: ['github.com'], addresses: ['20.205.243.166'], title: 'GitHub', server: 'GitHub.com'},
	{names: ['raw.githubusercontent.com'], addresses: ['185.199.108.133'], title: '', server: 'Varnish'},
	{
		names: ['kubernetes.github.io', 'metallb.github.io', 'kubernetes-sigs.github.io'],
		addresses: ['185.199.108.153'],
		title: '',
		server: 'GitHub.com',
	},
	{names: ['dl.k8s.io', 'pkgs.k8s.io', 'registry.k8s.io'], addresses: ['34.107.204.206'], title: '', server: 'Google Frontend'},
	{names: ['docs.projectcalico.org'], addresses: ['35.199.8.183'], title: '', server: 'Netlify'},
	{names: ['registry-1.docker.io', 'auth.docker.io', 'docker.io'], addresses: ['54.236.113.205'], title: '', server: 'nginx'},
	{names: ['mirrors.aliyun.com', 'mirrors.tuna.tsinghua.edu.cn'], addresses: ['101.6.15.130'], title: '', server: 'nginx'},
	{names: ['www.timinglee.org', 'timinglee.org'], addresses: ['172.67.150.33'], title: 'timinglee', server: 'cloudflare'},
];

/** Public resolvers that people ping and ask. */
export const publicResolvers: readonly string[] = ['8.8.8.8', '8.8.4.4', '1.1.1.1', '114.114.114.114', '223.5.5.5'];
