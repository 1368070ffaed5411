import {object, type Schema, string} from '../../metallb/manifest/schema.js';
import {ageColumn, conditions} from './schema.js';
import {manifestText} from './standard-install.js';

export const nginxGroup = 'gateway.nginx.org';

/** Fields of policies that nothing here acts on: taken as they are. */
const anything: Schema = {description: 'What is asked for.', type: 'object', 'x-kubernetes-preserve-unknown-fields': true};

const gatewaySpec = object('Configuration of the control plane.', {
	logging: object('What it says.', {level: string('From which level on.', {default: 'info', enum: ['info', 'debug', 'error']})}),
});

interface Definition {
	readonly kind: string;
	readonly plural: string;
	readonly shortName?: string;
	readonly scope?: 'Cluster';
	readonly version?: string;
	readonly description: string;
	readonly spec?: Schema;
	readonly labels?: Readonly<Record<string, string>>;
}

const definition = ({kind, plural, shortName, scope, version = 'v1alpha1', description, spec = anything, labels}: Definition) => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {
		annotations: {'controller-gen.kubebuilder.io/version': 'v0.17.2'},
		...(labels && {labels}),
		name: `${plural}.${nginxGroup}`,
	},
	spec: {
		group: nginxGroup,
		names: {
			...(labels && {categories: ['nginx-gateway-fabric']}),
			kind,
			listKind: `${kind}List`,
			plural,
			...(shortName && {shortNames: [shortName]}),
			singular: kind.toLowerCase(),
		},
		scope: scope ?? 'Namespaced',
		versions: [
			{
				additionalPrinterColumns: [ageColumn],
				name: version,
				schema: {
					openAPIV3Schema: {
						description,
						properties: {
							apiVersion: {type: 'string'},
							kind: {type: 'string'},
							metadata: {type: 'object'},
							spec,
							status: object('What the controller says.', {conditions: conditions()}),
						},
						required: ['spec'],
						type: 'object',
					},
				},
				served: true,
				storage: true,
				subresources: {status: {}},
			},
		],
	},
});

/** Kinds that are kept and nothing else. Those with a version must be there when the control plane starts. */
export const inertKinds: ReadonlyArray<readonly [kind: string, plural: string, version?: string]> = [
	['ClientSettingsPolicy', 'clientsettingspolicies', 'v1alpha1'],
	['NginxProxy', 'nginxproxies', 'v1alpha1'],
	['ObservabilityPolicy', 'observabilitypolicies', 'v1alpha2'],
	['SnippetsFilter', 'snippetsfilters'],
	['UpstreamSettingsPolicy', 'upstreamsettingspolicies', 'v1alpha1'],
];

const definitions: readonly object[] = [
	definition({
		kind: 'ClientSettingsPolicy',
		plural: 'clientsettingspolicies',
		shortName: 'cspolicy',
		description: 'How clients are treated.',
		labels: {'gateway.networking.k8s.io/policy': 'inherited'},
	}),
	definition({kind: 'NginxGateway', plural: 'nginxgateways', description: 'Configuration of the control plane.', spec: gatewaySpec}),
	definition({kind: 'NginxProxy', plural: 'nginxproxies', scope: 'Cluster', description: 'Configuration of nginx.'}),
	definition({
		kind: 'ObservabilityPolicy',
		plural: 'observabilitypolicies',
		version: 'v1alpha2',
		description: 'What is traced.',
		labels: {'gateway.networking.k8s.io/policy': 'direct'},
	}),
	definition({kind: 'SnippetsFilter', plural: 'snippetsfilters', description: 'Lines for nginx.conf.'}),
	definition({
		kind: 'UpstreamSettingsPolicy',
		plural: 'upstreamsettingspolicies',
		description: 'How Services are asked.',
		labels: {'gateway.networking.k8s.io/policy': 'direct'},
	}),
];

let text: string | undefined;

/** `crds.yaml` of NGINX Gateway Fabric v1.6.2. */
export function nginxGatewayCrds(): string {
	text ??= manifestText(definitions);
	return text;
}
