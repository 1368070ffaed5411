/** Extensions that iptables 1.8.9 brings and this world does not play. */
export const unsimulatedMatches: ReadonlySet<string> = new Set(
	'ah bpf cgroup cluster connbytes connlabel connlimit cpu dccp devgroup dscp ecn esp hashlimit helper ipcomp osf policy quota rateest realm socket tcpmss time tos u32'.split(
		' ',
	),
);

/** The same of options, by their extension. */
export const unsimulatedOptions: Readonly<Record<string, readonly string[]>> = {conntrack: ['ctstatus', 'ctexpire'], tcp: ['tcp-option']};

export const unsimulatedTargets: ReadonlySet<string> = new Set(
	'AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNSECMARK DSCP ECN HMARK IDLETIMER LED NETMAP NFQUEUE QUEUE RATEEST SECMARK SET SYNPROXY TCPOPTSTRIP TEE TOS TPROXY TRACE'.split(
		' ',
	),
);
