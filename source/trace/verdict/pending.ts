import type {Reader} from '../../api/client.js';
import {type KubeObject, keyOf} from '../../api/object.js';
import {inPrefix, parseIpv4, parsePrefix} from '../../net/address.js';
import type {Owners} from '../explain/owners.js';
import {customObjects} from '../walk/routes.js';

const poolsResource = 'ipaddresspools.metallb.io';
const wishes = ['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs'];

/** Services that still wait for an EXTERNAL-IP, when the address that nobody has may well have been meant for one of them. */
export function whyPending(address: string, owners: Owners): string {
	const {reader} = owners.world.api;
	const waiting = reader.list<KubeObject>('services').filter(isPending);
	const wanted = waiting.find(service => wishesFor(service).includes(address));
	const service = wanted ?? (isPooled(address, owners) ? waiting[0] : undefined);
	if (!service) return '';
	return `; Service ${keyOf(service)} has no EXTERNAL-IP yet: ${reasonOf(service, reader)}`;
}

const isPending = ({spec, status}: KubeObject): boolean => spec?.type === 'LoadBalancer' && !status?.loadBalancer?.ingress?.length;

const wishesFor = ({spec, metadata}: KubeObject): readonly string[] =>
	[spec?.loadBalancerIP, ...wishes.map(name => metadata.annotations?.[name])].flatMap(text => text?.split(',') ?? []);

function isPooled(address: string, {world}: Owners): boolean {
	const value = parseIpv4(address);
	const pools = customObjects(world.api.reader, poolsResource);
	// As long as no pool exists, no address is known to be none of its.
	if (value === undefined || pools.length === 0) return value !== undefined;
	return pools.some(({spec}) =>
		(spec?.addresses ?? []).some((range: string) => {
			const [from, to] = range.split('-').map(part => parseIpv4(part.trim()));
			const prefix = parsePrefix(range);
			return from !== undefined && to !== undefined ? from <= value && value <= to : prefix !== undefined && inPrefix(value, prefix);
		}),
	);
}

/** In the words of whoever should have given one out. */
function reasonOf(service: KubeObject, reader: Reader): string {
	const told = reader
		.list<KubeObject>('events', {namespace: service.metadata.namespace!})
		.filter(({involvedObject, reason}: any) => involvedObject.uid === service.metadata.uid && reason === 'AllocationFailed')
		.at(-1);
	if (told) return String(told['message']);
	const controllers = reader.list<KubeObject>('pods', {labelSelector: 'app=metallb,component=controller'});
	if (controllers.length === 0) return 'no load balancer, such as MetalLB, is installed that could give it one';
	if (!controllers.some(({status}) => status?.phase === 'Running')) return `pod ${keyOf(controllers[0]!)} does not run`;
	return customObjects(reader, poolsResource).length === 0 ? 'there is no IPAddressPool' : 'MetalLB has not answered yet';
}
