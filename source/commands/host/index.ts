import type {Command} from '../../shell/command.js';
import {withBusyboxFace} from '../busybox/face.js';
import chroot from './launch/chroot.js';
import {chronyc} from './clock/chronyc.js';
import {dmesg} from './journal/dmesg.js';
import {logger} from './journal/logger.js';
import date from './clock/date.js';
import disks from './disk/index.js';
import dnf from './packages/dnf.js';
import {env, printenv} from './launch/env.js';
import files from './files/files.js';
import head from './files/head.js';
import login from './login/index.js';
import journalctl from './journal/journalctl.js';
import kill from './process/kill.js';
import kubeadm from './kubeadm/kubeadm.js';
import {lscpu} from './machine/lscpu.js';
import ls from './files/ls.js';
import {nmcli} from './nmcli/nmcli.js';
import portHolders from './process/port-holders.js';
import power from './machine/power.js';
import ps from './process/ps.js';
import python3 from './python/python3.js';
import rpm from './packages/rpm.js';
import runners from './launch/runners.js';
import sleep from './launch/sleep.js';
import ssh from './ssh/ssh.js';
import security from './security/index.js';
import system from './machine/system.js';
import systemctl from './systemctl/systemctl.js';
import terminal from './machine/terminal.js';
import timeout from './launch/timeout.js';
import top from './process/top.js';
import {uptime} from './clock/uptime.js';
import watch from './launch/watch.js';
import which from './files/which.js';
import xargs from './launch/xargs.js';

/** Tools of the hosts that are not about the network. */
export default [
	...terminal,
	ls,
	...files,
	head,
	...which,
	sleep,
	date,
	timeout,
	watch,
	xargs,
	env,
	printenv,
	...runners,
	...chroot,
	...login,
	...system,
	uptime,
	lscpu,
	chronyc,
	...security,
	nmcli,
	...disks,
	ps,
	top,
	...kill,
	...portHolders,
	...systemctl,
	journalctl,
	dmesg,
	logger,
	dnf,
	rpm,
	python3,
	...ssh,
	power,
	kubeadm,
].map(withBusyboxFace) satisfies Command<any>[];
