import {goTime} from '../text.js';
import type {Engine} from '../../../../node/engine/docker.js';
import type {NetworkRecord} from '../../../../node/engine/model.js';

export function inspectNetwork(engine: Engine, network: NetworkRecord): Record<string, unknown> {
	const members = engine.containers.list().flatMap(record => {
		const endpoint = record.endpoints[network.name];
		if (!endpoint || engine.containerd.row(record.id)?.state !== 'running') return [];
		const prefix = network.subnet.split('/')[1];
		const address = endpoint.address ? `${endpoint.address}/${prefix}` : '';
		return [
			[
				record.id,
				{Name: record.name, EndpointID: endpoint.endpointId, MacAddress: endpoint.mac ?? '', IPv4Address: address, IPv6Address: ''},
			] as const,
		];
	});
	return {
		Name: network.name,
		Id: network.id,
		Created: goTime(network.createdMs),
		Scope: 'local',
		Driver: network.driver,
		EnableIPv4: true,
		EnableIPv6: false,
		IPAM: {
			Driver: 'default',
			Options: network.name === 'bridge' || network.subnet === '' ? null : {},
			Config: network.subnet ? [{Subnet: network.subnet, Gateway: network.gateway}] : null,
		},
		Internal: network.internal,
		Attachable: network.attachable,
		Ingress: false,
		ConfigFrom: {Network: ''},
		ConfigOnly: false,
		Containers: Object.fromEntries(members),
		Options: network.options,
		Labels: network.labels,
	};
}
