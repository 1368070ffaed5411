import {createBaseTree} from '../../os/base-tree.js';
import {createOverlay} from '../../os/overlay.js';
import type {KubeletContext} from './context.js';
import type {PodRecord} from './record.js';

/** /etc/hosts, /etc/hostname, /etc/resolv.conf and the termination log of a container: written by the kubelet, writable for the container. */
export function defineEtc({host, sim, cluster, records}: KubeletContext): void {
	host.volumes.define('etc', id => {
		const record = records.get(id.slice(0, id.indexOf('/')));
		const files: Record<string, string> = record
			? {
					'/hosts': hosts(record, host.machine.files, cluster.clusterDomain),
					'/hostname': `${hostnameOf(record, host.spec.name, cluster.clusterDomain)}\n`,
					'/resolv.conf': resolvConf(record),
				}
			: {};
		return createOverlay(sim, `os/etc/${id}`, createBaseTree({...files, '/termination-log': {text: '', mode: 0o666}}));
	});

	const resolvConf = ({pod}: PodRecord) => {
		const {dnsPolicy = 'ClusterFirst', dnsConfig = {}, hostNetwork} = pod['spec'];
		const own = host.machine.files.exists('/etc/resolv.conf') ? host.machine.files.readText('/etc/resolv.conf') : '';
		const lines = (word: string) =>
			own
				.split('\n')
				.filter(line => line.startsWith(`${word} `))
				.flatMap(line => line.split(/\s+/).slice(1));
		const inCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
		const base =
			dnsPolicy === 'None'
				? {nameservers: [], searches: [], options: []}
				: inCluster
					? {
							nameservers: [cluster.clusterDns],
							searches: clusterSearches(pod.metadata.namespace ?? 'default', cluster.clusterDomain, lines('search')),
							options: ['ndots:5'],
						}
					: {nameservers: lines('nameserver'), searches: lines('search'), options: lines('options')};
		return renderResolvConf(base, dnsConfig);
	};
}

const clusterSearches = (namespace: string, domain: string, more: string[]) => [
	`${namespace}.svc.${domain}`,
	`svc.${domain}`,
	domain,
	...more,
];

interface Resolver {
	readonly nameservers: readonly string[];
	readonly searches: readonly string[];
	readonly options: readonly string[];
}

/** `dnsConfig` adds name servers and search domains, and overrides options of the same name. */
function renderResolvConf(
	base: Resolver,
	own: {nameservers?: string[]; searches?: string[]; options?: Array<{name: string; value?: string}>},
): string {
	const unique = (list: readonly string[]) => [...new Set(list)];
	const servers = unique([...base.nameservers, ...(own.nameservers ?? [])]).slice(0, 3);
	const searches = unique([...base.searches, ...(own.searches ?? [])]);
	const ownOptions = (own.options ?? []).map(({name, value}) => (value === undefined ? name : `${name}:${value}`));
	const names = new Set((own.options ?? []).map(option => option.name));
	const options = [...base.options.filter(option => !names.has(option.split(':')[0]!)), ...ownOptions];
	const line = (word: string, list: readonly string[]) => (list.length > 0 ? `${word} ${list.join(' ')}\n` : '');
	return line('search', searches) + servers.map(server => `nameserver ${server}\n`).join('') + line('options', options);
}

/** Models kubelet_pods.go GeneratePodHostNameAndDomain, and what the sandbox is given of both. */
export function hostnameOf(record: PodRecord, node: string, domain: string): string {
	const {hostNetwork, setHostnameAsFQDN} = record.pod['spec'];
	if (hostNetwork) return node;
	return (setHostnameAsFQDN && fullNameOf(record, domain)) || shortNameOf(record);
}

const shortNameOf = ({pod}: PodRecord): string => {
	const name: string = pod['spec'].hostname || pod.metadata.name;
	return name.length > 63 ? name.slice(0, 63).replace(/[-.]+$/, '') : name;
};

function fullNameOf(record: PodRecord, domain: string): string | undefined {
	const {subdomain} = record.pod['spec'];
	return subdomain && `${shortNameOf(record)}.${subdomain}.${record.pod.metadata.namespace}.svc.${domain}`;
}

/** Models pkg/kubelet/kubelet_pods.go managedHostsFileContent. */
function hosts(record: PodRecord, files: {exists(path: string): boolean; readText(path: string): string}, domain: string): string {
	const {hostNetwork, hostAliases = []} = record.pod['spec'];
	const entries = hostAliases.map(({ip, hostnames}: {ip: string; hostnames: string[]}) => [ip, ...hostnames].join('\t') + '\n').join('');
	const aliases = entries === '' ? '' : `\n# Entries added by HostAliases.\n${entries}`;
	if (hostNetwork) {
		const own = files.exists('/etc/hosts') ? files.readText('/etc/hosts') : '';
		return `# Kubernetes-managed hosts file (host network).\n${own}${aliases}`;
	}

	const full = fullNameOf(record, domain);
	const local = [
		'127.0.0.1\tlocalhost',
		'::1\tlocalhost ip6-localhost ip6-loopback',
		'fe00::0\tip6-localnet',
		'fe00::0\tip6-mcastprefix',
		'fe00::1\tip6-allnodes',
		'fe00::2\tip6-allrouters',
	];
	return `# Kubernetes-managed hosts file.\n${local.join('\n')}\n${record.address}\t${full ? `${full}\t` : ''}${shortNameOf(record)}\n${aliases}`;
}
