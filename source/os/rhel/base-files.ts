import {kernelRelease} from './kernel.js';
import {type BaseEntries, commandFiles, createBaseTree} from '../base-tree.js';
import type {Layer} from '../layer.js';
import type {Package} from '../packages.js';

const folder = (mode?: number) => ({folder: true, ...(mode && {mode})}) as const;

const users = `root:x:0:0:root:/root:/bin/bash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
adm:x:3:4:adm:/var/adm:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/spool/mail:/sbin/nologin
operator:x:11:0:operator:/root:/sbin/nologin
games:x:12:100:games:/usr/games:/sbin/nologin
ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin
nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin
systemd-coredump:x:999:997:systemd Core Dumper:/:/sbin/nologin
dbus:x:81:81:System message bus:/:/sbin/nologin
tss:x:59:59:Account used for TPM access:/:/usr/sbin/nologin
sssd:x:998:996:User for sssd:/:/sbin/nologin
chrony:x:997:995:chrony system user:/var/lib/chrony:/sbin/nologin
sshd:x:74:74:Privilege-separated SSH:/usr/share/empty.sshd:/usr/sbin/nologin
`;

/** Nobody but root has a password. */
const shadow = users
	.split('\n')
	.filter(Boolean)
	.map(line => `${line.split(':')[0]}:${line.startsWith('root:') ? `$6$kubelab$${'.'.repeat(86)}` : '*'}:20528:0:99999:7:::\n`)
	.join('');

const release = `NAME="Red Hat Enterprise Linux"
VERSION="9.6 (Plow)"
ID="rhel"
ID_LIKE="fedora"
VERSION_ID="9.6"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Red Hat Enterprise Linux 9.6 (Plow)"
ANSI_COLOR="0;31"
LOGO="fedora-logo-icon"
CPE_NAME="cpe:/o:redhat:enterprise_linux:9::baseos"
HOME_URL="https://www.redhat.com/"
DOCUMENTATION_URL="https://access.redhat.com/documentation/en-us/red_hat_enterprise_linux/9"
BUG_REPORT_URL="https://issues.redhat.com/"
`;

const repository = (id: string, name: string) => `[${id}]\nname=${name}\nenabled=1\ngpgcheck=0\n`;

