import type {Outcome} from '../net/outcome.js';
import type {World} from '../node/world.js';
import type {Snapshot} from '../sim/state.js';
import {rowsOf} from './object-diff.js';
import type {ReachDiff} from './world-diff.js';

export interface AskedService {
	readonly service: string;
	readonly address: string;
	readonly port: number;
	/** Cluster addresses are asked for inside, the others from outside. */
	readonly side: 'inside' | 'outside';
}

/** A handshake costs little, but not nothing. */
const askedMax = 100;

/** TCP addresses of the Services of both worlds: cluster addresses and those a load balancer gave. */
export function servicesIn(before: Snapshot, after: Snapshot): AskedService[] {
	const all = new Map<string, AskedService>();
	for (const snapshot of [before, after]) {
		for (const [service, {spec, status}] of rowsOf(snapshot, 'api/objects/services')) {
			const balanced: readonly string[] = (status?.loadBalancer?.ingress ?? []).flatMap(({ip}: {ip?: string}) => ip ?? []);
			const inside = spec.clusterIP && spec.clusterIP !== 'None' ? [spec.clusterIP as string] : [];
			for (const {port, protocol = 'TCP'} of spec.ports ?? []) {
				if (protocol !== 'TCP') continue;
				for (const address of inside) all.set(`${service} ${address}:${port}`, {service, address, port, side: 'inside'});
				for (const address of balanced) all.set(`${service} ${address}:${port}`, {service, address, port, side: 'outside'});
			}
		}
	}
	return [...all.values()].slice(0, askedMax);
}

/** What a client meets there in the present world. */
export function askService(world: World, {service, address, port, side}: AskedService): string {
	const [namespace, name] = service.split('/') as [string, string];
	const exists = world.sim.state.table('api/objects/services').has(`${namespace}/${name}`);
	const {stack} = world.host(askerIn(world, side))!;
	const connection = stack.connect(address, port);
	connection.close();
	return exists || connection.outcome.kind === 'connected' ? wordOf(connection.outcome) : 'no such service';
}

/** The host where learners sit, or the last one, which stands beside the cluster. */
const askerIn = (world: World, side: AskedService['side']): string => world.hosts().at(side === 'inside' ? 0 : -1)!.name;

const wordOf = (outcome: Outcome): string =>
	outcome.kind === 'connected' ? 'answered' : outcome.kind === 'unreachable' ? `unreachable (${outcome.code})` : outcome.kind;

export const reachDiffs = (
	world: World,
	asked: readonly AskedService[],
	before: readonly string[],
	after: readonly string[],
): ReachDiff[] =>
	asked.flatMap(({service, address, port, side}, index) => {
		const [old, now] = [before[index]!, after[index]!];
		return old === now ? [] : [{service, address: `${address}:${port}`, from: askerIn(world, side), before: old, after: now}];
	});
