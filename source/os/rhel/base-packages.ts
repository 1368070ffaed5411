import {base, bin, sbin, type Row} from './package-row.js';

/** Packages of the base system: name, version, release, architecture, KiB; what it is; its commands in /usr/bin, in /usr/sbin; what else it owns. */
const table = `
NetworkManager 1.52.0 3.el9_6 x86_64 2300|Network connection manager and user applications|nmcli|NetworkManager|/usr/lib/systemd/system/NetworkManager.service
audit 3.1.5 4.el9 x86_64 254|User space tools for kernel auditing||auditctl|/var/log/audit
basesystem 11 13.el9 noarch 8|The skeleton package which defines a simple Red Hat Enterprise Linux system
bash 5.1.8 9.el9 x86_64 1740|The GNU Bourne Again shell|alias bash bg cd command fc fg jobs read sh type ulimit umask unalias wait
binutils 2.35.2 63.el9 x86_64 4600|A GNU collection of binary utilities|strings
bzip2 1.0.8 10.el9 x86_64 56|A file compression utility|bzip2
ca-certificates 2024.2.69_v8.0.303 91.4.el9_4 noarch 1000|The Mozilla CA root certificate bundle|||/etc/pki/tls/certs/ca-bundle.crt /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem
coreutils 8.32 39.el9 x86_64 1160|A set of basic GNU tools commonly used in shell scripts|[ arch base32 base64 basename cat chcon chgrp chmod chown cksum comm cp csplit cut date dd df dir dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir seq sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes|chroot
coreutils-common 8.32 39.el9 x86_64 2100|coreutils common optional components
cpio 2.13 16.el9 x86_64 276|A GNU archiving program|cpio
cronie 1.5.7 12.el9 x86_64 118|Cron daemon for executing programs at set times|crontab|crond|/usr/lib/systemd/system/crond.service
dbus-broker 28 7.el9 x86_64 178|Linux D-Bus Message Broker|||/usr/lib/systemd/system/dbus-broker.service
device-mapper 1.02.202 6.el9 x86_64 144|Device mapper utility
diffutils 3.7 12.el9 x86_64 397|GNU collection of diff utilities|cmp diff
e2fsprogs 1.46.5 7.el9 x86_64 1000|Utilities for managing ext2, ext3, and ext4 file systems|chattr lsattr
file 5.39 16.el9 x86_64 49|Utility for determining file types|file
filesystem 3.16 5.el9 x86_64 4800|The basic directory layout for a Linux system|||/bin /sbin /lib /lib64 /home /media /mnt /opt /root /srv /tmp /usr /usr/bin /usr/sbin /var
findutils 4.8.0 7.el9 x86_64 550|The GNU versions of find utilities (find and xargs)|find xargs
gawk 5.1.0 6.el9 x86_64 1000|The GNU version of the AWK text processing utility|awk dgawk gawk
glibc 2.34 168.el9_6.14 x86_64 1960|The GNU libc libraries||ldconfig|/usr/lib64
glibc-common 2.34 168.el9_6.14 x86_64 295|Common binaries and locale data for glibc|getconf getent iconv ldd locale
glibc-minimal-langpack 2.34 168.el9_6.14 x86_64 20|Minimal language packs for glibc.
grep 3.6 5.el9 x86_64 269|Pattern matching utilities|egrep fgrep grep
gzip 1.12 1.el9 x86_64 163|GNU data compression program|gunzip gzip zcat zgrep
hostname 3.23 6.el9 x86_64 28|Utility to set/show the host name or domain name|hostname
info 6.7 15.el9 x86_64 224|A stand-alone TTY-based reader for GNU texinfo documentation|info
initscripts-service 10.11.8 4.el9 noarch 18|Support for service command||service
irqbalance 1.9.4 2.el9 x86_64 76|IRQ balancing daemon|||/usr/lib/systemd/system/irqbalance.service
kernel 5.14.0 570.12.1.el9_6 x86_64 1700|The Linux kernel
kernel-core 5.14.0 570.12.1.el9_6 x86_64 17700|The Linux kernel
kernel-modules 5.14.0 570.12.1.el9_6 x86_64 37000|kernel modules to match the core kernel
kernel-modules-core 5.14.0 570.12.1.el9_6 x86_64 31000|Core kernel modules to match the core kernel
kmod-libs 28 10.el9 x86_64 63|Libraries to handle kernel module loading and unloading
less 590 5.el9 x86_64 161|A text file browser similar to more, but better|less
libbpf 1.5.0 1.el9 x86_64 175|Libbpf library
libcurl 7.76.1 31.el9_6.1 x86_64 284|A library for getting files from web servers
libgcc 11.5.0 5.el9_5 x86_64 87|GCC version 11 shared support library
libmnl 1.0.4 16.el9_4 x86_64 28|A minimalistic Netlink library
libnetfilter_conntrack 1.0.9 1.el9 x86_64 59|Netfilter conntrack userspace library
libnfnetlink 1.0.1 23.el9_5 x86_64 33|Netfilter netlink userspace library
libnftnl 1.2.6 4.el9_4 x86_64 87|Library for low-level interaction with nftables Netlink's API over libmnl
libpcap 1.10.0 4.el9 x86_64 177|A system-independent interface for user-level packet capture
libselinux 3.6 3.el9 x86_64 87|SELinux library and simple utilities
libselinux-utils 3.6 3.el9 x86_64 184|SELinux libselinux utilities||getenforce selinuxenabled setenforce
logrotate 3.18.0 12.el9 x86_64 79|Rotates, compresses, removes and mails system log files|||/usr/lib/systemd/system/logrotate.timer
ncurses 6.2 10.20210508.el9_6.2 x86_64 400|Ncurses support utilities|clear reset tput
ncurses-libs 6.2 10.20210508.el9_6.2 x86_64 330|Ncurses libraries
openssh-server 8.7p1 45.el9 x86_64 458|An open source SSH server daemon||sshd|/etc/ssh/sshd_config /usr/lib/systemd/system/sshd.service
openssl-libs 3.2.2 6.el9_5.1 x86_64 2100|A general purpose cryptography library with TLS implementation
pam 1.5.1 26.el9_6 x86_64 637|An extensible library which provides authentication for applications
parted 3.5 3.el9 x86_64 604|The GNU disk partition manipulation program||parted
passwd 0.80 12.el9 x86_64 106|An utility for setting or changing passwords using PAM|passwd
pcre 8.44 4.el9 x86_64 200|Perl-compatible regular expression library
perl-interpreter 5.32.1 481.1.el9_6 x86_64 72|Standalone executable Perl interpreter|perl
policycoreutils 3.6 2.1.el9 x86_64 237|SELinux policy core utilities||sestatus|/etc/selinux/config
popt 1.18 8.el9 x86_64 69|C library for parsing command line parameters
python3 3.9.21 2.el9_6.1 x86_64 26|Python 3.9 interpreter|python3
python3-libs 3.9.21 2.el9_6.1 x86_64 8100|Python runtime libraries
readline 8.1 4.el9 x86_64 216|A library for editing typed command lines
redhat-release 9.6 0.1.el9 x86_64 44|Red Hat Enterprise Linux release file|||/etc/redhat-release /etc/os-release /usr/lib/os-release
rootfiles 8.1 34.el9 noarch 11|The basic required files for the root user's directory|||/root/.bashrc /root/.bash_profile
rpm-libs 4.16.1.3 37.el9 x86_64 309|Libraries for manipulating RPM packages
rsyslog 8.2412.0 1.el9 x86_64 802|Enhanced system logging and kernel message trapping daemon|||/usr/lib/systemd/system/rsyslog.service
sed 4.8 9.el9 x86_64 309|A GNU stream text editor|sed
setup 2.13.7 10.el9 noarch 150|A set of system configuration and setup files|||/etc/bashrc /etc/group /etc/host.conf /etc/hosts /etc/passwd /etc/profile /etc/shadow /etc/shells /etc/fstab
shadow-utils 4.9 12.el9 x86_64 1200|Utilities for managing accounts and shadow password files|chage gpasswd lastlog newgrp|adduser groupadd groupdel groupmod useradd userdel usermod
sudo 1.9.5p2 10.el9_6.1 x86_64 1000|Allows restricted root access for specified users|sudo|visudo
systemd 252 51.el9_6.1 x86_64 4200|System and Service Manager|hostnamectl journalctl localectl loginctl systemctl systemd-analyze systemd-cgls systemd-run timedatectl|halt init poweroff reboot runlevel shutdown telinit|/etc/systemd/system /usr/lib/systemd/system/systemd-journald.service /usr/lib/systemd/system/systemd-logind.service /usr/lib/systemd/system/multi-user.target /usr/lib/systemd/system/network-online.target
systemd-libs 252 51.el9_6.1 x86_64 684|systemd libraries
systemd-udev 252 51.el9_6.1 x86_64 2000|Rule-based device node and kernel event manager|||/usr/lib/systemd/system/systemd-udevd.service
tar 1.34 7.el9 x86_64 885|GNU file archiving program|tar
time 1.9 18.el9 x86_64 53|A GNU utility for monitoring a program's use of system resources|time
tzdata 2025b 1.el9 noarch 836|Timezone data
util-linux 2.37.4 21.el9 x86_64 2300|Collection of basic system utilities|cal column getopt hexdump ipcs last lastb login look lscpu lsmem mesg namei prlimit rename rev script su wall whereis write|agetty fdisk hwclock mkfs
util-linux-core 2.37.4 21.el9 x86_64 467|The core set of utilities from util-linux|dmesg fallocate findmnt flock ionice kill logger lsblk more mount nsenter renice setsid taskset umount unshare|blkid fsck losetup mkswap nologin pivot_root swapoff swapon
which 2.21 30.el9_6 x86_64 46|Displays where a particular program in your path is located|which
xz 5.2.5 8.el9_0 x86_64 230|LZMA compression utilities|unxz xz
xz-libs 5.2.5 8.el9_0 x86_64 94|Libraries for decoding LZMA compression
zlib 1.2.11 40.el9 x86_64 92|Compression and decompression library
`;

const words = (text = '') => text.split(' ').filter(Boolean);

export const basePackages: readonly Row[] = table
	.trim()
	.split('\n')
	.map(line => {
		const [label, summary, inBin, inSbin, owned] = line.split('|');
		const [name, version, release, arch, kib] = words(label);
		const commands = [...bin(...words(inBin)), ...sbin(...words(inSbin))];
		return [name!, version!, release!, arch as Row[3], base, Number(kib), summary!, commands, {base: true, owns: words(owned)}];
	});
