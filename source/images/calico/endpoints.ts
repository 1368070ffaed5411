import type {Model, Workload} from './model.js';
import {chainOf, type Policy, selects} from './policy.js';

/** A pod of this node with the link that leads to it. */
export interface LocalEndpoint {
	readonly workload: Workload;
	readonly link: string;
}

const start = [
	'-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
	'-m conntrack --ctstate INVALID -j DROP',
	'-j MARK --set-xmark 0x0/0x10000',
];

/** The chains of this node's pods and the dispatch to them. */
export function addEndpoints(model: Model, endpoints: readonly LocalEndpoint[], policies: readonly Policy[]): void {
	const unknown = '-m comment --comment "Unknown interface" -j DROP';
	model.chains.set('cali-from-wl-dispatch', [
		...endpoints.map(({link}) => `-i ${link} -m comment --comment "Per-endpoint" -g cali-fw-${link}`),
		unknown,
	]);
	model.chains.set('cali-to-wl-dispatch', [
		...endpoints.map(({link}) => `-o ${link} -m comment --comment "Per-endpoint" -g cali-tw-${link}`),
		unknown,
	]);
	// What IPVS sends on has no incoming link any more: the pod is known by its address.
	const bySource = endpoints.map(({workload, link}) => `-s ${workload.ip} -j cali-fw-${link}`);
	model.chains.set('cali-ipvs-forward', [...bySource, '-o cali+ -j cali-to-wl-dispatch']);
	for (const {workload, link} of endpoints) {
		const own = policies.filter(policy => selects(policy, workload));
		const profile = `cali-pri-kns.${workload.namespace}`.slice(0, 28);
		model.chains.set(profile, [
			'-m comment --comment "Profile ingress" -j MARK --set-xmark 0x10000/0x10000',
			'-m mark --mark 0x10000/0x10000 -j RETURN',
		]);
		for (const [direction, prefix] of [
			['ingress', 'cali-tw-'],
			['egress', 'cali-fw-'],
		] as const) {
			const applied = own.filter(policy => policy.directions.includes(direction));
			model.chains.set(prefix + link, [
				...start,
				...policyRules(applied.map(policy => chainOf(policy, direction))),
				...profileRules(profile),
			]);
		}
	}
}

/** A pod that any policy selects lets through only what one of them accepts. */
function policyRules(chains: readonly string[]): string[] {
	if (chains.length === 0) return [];
	return [
		'-m comment --comment "Start of policies" -j MARK --set-xmark 0x0/0x20000',
		...chains.flatMap(chain => [
			`-m mark --mark 0x0/0x20000 -j ${chain}`,
			'-m comment --comment "Return if policy accepted" -m mark --mark 0x10000/0x10000 -j RETURN',
		]),
		'-m comment --comment "Drop if no policies passed packet" -m mark --mark 0x0/0x20000 -j DROP',
	];
}

const profileRules = (profile: string): string[] => [
	`-j ${profile}`,
	'-m comment --comment "Return if profile accepted" -m mark --mark 0x10000/0x10000 -j RETURN',
	'-m comment --comment "Drop if no profiles matched" -j DROP',
];
