import {keyOf} from '../../api/object.js';
import type {Hop} from '../../net/trace.js';
import {endpointOrigin} from './explain-service.js';
import {objectOrigin, type Origin} from '../walk/origin.js';
import type {Owners} from './owners.js';

/** A virtual server belongs to the Service that has its address and port, a real server to an endpoint. */
export function explainVirtualServer({text = '', verdict, before, after}: Hop, owners: Owners): Origin | undefined {
	const virtual = verdict === 'from server' ? after : before;
	if (!virtual) return undefined;
	const [address, port] = verdict === 'from server' ? [virtual.source, virtual.sourcePort] : [virtual.destination, virtual.destinationPort];
	const found = owners.serviceAt(address, port, before.protocol);
	if (!found?.port) return text.startsWith('FWM') || !found ? {text: 'written by hand: no Service has this virtual server'} : undefined;
	const key = keyOf(found.service);
	if (verdict === 'to server' && after) return endpointOrigin({key}, `${after.destination}:${after.destinationPort}`, owners, false);
	const sticky = text && found.port.affinitySeconds > 0 ? 'spec.sessionAffinity ClientIP' : '';
	return objectOrigin('Service', key, found.field, sticky);
}
