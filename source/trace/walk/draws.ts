import {keyOf} from '../../api/object.js';
import type {Namespace} from '../../net/namespace.js';
import type {Hop} from '../../net/trace.js';
import type {Machine} from '../../node/host/machine.js';
import type {Call} from './call.js';
import {journeysOf} from './journey.js';
import type {Owners} from '../explain/owners.js';
import type {Conversation, Draw} from '../trace.js';

/** How often the dice are thrown: enough that each of a handful of endpoints has most likely come up. */
const drawsPerEndpoint = 6;
const drawsMax = 48;

/**
 * A Service throws dice. Where the same request would have gone at other throws, and what would have become of it there; nothing when
 * only one endpoint can be meant. It is sent again and again through the very same tables, so policies, NAT and affinity have their say.
 */
export function otherDraws(machine: Machine, call: Call, owners: Owners): readonly Draw[] {
	if (call.protocol !== 'tcp') return [];
	const found = owners.serviceAt(call.destination, call.port, call.protocol);
	if (!found || found.service['spec'].sessionAffinity === 'ClientIP') return [];
	const listed = owners.slices(keyOf(found.service)).reduce((sum, {endpoints}: any) => sum + (endpoints?.length ?? 0), 0);
	const own = reached(call.hops);
	if (listed < 2 || own === undefined) return [];
	const draws = new Map<string, Draw>();
	for (let left = Math.min(drawsMax, drawsPerEndpoint * listed); left > 0 && draws.size < listed - 1; left--) {
		const {endpoint, fate} = send(machine, call);
		if (endpoint === undefined || endpoint === own || draws.has(endpoint)) continue;
		const pod = owners.podAt(endpoint.slice(0, endpoint.lastIndexOf(':')));
		draws.set(endpoint, {endpoint, ...(pod && {pod: keyOf(pod)}), fate});
	}
	return [...draws.values()].sort((a, b) => (a.endpoint < b.endpoint ? -1 : 1));
}

function send(machine: Machine, {destination, port}: Call): {endpoint?: string; fate: Draw['fate']} {
	const hops: Hop[] = [];
	const stop = (machine.stack as Namespace).kernel.wire.watch(hop => hops.push(hop));
	try {
		const connection = machine.stack.connect(destination, port);
		connection.close();
		return {endpoint: reached(hops), fate: connection.outcome.kind};
	} finally {
		stop();
	}
}

/** Where the first packet was led to in the end. */
function reached(hops: readonly Hop[]): string | undefined {
	const [request] = journeysOf(hops);
	if (!request) return undefined;
	const {first, last} = request;
	return last.destination === first.destination ? undefined : `${last.destination}:${last.destinationPort}`;
}

/** `also possible: 10.244.2.4:80 (pod default/bad) refused`, when the dice decide over more than the place; `''` when all fare alike. */
export function drawsText({draws = [], verdict}: Conversation): string {
	const own = verdict.kind === 'answered' ? 'connected' : verdict.kind === 'dropped' ? 'timeout' : verdict.kind;
	if (draws.every(({fate}) => fate === own)) return '';
	const words = draws.map(({endpoint, pod, fate}) => `${endpoint}${pod ? ` (pod ${pod})` : ''} ${fate === 'connected' ? 'answers' : fate}`);
	return `also possible: ${words.join(', ')}`;
}
