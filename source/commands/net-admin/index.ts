import type {Command} from '../../shell/command.js';
import arp from './arp.js';
import brctl from './brctl.js';
import bridge from './bridge.js';
import conntrack from './conntrack/conntrack.js';
import ethtool from './ethtool.js';
import ifconfig from './ifconfig.js';
import ip from './ip/ip.js';
import ip6tables from './ip6tables.js';
import ip6tablesRestore from './ip6tables-restore.js';
import ip6tablesSave from './ip6tables-save.js';
import ipset from './ipset.js';
import iptables from './iptables.js';
import iptablesLegacy from './iptables-legacy.js';
import iptablesRestore from './iptables-restore.js';
import iptablesSave from './iptables-save.js';
import iptablesTranslate from './iptables-translate.js';
import ipvsadm from './ipvsadm/ipvsadm.js';
import lsmod from './lsmod.js';
import modprobe from './modprobe.js';
import netstat from './netstat.js';
import nft from './nft/nft.js';
import route from './route.js';
import ss from './ss/ss.js';
import sysctl from './sysctl.js';
import tc from './tc.js';
import tcpdump from './tcpdump/tcpdump.js';
import {withPrivilege} from './privilege.js';

/** Tools that list and change a machine's network tables. They own no state. */
const commands: readonly Command[] = [
	ip,
	ss,
	netstat,
	route,
	ifconfig,
	arp,
	iptables,
	iptablesSave,
	iptablesRestore,
	ip6tables,
	ip6tablesSave,
	ip6tablesRestore,
	iptablesLegacy,
	iptablesTranslate,
	nft,
	ipvsadm,
	ipset,
	conntrack,
	sysctl,
	lsmod,
	modprobe,
	tcpdump,
	ethtool,
	brctl,
	bridge,
	tc,
];
export default commands.map(withPrivilege);
