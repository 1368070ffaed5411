import test from 'ava';
import {fakeHostSession} from '../helpers/fake-hosts.js';

test('yum: not there before, the table, there after, again, never heard of', async t => {
	const session = fakeHostSession();
	t.is((await session.run('ipvsadm -Ln')).stderr, '-bash: ipvsadm: command not found\n');
	const typo = await session.run('yum install ipvsadm –y');
	t.is(typo.stderr, 'Error: Unable to find a match: –y\n');
	t.is(typo.exitCode, 1);
	const asked = await session.run('dnf install ipvsadm');
	t.regex(asked.stdout, /Is this ok \[y\/N\]: \nOperation aborted\.\n$/);
	t.is(asked.exitCode, 1);
	const done = await session.run('yum install -y ipvsadm');
	t.regex(done.stdout, /Installing:\n ipvsadm +x86_64 +1\.31-6\.el9 +appstream +52 k\n\nTransaction Summary\n=+\nInstall {2}1 Package\n/);
	t.regex(done.stdout, /\nInstalled:\n {2}ipvsadm-1\.31-6\.el9\.x86_64 +\n\nComplete!\n$/);
	t.regex((await session.run('ipvsadm -Ln')).stdout, /^IP Virtual Server version/);
	t.regex(
		(await session.run('yum install -y ipvsadm')).stdout,
		/Package ipvsadm-1\.31-6\.el9\.x86_64 is already installed\.\nDependencies resolved\.\nNothing to do\.\nComplete!\n$/,
	);
	t.is((await session.run('rpm -q ipvsadm bind-utils')).stdout, 'ipvsadm-1.31-6.el9.x86_64\npackage bind-utils is not installed\n');
	t.regex((await session.run('dnf remove -y ipvsadm')).stdout, /\nRemoved:\n {2}ipvsadm/);
	t.is((await session.run('ipvsadm')).exitCode, 127);
});

const asked: ReadonlyArray<readonly [line: string, said: string]> = [
	['rpm -q bash nosuch', 'bash-5.1.8-9.el9.x86_64\npackage nosuch is not installed\n'],
	['rpm -qa kernel-core kern', 'kernel-core-5.14.0-570.12.1.el9_6.x86_64\n'],
	['rpm -qf /usr/bin/curl /bin/sh', 'curl-7.76.1-31.el9_6.1.x86_64\nbash-5.1.8-9.el9.x86_64\n'],
	['rpm -qf /nope 2>&1', 'error: file /nope: No such file or directory\n'],
	['rpm -ql cronie', '/usr/bin/crontab\n/usr/lib/systemd/system/crond.service\n/usr/sbin/crond\n'],
	["rpm -q --qf '%-6{NAME}|%{V}\\n' bash", 'bash  |5.1.8\n'],
	["rpm -q --qf '%{FOO}' bash 2>&1", 'error: incorrect format: unknown tag: "FOO"\n'],
	['rpm -e oniguruma 2>&1', 'error: Failed dependencies:\n\toniguruma is needed by (installed) jq-1.6-17.el9_6.2.x86_64\n'],
	['rpm -e tree; which tree 2>&1 | cut -d" " -f1-3', '/usr/bin/which: no tree\n'],
	['yum list installed bash | tail -1', `${'bash.x86_64'.padEnd(40)} ${'5.1.8-9.el9'.padEnd(24)} @anaconda\n`],
	['dnf remove -y dnf 2>&1 | sed -n 2p', ' Problem: The operation would result in removing the following protected packages: dnf, yum\n'],
	['for f in /usr/bin/* /usr/sbin/*; do rpm -qf $f; done | grep -c "not owned"', '0\n'],
];

test('every command of a host is of a package that rpm and dnf know', async t => {
	const session = fakeHostSession();
	for (const [line, said] of asked) t.is((await session.run(line)).stdout, said, line);
});

