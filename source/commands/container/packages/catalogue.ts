/** A package of a distribution's repositories, as containers install it. */
export interface ContainerPackage {
	/** Executables, by full path. */
	readonly commands: readonly string[];
	/** Image of the catalogue whose files and program it brings: a server. */
	readonly server?: string;
}

const bin = (text: string) => text.split(' ').map(name => (name.startsWith('/') ? name : `/usr/bin/${name}`));
const tool = (commands: string): ContainerPackage => ({commands: bin(commands)});
const server = (path: string, image: string): ContainerPackage => ({commands: [path], server: `docker.io/library/${image}`});

const dns = tool('dig nslookup host');
const ping = tool('ping /usr/sbin/arping');
const net = tool('netstat ifconfig /usr/sbin/route /usr/sbin/arp');
const ip = tool('/usr/sbin/ip ss');
const nothing = tool('true');

/** By the names of Alpine, Debian and Red Hat. Libraries bring nothing that is typed. */
const packages: Readonly<Record<string, ContainerPackage>> = {
	bash: tool('bash'),
	'bind-tools': dns,
	'bind-utils': dns,
	'ca-certificates': nothing,
	curl: tool('curl'),
	dnsutils: dns,
	'bind9-dnsutils': dns,
	'epel-release': nothing,
	file: tool('file'),
	git: tool('git'),
	httpd: server('/usr/sbin/httpd', 'httpd'),
	'httpd-tools': tool('htpasswd'),
	'inetutils-ping': ping,
	iproute: ip,
	iproute2: ip,
	iptables: tool('/usr/sbin/iptables /usr/sbin/iptables-save'),
	iputils: ping,
	'iputils-ping': ping,
	jq: tool('jq'),
	less: tool('less'),
	'net-tools': net,
	netcat: tool('nc'),
	'netcat-openbsd': tool('nc'),
	'nmap-ncat': tool('nc ncat'),
	nginx: server('/usr/sbin/nginx', 'nginx'),
	openssl: tool('openssl'),
	procps: tool('ps top free uptime'),
	'procps-ng': tool('ps top free uptime'),
	redis: server('/usr/bin/redis-server', 'redis'),
	'redis-server': server('/usr/bin/redis-server', 'redis'),
	tar: tool('tar'),
	tcpdump: tool('/usr/sbin/tcpdump'),
	telnet: tool('telnet'),
	tree: tool('tree'),
	tzdata: nothing,
	unzip: tool('unzip'),
	vim: tool('vim vi'),
	'vim-enhanced': tool('vim vi'),
	wget: tool('wget'),
	which: tool('which'),
};

/** `curl`, `curl=8.5.0-r0`, `curl-7.61.1`. */
export function findPackage(text: string): readonly [name: string, item: ContainerPackage] | undefined {
	const name = text.replace(/[=<>~].*$/, '');
	const item = packages[name];
	return item && [name, item];
}
