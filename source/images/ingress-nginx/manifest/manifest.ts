import {stringify} from 'yaml';
import type {KubeObject} from '../../../api/object.js';
import {access} from './access.js';
import {type Provider, workloads} from './workloads.js';

/** In the order in which they are applied. */
export const ingressNginxObjects = (provider: Provider): readonly KubeObject[] =>
	[
		{
			apiVersion: 'v1',
			kind: 'Namespace',
			metadata: {
				labels: {'app.kubernetes.io/instance': 'ingress-nginx', 'app.kubernetes.io/name': 'ingress-nginx'},
				name: 'ingress-nginx',
			},
		},
		...access,
		...workloads(provider),
	] as KubeObject[];

const texts = new Map<Provider, string>();

/** `deploy.yaml` of ingress-nginx v1.11.2, as one would download it: `deploy/static/provider/<provider>/deploy.yaml`. */
export function ingressNginxDeploy(provider: Provider): string {
	const text =
		texts.get(provider) ??
		ingressNginxObjects(provider)
			.map(object => stringify(object, {indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true}))
			.join('---\n');
	texts.set(provider, text);
	return text;
}
