import {integer, list, object, type Schema, selector, string} from '../../metallb/manifest/schema.js';
import {ageColumn, conditions, definition, hostname, keyed, named, pendingStatus, port, rule, rules, sectionName} from './schema.js';

const parametersRef = (withNamespace: boolean): Schema =>
	object(
		'Parameters of the implementation.',
		{group: named.group(), kind: named.kind(), name: named.name, ...(withNamespace && {namespace: named.namespace})},
		['group', 'kind', 'name'],
	);

export const gatewayClasses = definition({
	kind: 'GatewayClass',
	plural: 'gatewayclasses',
	shortNames: ['gc'],
	scope: 'Cluster',
	versions: ['v1', 'v1beta1'],
	description: 'A class of Gateways: which controller looks after them.',
	columns: [
		{name: 'Controller', type: 'string', jsonPath: '.spec.controllerName'},
		{name: 'Accepted', type: 'string', jsonPath: '.status.conditions[?(@.type=="Accepted")].status'},
		ageColumn,
		{name: 'Description', type: 'string', jsonPath: '.spec.description', priority: 1},
	],
	spec: object(
		'What the class is.',
		{
			controllerName: string('Name of the controller, a path below a domain.', {
				minLength: 1,
				maxLength: 253,
				pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$",
				...rules(rule('Value is immutable', 'self == oldSelf')),
			}),
			description: string('What it is for.', {maxLength: 64}),
			parametersRef: parametersRef(true),
		},
		['controllerName'],
	),
	status: {...object('What the controller says.', {conditions: conditions('Accepted')}), ...pendingStatus('Accepted')},
	required: ['spec'],
});

const certificateRef = object(
	'The Secret with certificate and key.',
	{group: named.group({default: ''}), kind: named.kind({default: 'Secret'}), name: named.name, namespace: named.namespace},
	['name'],
);

const tls: Schema = {
	...object('How TLS is spoken.', {
		certificateRefs: {...list('Certificates with their keys.', certificateRef), maxItems: 64},
		mode: string('Who ends it.', {default: 'Terminate', enum: ['Terminate', 'Passthrough']}),
		options: {
			description: 'Of the implementation.',
			type: 'object',
			additionalProperties: {type: 'string', maxLength: 4096},
			maxProperties: 16,
		},
	}),
	...rules(
		rule(
			'certificateRefs or options must be specified when mode is Terminate',
			"self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
		),
	),
};

const routeKind = object('A kind of route.', {group: named.group({default: 'gateway.networking.k8s.io'}), kind: named.kind()}, ['kind']);

const allowedRoutes: Schema = {
	...object('Which routes may attach.', {
		kinds: {...list('Kinds of routes.', routeKind), maxItems: 8},
		namespaces: {
			...object('Where they are.', {
				from: string('Which namespaces.', {default: 'Same', enum: ['All', 'Selector', 'Same']}),
				selector,
			}),
			default: {from: 'Same'},
		},
	}),
	default: {namespaces: {from: 'Same'}},
};

const listener = object(
	'A port on which the Gateway listens.',
	{
		allowedRoutes,
		hostname: hostname('The name that is asked for; all names when absent.'),
		name: sectionName('Its name within the Gateway.'),
		port: port('The port.'),
		protocol: string('What is spoken.', {
			minLength: 1,
			maxLength: 255,
			pattern: '^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9]+$',
		}),
		tls,
	},
	['name', 'port', 'protocol'],
);

const listenerRules = rules(
	rule(
		"tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
		"self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
	),
	rule(
		'tls mode must be Terminate for protocol HTTPS',
		"self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
	),
	rule(
		"hostname must not be specified for protocols ['TCP', 'UDP']",
		"self.all(l, l.protocol in ['TCP', 'UDP']  ? (!has(l.hostname) || l.hostname == '') : true)",
	),
	rule('Listener name must be unique within the Gateway', 'self.all(l1, self.exists_one(l2, l1.name == l2.name))'),
	rule(
		'Combination of port, protocol and hostname must be unique for each listener',
		'self.all(l1, self.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))',
	),
);

const address = object(
	'An address.',
	{type: string('Its kind.', {default: 'IPAddress'}), value: string('The address.', {minLength: 1, maxLength: 253})},
	['value'],
);
const annotations = (description: string): Schema => ({
	description,
	type: 'object',
	additionalProperties: {type: 'string', maxLength: 4096},
	maxProperties: 8,
});

const listenerStatus = object(
	'What is known of one listener.',
	{
		attachedRoutes: integer('How many routes are attached.'),
		conditions: conditions(),
		name: sectionName('The listener.'),
		supportedKinds: {...list('Kinds of routes that it takes.', routeKind), maxItems: 8},
	},
	['attachedRoutes', 'conditions', 'name', 'supportedKinds'],
);

export const gateways = definition({
	kind: 'Gateway',
	plural: 'gateways',
	shortNames: ['gtw'],
	versions: ['v1', 'v1beta1'],
	description: 'A place where traffic comes in.',
	columns: [
		{name: 'Class', type: 'string', jsonPath: '.spec.gatewayClassName'},
		{name: 'Address', type: 'string', jsonPath: '.status.addresses[*].value'},
		{name: 'Programmed', type: 'string', jsonPath: '.status.conditions[?(@.type=="Programmed")].status'},
		ageColumn,
	],
	spec: object(
		'What it listens on.',
		{
			addresses: {...list('Addresses that are asked for.', address), maxItems: 16},
			gatewayClassName: string('Its class.', {minLength: 1, maxLength: 253}),
			infrastructure: object('What is made for it.', {
				annotations: annotations('Annotations of what is made.'),
				labels: annotations('Labels of what is made.'),
				parametersRef: parametersRef(false),
			}),
			listeners: {...keyed(list('Ports with their names.', listener), 'name'), minItems: 1, maxItems: 64, ...listenerRules},
		},
		['gatewayClassName', 'listeners'],
	),
	status: {
		...object('What the controller says.', {
			addresses: {...list('Where it is.', address), maxItems: 16},
			conditions: conditions('Accepted', 'Programmed'),
			listeners: {...keyed(list('Its listeners.', listenerStatus), 'name'), maxItems: 64},
		}),
		...pendingStatus('Accepted', 'Programmed'),
	},
	required: ['spec'],
});

const grantFrom = object('Who may refer.', {group: named.group(), kind: named.kind(), namespace: named.namespace}, [
	'group',
	'kind',
	'namespace',
]);
const grantTo = object('To what.', {group: named.group(), kind: named.kind(), name: named.name}, ['group', 'kind']);

export const referenceGrants = definition({
	kind: 'ReferenceGrant',
	plural: 'referencegrants',
	shortNames: ['refgrant'],
	versions: ['v1beta1'],
	description: 'Lets objects of other namespaces refer to objects of this one.',
	columns: [ageColumn],
	spec: object(
		'From whom, to what.',
		{
			from: {...list('Who may refer.', grantFrom), minItems: 1, maxItems: 16},
			to: {...list('To what.', grantTo), minItems: 1, maxItems: 16},
		},
		['from', 'to'],
	),
});
