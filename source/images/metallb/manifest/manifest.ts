import {stringify} from 'yaml';
import {access} from './access.js';
import {bfdProfiles, bgpPeers, communities} from './bgp-definitions.js';
import {bgpAdvertisements, ipAddressPools, l2Advertisements, serviceL2Statuses} from './pool-definitions.js';
import {webhooks} from './webhooks.js';
import {workloads} from './workloads.js';

const level = 'pod-security.kubernetes.io';

/** In the order in which they are applied. */
export const metallbObjects: readonly object[] = [
	{
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {
			labels: {[`${level}/audit`]: 'privileged', [`${level}/enforce`]: 'privileged', [`${level}/warn`]: 'privileged'},
			name: 'metallb-system',
		},
	},
	bfdProfiles,
	bgpAdvertisements,
	bgpPeers,
	communities,
	ipAddressPools,
	l2Advertisements,
	serviceL2Statuses,
	...access,
	...workloads,
	webhooks,
];

let text: string | undefined;

/** `metallb-native.yaml`: the objects of MetalLB v0.14.8, as one would download them. */
export function metallbNative(): string {
	text ??= metallbObjects
		.map(object => stringify(object, {indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true}))
		.join('---\n');
	return text;
}
