import type {Plugin} from '../plugin.js';
import autopath from './autopath.js';
import cache from './cache.js';
import errors from './errors.js';
import file from './file.js';
import forward from './forward.js';
import health from './health.js';
import hosts from './hosts.js';
import kubernetes from './kubernetes.js';
import loadbalance from './loadbalance.js';
import log from './log.js';
import loop from './loop.js';
import prometheus from './prometheus.js';
import ready from './ready.js';
import reload from './reload.js';
import rewrite from './rewrite.js';

/** In the order of CoreDNS's plugin.cfg: it is the order of the chain, whatever the Corefile's. */
export const plugins: readonly Plugin[] = [
	reload,
	ready,
	health,
	prometheus,
	errors,
	log,
	loadbalance,
	cache,
	rewrite,
	autopath,
	hosts,
	kubernetes,
	file,
	loop,
	forward,
];

/** All directives of CoreDNS 1.12; those without a plugin above are refused aloud. */
export const knownDirectives: readonly string[] =
	'root metadata geoip cancel tls quic timeouts multisocket reload nsid bufsize bind debug trace ready health pprof prometheus errors log dnstap local dns64 any chaos loadbalance tsig cache rewrite header dnssec autopath minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc erratic whoami on sign view acl'.split(
		' ',
	);
