import {boolean, definition, integer, list, object, selectors, string, type Schema, version} from './schema.js';

const asn = (description: string): Schema => integer(description, {minimum: 0, maximum: 4_294_967_295, format: 'int64'});
const interval = (description: string): Schema => integer(description, {minimum: 10, maximum: 60_000});

const peerFields = {
	bfdProfile: string('BFD profile of the session.'),
	ebgpMultiHop: boolean('Whether the peer is more than one hop away.'),
	holdTime: string('Hold time asked for.'),
	keepaliveTime: string('Time between keepalives.'),
	myASN: asn('AS number of this side.'),
	password: string('TCP MD5 password.'),
	peerASN: asn('AS number of the peer.'),
	peerAddress: string('Address of the peer.'),
	peerPort: integer('Port of the peer.', {default: 179, minimum: 0, maximum: 16_384}),
	routerID: string('Router ID of this side.'),
	sourceAddress: string('Address to connect from.'),
};

const secretReference = {
	type: 'object',
	description: 'Secret of type kubernetes.io/basic-auth that holds the password.',
	properties: {name: {type: 'string'}, namespace: {type: 'string'}},
	'x-kubernetes-map-type': 'atomic',
};

const oldNodeSelectors = list('Nodes that open the session.', {
	type: 'object',
	properties: {
		matchExpressions: list(
			'Requirements on labels.',
			object('', {key: {type: 'string'}, operator: {type: 'string'}, values: {type: 'array', items: {type: 'string'}, minItems: 1}}, [
				'key',
				'operator',
				'values',
			]),
		),
		matchLabels: {type: 'object', additionalProperties: {type: 'string'}},
	},
});

const required = ['myASN', 'peerASN', 'peerAddress'];

const conversion = {
	strategy: 'Webhook',
	webhook: {
		clientConfig: {caBundle: 'Cg==', service: {name: 'metallb-webhook-service', namespace: 'metallb-system', path: '/convert'}},
		conversionReviewVersions: ['v1beta1', 'v1beta2'],
	},
};

export const bgpPeers = definition(
	'BGPPeer',
	'bgppeers',
	[
		version('v1beta1', 'A BGP neighbour.', object('The session.', {...peerFields, nodeSelectors: oldNodeSelectors}, required), {
			columns: [
				{name: 'Address', type: 'string', jsonPath: '.spec.peerAddress'},
				{name: 'ASN', type: 'string', jsonPath: '.spec.peerASN'},
				{name: 'BFD Profile', type: 'string', jsonPath: '.spec.bfdProfile'},
				{name: 'Multi Hops', type: 'string', jsonPath: '.spec.ebgpMultiHop'},
			],
			storage: false,
		}),
		version(
			'v1beta2',
			'A BGP neighbour.',
			object(
				'The session.',
				{
					...peerFields,
					connectTime: string('Time between attempts to connect.'),
					disableMP: boolean('Keeps each session to its own address family.', {default: false}),
					nodeSelectors: selectors('Nodes that open the session.'),
					passwordSecret: secretReference,
					vrf: string('VRF of the session.'),
				},
				required,
			),
			{
				columns: [
					{name: 'Address', type: 'string', jsonPath: '.spec.peerAddress'},
					{name: 'ASN', type: 'string', jsonPath: '.spec.peerASN'},
					{name: 'BFD Profile', type: 'string', jsonPath: '.spec.bfdProfile'},
					{name: 'Multi Hops', type: 'string', jsonPath: '.spec.ebgpMultiHop'},
				],
			},
		),
	],
	conversion,
);

export const bfdProfiles = definition('BFDProfile', 'bfdprofiles', [
	version(
		'v1beta1',
		'Settings of the BFD sessions beside BGP sessions.',
		object('Timers.', {
			detectMultiplier: integer('Packets that may be lost.', {minimum: 2, maximum: 255}),
			echoInterval: interval('Interval of echo packets, in milliseconds.'),
			echoMode: boolean('Whether echo packets are sent.'),
			minimumTtl: integer('Least TTL of packets of a session over several hops.', {minimum: 1, maximum: 254}),
			passiveMode: boolean('Waits for the other side to begin.'),
			receiveInterval: interval('Interval of packets to be received, in milliseconds.'),
			transmitInterval: interval('Interval of packets to be sent, in milliseconds.'),
		}),
		{
			columns: [
				{name: 'Passive Mode', type: 'boolean', jsonPath: '.spec.passiveMode'},
				{name: 'Transmit Interval', type: 'integer', jsonPath: '.spec.transmitInterval'},
				{name: 'Receive Interval', type: 'integer', jsonPath: '.spec.receiveInterval'},
				{name: 'Multiplier', type: 'integer', jsonPath: '.spec.detectMultiplier'},
			],
		},
	),
]);

export const communities = definition('Community', 'communities', [
	version(
		'v1beta1',
		'Names for BGP communities.',
		object('The names.', {
			communities: list(
				'Name and value of each.',
				object('', {name: string('Name.'), value: string('16-bit (1234:1) or large (large:1234:1:1).')}),
			),
		}),
	),
]);