test("RHEL's nc is nmap's", async t => {
	const session = fakeHostSession();
	await session.run('yum install -y -q nmap-ncat');
	const version = 'Ncat: Version 7.92 ( https://nmap.org/ncat )\n';
	t.is(
		(await session.run('nc -zv k8s-node1 22')).stderr,
		`${version}Ncat: Connected to 172.25.254.10:22.\nNcat: 0 bytes sent, 0 bytes received in 0.01 seconds.\n`,
	);
	for (const [line, said, status] of [
		['nc k8s-node1 81', 'Ncat: Connection refused.\n', 1],
		['nc -w 1 10.1.2.3 80', 'Ncat: TIMEOUT.\n', 1],
		['nc', 'Ncat: You must specify a host to connect to. QUITTING.\n', 2],
		['nc nosuch 80', 'Ncat: Could not resolve hostname "nosuch": Temporary failure in name resolution. QUITTING.\n', 2],
		['nc 127.0.0.1 80-82', 'Ncat: Invalid port number "80-82". QUITTING.\n', 2],
		['nc -c date 127.0.0.1 22', 'kubelab: not simulated: nc -c\n', 125],
	] as const) {
		const {stderr, exitCode} = await session.run(line);
		t.deepEqual([stderr, exitCode], [said, status], line);
	}
});

test('ssh-keygen makes keys that describe themselves; ssh-copy-id brings one over once', async t => {
	const session = fakeHostSession();
	const said = (await session.run("ssh-keygen -t ed25519 -N '' -C me -f .ssh/id_ed25519")).stdout;
	t.regex(
		said,
		/^Generating public\/private ed25519 key pair\.\n(?:Your .*\n){2}The key fingerprint is:\nSHA256:\S{43} me\n.*\n\+--\[ED25519 256\]--\+\n/,
	);
	const [, print] = /(SHA256:\S+)/.exec(said) ?? [];
	t.is((await session.run('ssh-keygen -lf .ssh/id_ed25519')).stdout, `256 ${print} me (ED25519)\n`);
	t.is((await session.run('ssh-keygen -y -f .ssh/id_ed25519 | diff - .ssh/id_ed25519.pub')).exitCode, 0);
	t.regex((await session.run('ssh-copy-id k8s-node1')).stdout, /^\nNumber of key\(s\) added: 1\n/);
	t.regex((await session.run('ssh-copy-id k8s-node1')).stderr, /All keys were skipped because they already exist/);
	t.is((await session.run('ssh k8s-node1 cat .ssh/authorized_keys | diff - .ssh/id_ed25519.pub')).exitCode, 0);
});

test('ssh: a command, its status and input; a shell on top; names nobody has', async t => {
	const session = fakeHostSession({terminal: {columns: 80, rows: 24, sink() {}}});
	t.is((await session.run('ssh k8s-node1 hostname')).stdout, 'k8s-node1\n');
	t.is((await session.run('ssh root@172.25.254.10 "exit 7"')).exitCode, 7);
	t.is((await session.run('echo hi | ssh k8s-node1 cat')).stdout, 'hi\n');
	t.is((await session.run('ssh nosuch true')).stderr, 'ssh: Could not resolve hostname nosuch: Name or service not known\n');
	await session.run('ssh k8s-node1');
	t.is(session.prompt(), '[root@k8s-node1 ~]# ');
	t.is((await session.run('echo there > note; cat note')).stdout, 'there\n');
	t.regex((await session.run('exit')).stdout, /Connection to k8s-node1 closed\.\n/);
	t.is(session.prompt(), '[root@k8s-master ~]# ');
	t.is((await session.run('ls note')).exitCode, 2);
	t.is((await session.run('scp k8s-node1:note . && cat note')).stdout.split('\n').at(-2), 'there');
	t.is((await session.run('for n in k8s-master k8s-node1; do ssh $n hostname; done < /dev/null')).stdout, 'k8s-master\nk8s-node1\n');
});

test('a text that enters a shell goes on in it', async t => {
	const session = fakeHostSession({terminal: {columns: 80, rows: 24, sink() {}}});
	const {stdout} = await session.run('ssh k8s-node1\nhostname\nexit\nhostname');
	t.deepEqual(
		stdout.split('\n').filter(line => /^k8s/.test(line)),
		['k8s-node1', 'k8s-master'],
	);
	t.is(session.depth, 0);
	t.false(session.closed);
	await session.run('exit 4');
	t.true(session.closed);
});

