import type {World} from '../node/world.js';
import {either, flag, integer, objectName, object, optional, required, text} from './shape.js';

/** Where a request goes: `http://10.0.0.1:80/path`, `10.0.0.1:80`, or a Service by name, whatever address it has. */
export type Target = string | ServiceTarget;

export interface ServiceTarget {
	readonly service: string;
	readonly namespace?: string;
	readonly port?: number;
	/** Which of its addresses. */
	readonly by?: 'clusterIP' | 'nodePort' | 'loadBalancer';
	/** For nodePort: the node whose address is used. */
	readonly node?: string;
	readonly path?: string;
	readonly tls?: boolean;
}

export const targetShape = either(
	'an address',
	text('`http://HOST:PORT/PATH` (or https) or `ADDRESS:PORT`', {
		pattern: /^(https?:\/\/[\w.${}-]+(:\d+)?(\/\S*)?|[\w.${}-]+:\d+)$/,
		patternHelp: 'http://HOST[:PORT][/PATH] or ADDRESS:PORT',
	}),
	object('a Service', {
		service: required(objectName('its name')),
		namespace: optional(objectName('namespace; default when absent')),
		port: optional(integer('its port; the first one when absent', 1, 65_535)),
		by: optional(text('which of its addresses; clusterIP when absent', {oneOf: ['clusterIP', 'nodePort', 'loadBalancer']})),
		node: optional(text('with nodePort: the host whose address is used')),
		tls: optional(flag('true to speak TLS')),
		path: optional(text('path of the HTTP request; / when absent', {pattern: /^\//, patternHelp: 'a path such as /hostname.html'})),
	}),
);

export interface Address {
	/** Name or IPv4. */
	readonly host: string;
	readonly port: number;
	readonly path: string;
	readonly tls: boolean;
	/** False for `ADDRESS:PORT`: only the connection counts. */
	readonly http: boolean;
	readonly label: string;
}

/** The address, or a sentence saying why there is none. */
export function findAddress(world: World, target: Target): Address | string {
	return addressOf(target, {
		service: (namespace, name) => world.api.reader.find<any>('services', namespace, name),
		nodeAddress(node) {
			const machine = node === undefined ? world.hosts()[0] : world.host(node);
			const ethernet = machine?.stack.links.list().find(link => link.type === 'ethernet');
			return ethernet?.addresses.find(each => !each.address.includes(':'))?.address;
		},
	});
}

/** What has to be known of a cluster to find an address in it. */
export interface AddressBook {
	service(namespace: string, name: string): any;
	/** The first one when no name is given. */
	nodeAddress(node: string | undefined): string | undefined;
}

export const addressOf = (target: Target, book: AddressBook): Address | string =>
	typeof target === 'string' ? parseAddress(target) : serviceAddress(book, target);

function parseAddress(target: string): Address {
	const http = /^https?:\/\//.test(target);
	const tls = target.startsWith('https://');
	const [, authority = '', path = '/'] = /^(?:https?:\/\/)?([^/]+)(\/.*)?$/.exec(target) ?? [];
	const [host = '', port = tls ? '443' : '80'] = authority.split(':');
	return {host, port: Number(port), path: path || '/', http, tls, label: target};
}

function serviceAddress(
	book: AddressBook,
	{service, namespace = 'default', port, by = 'clusterIP', node, path = '/', tls = false}: ServiceTarget,
): Address | string {
	const name = `service ${namespace}/${service}`;
	const found = book.service(namespace, service);
	if (!found) return `${name} does not exist`;
	const chosen = found.spec.ports?.find((each: any) => port === undefined || each.port === port);
	if (!chosen) return `${name} has no port ${port ?? ''}`.trimEnd();
	const at = (host: string | undefined, number: number | undefined): Address | string =>
		host && host !== 'None' && number
			? {host, port: number, path, http: true, tls, label: `${name} (${host}:${number}${path})`}
			: `${name} has no ${by}`;
	if (by === 'clusterIP') return at(found.spec.clusterIP, chosen.port);
	if (by === 'loadBalancer') return at(found.status?.loadBalancer?.ingress?.[0]?.ip, chosen.port);
	return at(book.nodeAddress(node), chosen.nodePort);
}
