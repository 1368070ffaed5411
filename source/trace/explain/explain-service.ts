import type {KubeObject} from '../../api/object.js';
import {keyOf} from '../../api/object.js';
import {endpointChain} from '../../images/kube-proxy/chain-names.js';
import {type ServicePort, servicePorts} from '../../images/kube-proxy/service-port.js';
import type {Hop} from '../../net/trace.js';
import {addressesOf, ownerOfChain} from './chain-owners.js';
import {objectOrigin, type Origin} from '../walk/origin.js';
import {addressField, type Owners} from './owners.js';

/** A Service port as kube-proxy names it in its comments: `default/web:http`. */
const portName = /(?:^|\s)"?([a-z0-9.-]+\/[a-z0-9.-]+(?::[a-z0-9-]+)?)(?=[\s"]|$)/;
const commentOf = (text: string) => /--comment (?:"([^"]*)"|(\S+))/.exec(text)?.slice(1).find(Boolean) ?? '';

interface Found {
	readonly service: KubeObject;
	readonly key: string;
	readonly port: ServicePort;
	readonly index: number;
}

/** Rules of kube-proxy's iptables mode that were made for one Service. */
export function explainServiceRule(hop: Hop, owners: Owners): Origin | undefined {
	const {chain = '', text = ''} = hop;
	if (!/^KUBE-(SERVICES|NODEPORTS|EXTERNAL-SERVICES|PROXY-FIREWALL|SVC-|SVL-|EXT-|FW-|SEP-)/.test(chain)) return undefined;
	const comment = commentOf(text);
	const name = portName.exec(comment)?.[1] ?? ownerOfChain(chain, owners);
	if (name === undefined) return undefined;
	const key = name.split(':')[0]!;
	const found = findPort(owners, key, name, hop.before.protocol);
	if (!found)
		return objectOrigin('Service', key, '', `${owners.service(key) ? 'has no such port any more' : 'no longer there'}, a left-over rule`);
	if (chain.startsWith('KUBE-SEP-')) return explainEndpoint(hop, found, owners);
	const target = / -> (\S+)/.exec(comment)?.[1] ?? endpointOfJump(text, found, owners);
	return target ? endpointOrigin(found, target, owners, /-m recent .*--rcheck/.test(text)) : serviceField(hop, comment, found);
}

function endpointOfJump(text: string, {port}: Found, owners: Owners): string | undefined {
	const chain = /-j (KUBE-SEP-\S+)/.exec(text)?.[1];
	return chain && addressesOf(owners.slices(port.service)).find(address => endpointChain(port, address) === chain);
}

function findPort(owners: Owners, key: string, name: string, protocol: string): Found | undefined {
	const service = owners.service(key);
	if (!service) return undefined;
	const ports = servicePorts(service);
	const byName = ports.filter(port => port.name === name);
	const port = byName.find(each => each.protocol === protocol) ?? byName[0];
	return port && {service, key, port, index: ports.indexOf(port)};
}

function explainEndpoint({text = ''}: Hop, found: Found, owners: Owners): Origin {
	const hairpin = /-s (\S+)\/32 .*-j KUBE-MARK-MASQ/.exec(text)?.[1];
	if (hairpin) {
		const pod = owners.podAt(hairpin);
		return {kind: 'Service', name: found.key, text: `${pod ? `pod ${keyOf(pod)}` : hairpin} calls itself through Service ${found.key}`};
	}
	const target = /--to-destination (\S+)/.exec(text)?.[1];
	return target ? endpointOrigin(found, target, owners, false) : objectOrigin('Service', found.key, '');
}

export function endpointOrigin({key}: Pick<Found, 'key'>, target: string, owners: Owners, sticky: boolean): Origin {
	const place = owners.endpoint(key, target);
	const affinity = sticky ? 'spec.sessionAffinity chose it again; ' : '';
	if (!place) return objectOrigin('Service', key, '', `${affinity}endpoint ${target} is in no EndpointSlice any more`);
	const name = keyOf(place.slice);
	return objectOrigin('EndpointSlice', name, `endpoints[${place.index}]`, `${affinity}${place.pod ? `pod ${keyOf(place.pod)}` : target}`);
}

/** Which field of the Service made the rule, by kube-proxy's own words in the comment. */
function serviceField({chain = '', text = '', before}: Hop, comment: string, {service, key, port, index}: Found): Origin {
	const of = (field: string, note = '') => objectOrigin('Service', key, field, note);
	const address = /-d (\S+)\/32/.exec(text)?.[1] ?? before.destination;
	if (comment.includes('has no endpoints')) return of(addressField(service, address) ?? nodePortField(index), 'no ready endpoints');
	if (comment.includes('has no local endpoints')) {
		const field = port.internalLocal && chain === 'KUBE-SERVICES' ? 'spec.internalTrafficPolicy' : 'spec.externalTrafficPolicy';
		return of(field, 'Local, and no endpoint on this node');
	}
	if (/traffic not accepted by|will be dropped by/.test(comment) || (chain.startsWith('KUBE-FW-') && text.includes(' -s ')))
		return of('spec.loadBalancerSourceRanges');
	if (comment.includes('health check node port')) return of('spec.healthCheckNodePort');
	if (chain.startsWith('KUBE-EXT-'))
		return of('spec.externalTrafficPolicy', port.externalLocal ? 'Local' : 'Cluster: any node, with its own source');
	if (chain === 'KUBE-NODEPORTS') return of(nodePortField(index));
	if (text.endsWith('-j KUBE-MARK-MASQ')) return of('spec.clusterIP', 'the client is no pod');
	const field = addressField(service, address);
	return of(field ?? '', field === undefined ? '' : `port ${port.port}${port.portName && ` (${port.portName})`}`);
}

const nodePortField = (index: number) => `spec.ports[${index}].nodePort`;
