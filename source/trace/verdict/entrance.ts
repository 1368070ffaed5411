import {type KubeObject, keyOf} from '../../api/object.js';
import {isTls} from '../../net/tls.js';
import type {Call} from '../walk/call.js';
import {gatewayFault} from './gateway-fault.js';
import {ingressFault} from './ingress-fault.js';
import type {Owners} from '../explain/owners.js';
import {type Asked, badStatus, customObjects} from '../walk/routes.js';

/** Why an ingress controller or a gateway could not do better: which Ingress or route is at fault. Empty when there is nothing to say. */
export function whyEntrance(call: Call, podKey: string, owners: Owners): string {
	const {reader} = owners.world.api;
	const [namespace, name] = podKey.split('/') as [string, string];
	const pod = reader.find<KubeObject>('pods', namespace, name);
	const what = pod?.metadata.labels?.['app.kubernetes.io/name'];
	if (what !== 'ingress-nginx' && what !== 'nginx-gateway') return '';
	const asked = askedFor(call);
	if (!asked) return '';
	if (what === 'nginx-gateway') return asked.status < badStatus ? '' : gatewayFault(asked, owners);
	return ingressFault(asked, owners);
}

function askedFor({sent, received}: Call): Asked | undefined {
	const request = /[A-Z]+ (\/\S*) HTTP\/1\.[01]\r\n/.exec(sent);
	const host = /\r\nHost: ?([^\r\n:]*)/i.exec(sent)?.[1];
	const status = /HTTP\/1\.[01] (\d{3})/.exec(received)?.[1];
	if (!request || host === undefined || status === undefined) return undefined;
	return {host: host.toLowerCase(), path: request[1]!.split('?')[0]!, status: Number(status), secure: isTls(sent)};
}

/** Why nobody says that an address of MetalLB is his. */
export function whyUnannounced(address: string, port: number, owners: Owners): string {
	const found = owners.serviceAt(address, port, 'tcp');
	if (!found?.field.startsWith('status.loadBalancer')) return '';
	const pool = found.service.metadata.annotations?.['metallb.universe.tf/ip-allocated-from-pool'];
	if (pool === undefined) return '';
	const advertisements = customObjects(owners.world.api.reader, 'l2advertisements.metallb.io');
	const announced = advertisements.some(
		({spec = {}}) => spec.ipAddressPoolSelectors?.length || !spec.ipAddressPools?.length || spec.ipAddressPools.includes(pool),
	);
	return announced ? '' : `: it is of Service ${keyOf(found.service)}, and no L2Advertisement announces the pool ${pool}`;
}

const arpIgnore = '/proc/sys/net/ipv4/conf/all/arp_ignore';

/** In ipvs mode every node holds every address; those that do not keep quiet all answer for it. */
export function whoElseAnswers(address: string, port: number, owners: Owners): string {
	const found = owners.serviceAt(address, port, 'tcp');
	if (!found?.field.startsWith('status.loadBalancer')) return '';
	const loud = owners.world
		.hosts()
		.filter(({stack, files}) => stack.hasAddress(address) && files.exists(arpIgnore) && files.readText(arpIgnore).trim() === '0');
	return loud.length < 2
		? ''
		: `${loud.map(({name}) => name).join(', ')} all answer ARP for ${address}, since strictARP of kube-proxy is false: which of them gets a packet is chance`;
}