const entries: BaseEntries = {
	'/bin': {symlink: 'usr/bin'},
	'/sbin': {symlink: 'usr/sbin'},
	'/lib': {symlink: 'usr/lib'},
	'/lib64': {symlink: 'usr/lib64'},
	'/boot': folder(),
	'/dev/null': {device: true},
	'/dev/zero': {device: true},
	'/dev/random': {device: true},
	'/dev/urandom': {device: true},
	'/dev/tty': {device: true},
	'/etc/bashrc': '# /etc/bashrc\n',
	'/etc/profile': '# /etc/profile\n',
	'/etc/group':
		'root:x:0:\nbin:x:1:\ndaemon:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nlp:x:7:\nmem:x:8:\nkmem:x:9:\nwheel:x:10:\ncdrom:x:11:\nmail:x:12:\nman:x:15:\nusers:x:100:\nnobody:x:65534:\nutmp:x:22:\naudio:x:63:\nvideo:x:39:\nsystemd-journal:x:190:\nsystemd-coredump:x:997:\nsssd:x:996:\nchrony:x:995:\nsshd:x:74:\ndbus:x:81:\ntss:x:59:\n',
	'/etc/host.conf': 'multi on\n',
	'/etc/fstab':
		'/dev/mapper/rhel-root     /                       xfs     defaults        0 0\n/dev/sda1 /boot                   xfs     defaults        0 0\n',
	'/etc/modules-load.d/k8s.conf': 'overlay\nbr_netfilter\n',
	'/etc/nsswitch.conf':
		'passwd:     files systemd\nshadow:     files\ngroup:      files systemd\nhosts:      files dns myhostname\nservices:   files\n',
	'/etc/os-release': {symlink: '../usr/lib/os-release'},
	'/etc/passwd': users,
	'/etc/redhat-release': 'Red Hat Enterprise Linux release 9.6 (Plow)\n',
	'/etc/selinux/config': 'SELINUX=disabled\nSELINUXTYPE=targeted\n',
	'/etc/sysctl.conf':
		'# sysctl settings are defined through files in\n# /usr/lib/sysctl.d/, /run/sysctl.d/, and /etc/sysctl.d/.\n#\n# Vendors settings live in /usr/lib/sysctl.d/.\n# To override a whole file, create a new file with the same in\n# /etc/sysctl.d/ and put new settings there. To override\n# only specific settings, add a file with a lexically later\n# name in /etc/sysctl.d/ and put new settings there.\n#\n# For more information, see sysctl.conf(5) and sysctl.d(5).\n',
	'/etc/shadow': {text: shadow, mode: 0},
	'/etc/shells': '/bin/sh\n/bin/bash\n/usr/bin/sh\n/usr/bin/bash\n',
	'/etc/ssh/sshd_config': 'PermitRootLogin yes\nSubsystem sftp /usr/libexec/openssh/sftp-server\n',
	'/etc/sysctl.d/k8s.conf':
		'net.bridge.bridge-nf-call-iptables  = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward                 = 1\n',
	'/etc/systemd/system/multi-user.target.wants': folder(),
	'/etc/yum.repos.d/redhat.repo':
		repository('baseos', 'Red Hat Enterprise Linux 9 - BaseOS') + repository('appstream', 'Red Hat Enterprise Linux 9 - AppStream'),
	'/etc/yum.repos.d/docker-ce.repo': repository('docker-ce-stable', 'Docker CE Stable - x86_64'),
	'/etc/yum.repos.d/kubernetes.repo': repository('kubernetes', 'Kubernetes'),
	'/home': folder(),
	'/media': folder(),
	'/mnt': folder(),
	'/opt': folder(),
	'/root': folder(0o550),
	'/root/.bashrc': "# .bashrc\n\nalias rm='rm -i'\nalias cp='cp -i'\nalias mv='mv -i'\n",
	'/root/.bash_profile': '# .bash_profile\n\nif [ -f ~/.bashrc ]; then\n\t. ~/.bashrc\nfi\n',
	'/root/.ssh': folder(0o700),
	'/run': folder(),
	'/srv': folder(),
	'/tmp': folder(0o1777),
	[`/usr/lib/modules/${kernelRelease}`]: folder(),
	'/usr/lib/os-release': release,
	'/usr/lib64': folder(),
	'/usr/local/bin': folder(),
	'/usr/local/sbin': folder(),
	'/usr/share': folder(),
	'/var/cache': folder(),
	'/var/lib': folder(),
	'/var/log/messages': '',
	'/var/log/audit': folder(0o700),
	'/var/run': {symlink: '../run'},
	'/var/spool': folder(),
	'/var/tmp': folder(0o1777),
	'/var/www/html': folder(),
	// Not of the distribution: what a lab adds to its hosts.
	...commandFiles('/usr/local/bin', ['kubelab', 'lab', 'helm']),
};

let base: Layer | undefined;
const withPackages = new Map<string, Layer>();

/** The tree of a RHEL 9 machine with these packages, shared by all machines that have the same. */
export function rhelTree(packages: readonly Package[]): Layer {
	base ??= createBaseTree(entries);
	const key = packages.map(item => item.name).join(' ');
	let tree = withPackages.get(key);
	if (!tree) {
		const files = packages.flatMap(item => Object.entries(item.files ?? {}));
		const commands = packages.flatMap(item =>
			(item.commands ?? []).map(path => [path, {text: `\u007fELF ${path}\n`, mode: 0o755}] as const),
		);
		withPackages.set(key, (tree = createBaseTree(Object.fromEntries([...files, ...commands]), base)));
	}

	return tree;
}
