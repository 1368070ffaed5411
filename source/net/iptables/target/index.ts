import type {TargetKind} from '../match-kind.js';
import accept from './accept.js';
import connmark from './connmark.js';
import ct from './ct.js';
import dnat from './dnat.js';
import drop from './drop.js';
import log from './log.js';
import mark from './mark.js';
import masquerade from './masquerade.js';
import nflog from './nflog.js';
import notrack from './notrack.js';
import redirect from './redirect.js';
import reject from './reject.js';
import return_ from './return.js';
import snat from './snat.js';
import tcpmss from './tcpmss.js';
import ttl from './ttl.js';

/** The `-j` extensions of iptables; any other word names a chain. */
export const targetKinds: readonly TargetKind[] = [
	accept,
	drop,
	return_,
	reject,
	log,
	mark,
	connmark,
	dnat,
	snat,
	masquerade,
	redirect,
	notrack,
	ct,
	nflog,
	tcpmss,
	ttl,
];

const byName = new Map(targetKinds.map(kind => [kind.name, kind]));

export const targetKind = (name: string): TargetKind | undefined => byName.get(name);