test('systemctl and the journal', async t => {
	const session = fakeHostSession();
	t.is(
		(await session.run('systemctl is-active sshd; systemctl stop sshd; systemctl is-active sshd; echo $?')).stdout,
		'active\ninactive\n3\n',
	);
	t.is((await session.run('ssh k8s-master true')).stderr, 'ssh: connect to host k8s-master port 22: Connection refused\n');
	t.is((await session.run('systemctl start nosuch')).stderr, 'Failed to start nosuch.service: Unit nosuch.service not found.\n');
	t.regex(
		(await session.run('systemctl status sshd')).stdout,
		/^○ sshd\.service - OpenSSH server daemon\n {5}Loaded: loaded .*\n {5}Active: inactive \(dead\) since /,
	);
	t.regex(
		(await session.run('journalctl -u sshd --no-pager | tail -1')).stdout,
		/^Nov 21 02:00:00 k8s-master systemd\[1\]: Stopped OpenSSH server daemon\.\n$/,
	);
	t.is((await session.run('systemctl restart sshd && systemctl is-active sshd')).stdout, 'active\n');
	t.is((await session.run('systemctl disable crond')).stderr, 'Removed "/etc/systemd/system/multi-user.target.wants/crond.service".\n');
});

/** A line and what it prints. */
const rows: ReadonlyArray<readonly [line: string, stdout: string | RegExp, exitCode?: number]> = [
	['hostname; uname -r; whoami; id -u; nproc', /^k8s-master\n5\.14\.0-\S+\nroot\n0\n2\n$/],
	[
		'date; sleep 61; date +%s; date -d @0 +%F; date -u -d "2026-01-02 03:04:05" +%H%M',
		'Sat Nov 21 02:00:00 AM UTC 2026\n1795226461\n1970-01-01\n0304\n',
	],
	['ps -ef | head -2', /^UID +PID +PPID +C STIME TTY +TIME CMD\nroot +1 +0 +0 \d\d:\d\d \? +00:00:00 \/usr\/lib\/systemd\/systemd/],
	['ps aux | grep -c sshd', /^[1-9]\n$/],
	['ps -o pid,comm -p 1', '    PID COMMAND\n      1 systemd\n'],
	['pgrep -x sshd', /^829\n\d+\n\d+\n$/],
	[
		'ps ax | grep sshd',
		/^ +829 \?.*sshd: .*\n +\d+ \? .*sshd: root \[priv\]\n.*sshd: root@pts\/0\n +\d+ pts\/0 +S\+ +0:00 grep --color=auto sshd\n$/,
	],
	['a=-u; ps -f | cat $a', /^UID.*\nroot.* -bash\nroot +\d+ +2211 .* ps -f\nroot +\d+ +2211 .* cat -u\n$/],
	['ps -o comm | cat $(echo)', 'COMMAND\nbash\nps\nbash\n'],
	['bash -c "ps -o comm"', 'COMMAND\nbash\nps\n'],
	['bash -c "ps -o args; true"', 'COMMAND\n-bash\nbash -c ps -o args; true\nps -o args\n'],
	['sleep 9 & ps -o comm; ps -p $! -o comm=; kill %1', 'COMMAND\nbash\nsleep\nps\nsleep\n'],
	['ps | awk "/ps/{print \\$1}" | tr -d "\\n" | wc -c', '4\n'],
	['pgrep pgrep', '', 1],
	['systemctl show sshd -p SubState,ActiveState -p MainPID', 'MainPID=829\nActiveState=active\nSubState=running\n'],
	['systemctl show sshd nosuch -p LoadState --value', 'loaded\n\nnot-found\n'],
	['systemctl show sshd -p Slice', '', 125],
	['top -bn1 | head -1', /^top - 02:00:00 up 3 min, {2}1 user, {2}load average: /],
	['uptime', /^ 02:00:00 up 3 min, {2}1 user/],
	['free -m | head -2', /^ +total +used +free +shared {2}buff\/cache +available\nMem: +\d+/],
	['df -h /', /^Filesystem +Size {2}Used Avail Use% Mounted on\n\/dev\/mapper\/rhel-root +50G/],
	['mkdir d; touch d/b d/a; ls d; ls -l d | tail -1', 'a\nb\n-rw-r--r--. 1 root root 0 Nov 21 02:00 b\n'],
	['ls /nosuch', '', 2],
	['which kubectl ls', /^\/usr\/bin\/ls\n$/, 1],
	['seq 1 4 | xargs -n2 echo; echo a b | xargs -I{} echo "<{}>"; printf "x\\n" | xargs -t echo 2>/dev/null', '1 2\n3 4\n<a b>\nx\n'],
	['env -i A=1 env; A=2 printenv A', /^A=1\n(?:PWD=\/root\n)?2\n$/],
	['timeout 2 sleep 10; echo $?; timeout 10 true; echo $?', '124\n0\n'],
	['watch -n 2 -t date +%S', '00\n02\n04\n'],
	['sudo hostname; nohup echo hi', 'k8s-master\nhi\n'],
	['cd $(mktemp -d) && pwd | grep -c ^/tmp/tmp', '1\n'],
	['install -m 600 /etc/hosts h && stat -c %a h', '600\n'],
	['useradd bob; id bob', 'uid=1000(bob) gid=1000(bob) groups=1000(bob)\n'],
	['head -2 /etc/passwd | cut -d: -f1; seq 20 | head -n -18', 'root\nbin\n1\n2\n'],
	['man ls', '', 127],
	['lsmem', '', 125],
	[
		'lsblk -nlo NAME,SIZE,TYPE,MOUNTPOINT',
		'sda         51G disk \nsda1         1G part /boot\nsda2        50G part \nrhel-root   50G lvm  /\nsr0       1024M rom  \n',
	],
	['lsblk -o NOSUCH', '', 1],
	['blkid /dev/nosuch', '', 2],
	['findmnt -t devpts,cgroup2 -o TARGET', 'TARGET\n/sys/fs/cgroup\n/dev/pts\n'],
	['findmnt -n -o TARGET,SOURCE -T /boot/grub2', '/boot /dev/sda1\n'],
	['getenforce; setenforce 0 || firewall-cmd --state', 'Disabled\n', 252],
	['lscpu | grep "^CPU(s)"', 'CPU(s):              2\n'],
	[
		'who -b; last -n 1 root | head -1',
		/^ {9}system boot {2}2026-11-21 01:56\nroot +pts\/0 +172\.25\.254\.1 +Sat Nov 21 01:\d\d {3}still logged in\n$/,
	],
	['crontab -l', '', 1],
	['fuser 22/tcp 2>/dev/null; fuser 9/tcp', '   829', 1],
	[
		'yum install -y lsof > /dev/null; lsof -nPi :22',
		'COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nsshd     829 root    3u  IPv4  26038      0t0  TCP *:22 (LISTEN)\n',
	],
	['nmcli -t -f NAME,DEVICE con show --active; nmcli -g ipv4.gateway c s eth0', 'eth0:eth0\nlo:lo\n172.25.254.2\n'],
	[
		'nmcli con mod eth0 +ipv4.addresses 172.25.254.150/24 && nmcli con up eth0 && ip -br -4 a show eth0',
		/^Connection successfully activated .*\neth0 +UP +172\.25\.254\.100\/24 172\.25\.254\.150\/24 \n$/,
	],
	['nmcli con show nosuch', '', 10],
	[
		'journalctl -k -o cat | tail -1; dmesg -T | tail -1',
		'Bridge firewalling registered\n[Sat Nov 21 01:56:31 2026] Bridge firewalling registered\n',
	],
	['logger -t me -p user.err -- hi; journalctl -p err -o json | jq -r .MESSAGE; journalctl -b -n 1 -o cat', 'hi\nhi\n'],
	['systemctl start firewalld', '', 125],
	['systemctl reload crond && systemctl is-system-running', 'running\n'],
	[
		'systemctl list-timers --no-legend',
		/^Sat 2026-11-21 02:11:26 UTC 11min 26s left - - systemd-tmpfiles-clean\.timer .*\nSun 2026-11-22 .*logrotate\.service\n$/,
	],
	[
		'groupadd devs; useradd -G devs,wheel al; id al; usermod -G devs al; groups al; groupdel al; userdel -r al; getent passwd al',
		'uid=1000(al) gid=1001(al) groups=1001(al),10(wheel),1000(devs)\nal : al devs\n',
		2,
	],
	[
		'useradd eve; echo hello-world | passwd --stdin eve; passwd -S eve',
		/^Changing password for user eve\.\npasswd: all .*\neve PS 2026-11-21 .*\n$/,
	],
	['docker ps -a --no-such', /^/, 125],
	['script -qec "echo in" /dev/null', 'in\n'],
];

for (const [line, stdout, exitCode = 0] of rows) {
	test(line, async t => {
		const result = await fakeHostSession().run(line);
		if (typeof stdout === 'string') t.is(result.stdout, stdout, result.stderr);
		else t.regex(result.stdout, stdout, result.stderr);
		t.is(result.exitCode, exitCode, result.stderr);
	});
}
