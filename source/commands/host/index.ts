import type {Command} from '../../shell/command.js';
import {withBusyboxFace} from '../busybox/face.js';
import chroot from './chroot.js';
import {chronyc} from './chronyc.js';
import {dmesg} from './journal/dmesg.js';
import {logger} from './journal/logger.js';
import date from './date.js';
import disks from './disk/index.js';
import dnf from './dnf/dnf.js';
import {env, printenv} from './env.js';
import files from './files.js';
import head from './head.js';
import login from './login/index.js';
import journalctl from './journal/journalctl.js';
import kill from './kill.js';
import kubeadm from './kubeadm.js';
import {lscpu} from './lscpu.js';
import ls from './ls.js';
import {nmcli} from './nmcli/nmcli.js';
import portHolders from './port-holders.js';
import power from './power.js';
import ps from './ps.js';
import rpm from './rpm.js';
import runners from './runners.js';
import sleep from './sleep.js';
import ssh from './ssh.js';
import security from './security/index.js';
import system from './system.js';
import systemctl from './systemctl/systemctl.js';
import terminal from './terminal.js';
import timeout from './timeout.js';
import top from './top.js';
import {uptime} from './uptime.js';
import watch from './watch.js';
import which from './which.js';
import xargs from './xargs.js';

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
	...ssh,
	power,
	kubeadm,
].map(withBusyboxFace) satisfies Command<any>[];
