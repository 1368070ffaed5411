/** Commands that images have, by family. */
const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);

/** BusyBox 1.36 applets that people use. */
export const busyboxTools: readonly string[] = words(`
	[ [[ adduser arch arp arping ash awk base64 basename bc bunzip2 busybox bzcat bzip2 cal cat chgrp chmod chown chroot cksum clear cmp comm cp cpio crond crontab cut date dc dd df diff dirname
	dmesg dnsdomainname du echo ed egrep env expand expr factor fallocate false fgrep find flock fold free ftpget fuser getopt grep groups gunzip gzip halt head hexdump hostid hostname
	httpd id ifconfig install ionice ip ipaddr iplink iproute kill killall less link ln logger login logname ls lsof md5sum mkdir mkfifo mknod mktemp more mount mountpoint mv
	last nc netstat nice nl nohup nproc nsenter nslookup od passwd paste patch pgrep pidof ping ping6 pkill pmap printenv printf ps pstree pwd readlink realpath renice reset rev rm rmdir route
	sed seq setsid sh sha1sum sha256sum sha512sum shred shuf sleep sort split stat strings stty su sum sync sysctl tac tail tar tee telnet test tftp time timeout top touch tr traceroute
	true truncate tsort tty umount uname unexpand uniq unlink unzip uptime usleep vi w watch wc wget which who whoami xargs xxd xz xzcat yes zcat`);

/** coreutils and what else a slim Debian has. */
export const debianSlimTools: readonly string[] = words(`
	[ arch awk base32 base64 basename bash cat chgrp chmod chown chroot cksum comm cp csplit cut dash date dd df diff dir dircolors dirname du echo egrep env expand expr factor
	false fgrep find fmt fold getconf getent getopt grep groups gunzip gzip head hostid hostname id install join kill link ln logname ls md5sum mkdir mkfifo mknod mktemp mount mv nice nl nohup
	nproc numfmt od paste pathchk perl pr printenv printf ptx pwd readlink realpath rm rmdir sed seq sh sha1sum sha256sum sha512sum shred shuf sleep sort split stat stty su sum sync tac tail tar tee
	test timeout touch tr true truncate tsort tty umount uname unexpand uniq unlink users vdir wc which who whoami xargs yes zcat`);

/** What a full CentOS or Ubuntu shell adds. */
export const fullTools: readonly string[] = words('awk curl less ps top free uptime vi yum apt apt-get dnf ip ss ping');

const ubuntuNames: Readonly<Record<string, string>> = {
	'14.04': 'trusty',
	'16.04': 'xenial',
	'18.04': 'bionic',
	'20.04': 'focal',
	'22.04': 'jammy',
	'24.04': 'noble',
};

export const osRelease = {
	alpine: (version: string) =>
		`NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.split('.').slice(0, 2).join('.')}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
	debian:
		'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nVERSION_CODENAME=bookworm\nID=debian\n',
	ubuntu: (version: string) =>
		`PRETTY_NAME="Ubuntu ${version} LTS"\nNAME="Ubuntu"\nVERSION_ID="${version}"\nVERSION_CODENAME=${ubuntuNames[version] ?? 'noble'}\nID=ubuntu\nID_LIKE=debian\nUBUNTU_CODENAME=${ubuntuNames[version] ?? 'noble'}\n`,
	centos:
		'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"\n',
};

/** Names under which the course's own registries serve an image of Docker Hub's library. */
export const mirrors = (name: string): readonly string[] => [
	`reg.timinglee.org/library/${name}`,
	`reg.lilee.org/library/${name}`,
	`reg.timinglee.org/${name}`,
	`reg.lilee.org/${name}`,
	`reg.timinglee.org/timinglee/${name}`,
	`docker.io/timinglee/${name}`,
	`registry.cn-hangzhou.aliyuncs.com/library/${name}`,
	`daocloud.io/library/${name}`,
];
