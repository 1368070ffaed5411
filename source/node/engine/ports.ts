import type {Machine} from '../host/machine.js';
import {type ContainerRecord, EngineError, type PortBinding, type PublishedPort} from './model.js';

/** Ports that the daemon gives by itself begin here: `net.ipv4.ip_local_port_range`. */
const ephemeralFirst = 32_768;
const ephemeralLast = 60_999;

const anywhere = (address: string) => address === '' || address === '0.0.0.0' || address === '*' || address === '::';
const clash = (a: {readonly hostAddress: string}, b: string) => anywhere(a.hostAddress) || anywhere(b) || a.hostAddress === b;

/** A host port for each port that is to be published; throws when one is taken. */
export function choosePorts(machine: Machine, record: ContainerRecord, all: readonly ContainerRecord[]): readonly PublishedPort[] {
	const others = all.filter(each => each.id !== record.id).flatMap(each => each.published);
	const chosen: PublishedPort[] = [];
	const endpointId = Object.values(record.endpoints)[0]?.endpointId ?? '';
	const failed = (why: string) =>
		new EngineError(
			`failed to set up container networking: driver failed programming external connectivity on endpoint ${record.name} (${endpointId}): ${why}`,
		);
	for (const wanted of wantedPorts(record)) {
		const held = (port: number) =>
			[...others, ...chosen].some(each => each.protocol === wanted.protocol && each.hostPort === port && clash(each, wanted.hostAddress));
		const listening = (port: number) =>
			machine.stack.sockets
				.listeners()
				.some(each => each.protocol === wanted.protocol && each.port === port && clash(wanted, each.address));
		const shown = wanted.hostAddress || '0.0.0.0';
		if (wanted.hostPort === undefined) {
			let port = ephemeralFirst;
			while (port <= ephemeralLast && (held(port) || listening(port))) port++;
			chosen.push({...wanted, hostPort: port});
			continue;
		}

		if (
			wanted.hostAddress &&
			!anywhere(wanted.hostAddress) &&
			!wanted.hostAddress.startsWith('127.') &&
			!machine.stack.hasAddress(wanted.hostAddress)
		)
			throw failed(
				`failed to bind host port for ${shown}:${wanted.hostPort}:${wanted.containerPort}/${wanted.protocol}: cannot assign requested address`,
			);
		if (held(wanted.hostPort)) throw failed(`Bind for ${shown}:${wanted.hostPort} failed: port is already allocated`);
		if (listening(wanted.hostPort))
			throw failed(
				`failed to bind host port for ${shown}:${wanted.hostPort}:172.17.0.2:${wanted.containerPort}/${wanted.protocol}: address already in use`,
			);
		chosen.push({...wanted, hostPort: wanted.hostPort});
	}

	return chosen;
}

/** Those of -p, and with -P every exposed one that -p does not name. */
function wantedPorts({host, config}: ContainerRecord): readonly PortBinding[] {
	if (!host.publishAll) return host.ports;
	const more = config.exposed.flatMap((text): PortBinding[] => {
		const [port = '', protocol = 'tcp'] = text.split('/');
		const binding = {containerPort: Number(port), protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const), hostAddress: ''};
		return host.ports.some(each => each.containerPort === binding.containerPort && each.protocol === binding.protocol) ? [] : [binding];
	});
	return [...host.ports, ...more];
}
