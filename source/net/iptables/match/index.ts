import type {MatchKind} from '../match-kind.js';
import addrtype from './addrtype.js';
import comment from './comment.js';
import connmark from './connmark.js';
import conntrack from './conntrack.js';
import icmp from './icmp.js';
import iprange from './iprange.js';
import ipvs from './ipvs.js';
import length from './length.js';
import limit from './limit.js';
import mac from './mac.js';
import mark from './mark.js';
import multiport from './multiport.js';
import nfacct from './nfacct.js';
import owner from './owner.js';
import physdev from './physdev.js';
import pkttype from './pkttype.js';
import recent from './recent.js';
import rpfilter from './rpfilter.js';
import sctp from './sctp.js';
import set from './set.js';
import state from './state.js';
import statistic from './statistic.js';
import string from './string.js';
import tcp from './tcp.js';
import ttl from './ttl.js';
import udp from './udp.js';

/** The `-m` extensions of iptables. */
export const matchKinds: readonly MatchKind[] = [
	tcp,
	udp,
	sctp,
	icmp,
	multiport,
	comment,
	mark,
	connmark,
	conntrack,
	state,
	addrtype,
	statistic,
	recent,
	set,
	physdev,
	mac,
	limit,
	owner,
	ipvs,
	iprange,
	rpfilter,
	nfacct,
	length,
	ttl,
	pkttype,
	string,
];

const byName = new Map(matchKinds.map(kind => [kind.name, kind]));

export const matchKind = (name: string): MatchKind | undefined => byName.get(name);
