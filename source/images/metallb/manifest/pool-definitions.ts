import {boolean, definition, integer, list, object, selectors, string, strings, version} from './schema.js';

const serviceAllocation = object('Limits the pool to the services of some namespaces, or with some labels.', {
	namespaceSelectors: selectors('Namespaces whose services may use the pool, by label.'),
	namespaces: strings('Namespaces whose services may use the pool, by name.'),
	priority: {description: 'Pools with a lower number are tried first; 0 comes last.', type: 'integer'},
	serviceSelectors: selectors('Services that may use the pool, by label.'),
});

const poolSpec = object(
	'The addresses that MetalLB may give away.',
	{
		addresses: strings('Prefixes (192.168.10.0/24) or ranges (192.168.9.1-192.168.9.5).'),
		autoAssign: boolean('Whether services that ask for no pool get addresses from it.', {default: true}),
		avoidBuggyIPs: boolean('Leaves out addresses that end in .0 and .255.', {default: false}),
		serviceAllocation,
	},
	['addresses'],
);

/** What L2 advertisements and BGP advertisements choose with. */
export const choice = {
	ipAddressPoolSelectors: selectors('Pools to advertise, by label.'),
	ipAddressPools: strings('Pools to advertise, by name; all of them when neither is given.'),
	nodeSelectors: selectors('Nodes that may advertise, by label.'),
};

const choiceColumns = [
	{name: 'IPAddressPools', type: 'string', jsonPath: '.spec.ipAddressPools'},
	{name: 'IPAddressPool Selectors', type: 'string', jsonPath: '.spec.ipAddressPoolSelectors'},
];
const nodeColumn = {name: 'Node Selectors', type: 'string', jsonPath: '.spec.nodeSelectors', priority: 10};

export const ipAddressPools = definition('IPAddressPool', 'ipaddresspools', [
	version('v1beta1', 'Addresses for services of type LoadBalancer.', poolSpec, {
		columns: [
			{name: 'Auto Assign', type: 'boolean', jsonPath: '.spec.autoAssign'},
			{name: 'Avoid Buggy IPs', type: 'boolean', jsonPath: '.spec.avoidBuggyIPs'},
			{name: 'Addresses', type: 'string', jsonPath: '.spec.addresses'},
		],
		required: ['spec'],
	}),
]);

export const l2Advertisements = definition('L2Advertisement', 'l2advertisements', [
	version(
		'v1beta1',
		'Makes one node answer ARP and NDP for each address of the chosen pools.',
		object('What is advertised, from where.', {...choice, interfaces: strings('Devices that answer; all of them when absent.')}),
		{columns: [...choiceColumns, {name: 'Interfaces', type: 'string', jsonPath: '.spec.interfaces'}, nodeColumn]},
	),
]);

export const serviceL2Statuses = definition('ServiceL2Status', 'servicel2statuses', [
	version('v1beta1', 'Tells which node speaks for a service.', object('', {}), {
		status: object('Who speaks.', {
			interfaces: list('Devices that answer.', object('', {name: string('Name of the device.')})),
			node: string('The node that speaks.', immutable()),
			serviceName: string('Name of the service.', immutable()),
			serviceNamespace: string('Namespace of the service.', immutable()),
		}),
		columns: [
			{name: 'Allocated Node', type: 'string', jsonPath: '.status.node'},
			{name: 'Service Name', type: 'string', jsonPath: '.status.serviceName'},
			{name: 'Service Namespace', type: 'string', jsonPath: '.status.serviceNamespace'},
		],
	}),
]);

function immutable() {
	return {'x-kubernetes-validations': [{message: 'Value is immutable', rule: 'self == oldSelf'}]};
}

export const bgpAdvertisements = definition('BGPAdvertisement', 'bgpadvertisements', [
	version(
		'v1beta1',
		'Announces the chosen pools to BGP peers.',
		object('What is announced, and with which attributes.', {
			...choice,
			aggregationLength: integer('Length of the announced IPv4 prefixes.', {default: 32, minimum: 1}),
			aggregationLengthV6: integer('Length of the announced IPv6 prefixes.', {default: 128}),
			communities: strings('Communities, as numbers or by the names of Community objects.'),
			localPref: integer('LOCAL_PREF of the routes.'),
			peers: strings('Peers to announce to; all of them when absent.'),
		}),
		{columns: [...choiceColumns, {name: 'Peers', type: 'string', jsonPath: '.spec.peers'}, nodeColumn]},
	),
]);
