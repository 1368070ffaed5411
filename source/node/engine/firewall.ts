import type {Netstack} from '../../net/netstack.js';
import type {Iptables, TableName} from '../../net/iptables/iptables.js';
import type {NetworkRecord, PublishedPort} from './model.js';

type Rule = readonly [table: TableName, chain: string, rule: string];

/** The rules of dockerd 28 on its host. Models moby daemon/libnetwork/drivers/bridge/internal/iptabler. */
const has = ({iptables}: Netstack, [table, chain, rule]: Rule): boolean =>
	iptables.chain(table, chain) !== undefined && iptables.check(table, chain, rule);

const words = (text: string) => text.split(' ');

const insert = (stack: Netstack, [table, chain, rule]: Rule, at = 1) => {
	if (!has(stack, [table, chain, rule])) stack.iptables.command(['-t', table, '-I', chain, String(at), ...words(rule)]);
};

const append = (stack: Netstack, [table, chain, rule]: Rule) => {
	if (!has(stack, [table, chain, rule])) stack.iptables.command(['-t', table, '-A', chain, ...words(rule)]);
};

const remove = (stack: Netstack, [table, chain, rule]: Rule) => {
	if (has(stack, [table, chain, rule])) stack.iptables.command(['-t', table, '-D', chain, ...words(rule)]);
};

function chain(iptables: Iptables, table: TableName, name: string): void {
	if (!iptables.chain(table, name)) iptables.command(['-t', table, '-N', name]);
	else iptables.command(['-t', table, '-F', name]);
}

const filterChains = ['DOCKER', 'DOCKER-FORWARD', 'DOCKER-BRIDGE', 'DOCKER-CT', 'DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2'];

/** What every start of the daemon makes anew; DOCKER-USER belongs to the user and stays as it is. */
export function setUpFirewall(stack: Netstack): void {
	const {iptables} = stack;
	chain(iptables, 'nat', 'DOCKER');
	for (const name of filterChains) chain(iptables, 'filter', name);
	for (const rule of ['-j DOCKER-CT', '-j DOCKER-ISOLATION-STAGE-1', '-j DOCKER-BRIDGE']) append(stack, ['filter', 'DOCKER-FORWARD', rule]);
	if (!iptables.chain('filter', 'DOCKER-USER')) iptables.command(['-N', 'DOCKER-USER']);
	for (const rule of ['-j DOCKER-FORWARD', '-j DOCKER-USER']) {
		remove(stack, ['filter', 'FORWARD', rule]);
		insert(stack, ['filter', 'FORWARD', rule]);
	}

	append(stack, ['nat', 'PREROUTING', '-m addrtype --dst-type LOCAL -j DOCKER']);
	append(stack, ['nat', 'OUTPUT', '! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER']);
}

function networkRules({bridge, subnet, internal}: NetworkRecord): readonly Rule[] {
	if (internal)
		return [
			['filter', 'DOCKER-ISOLATION-STAGE-1', `! -s ${subnet} -o ${bridge} -j DROP`],
			['filter', 'DOCKER-ISOLATION-STAGE-1', `! -d ${subnet} -i ${bridge} -j DROP`],
			['filter', 'DOCKER-CT', `-o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`],
			['filter', 'DOCKER-FORWARD', `-i ${bridge} -o ${bridge} -j ACCEPT`],
		];
	return [
		['nat', 'DOCKER', `-i ${bridge} -j RETURN`],
		['filter', 'DOCKER-CT', `-o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`],
		['filter', 'DOCKER-BRIDGE', `-o ${bridge} -j DOCKER`],
		['filter', 'DOCKER', `! -i ${bridge} -o ${bridge} -j DROP`],
		['filter', 'DOCKER-FORWARD', `-i ${bridge} -j ACCEPT`],
	];
}

const isolation = ({bridge}: NetworkRecord): readonly Rule[] => [
	['filter', 'DOCKER-ISOLATION-STAGE-1', `-i ${bridge} ! -o ${bridge} -j DOCKER-ISOLATION-STAGE-2`],
	['filter', 'DOCKER-ISOLATION-STAGE-2', `-o ${bridge} -j DROP`],
];

const masquerade = ({bridge, subnet}: NetworkRecord): Rule => ['nat', 'POSTROUTING', `-s ${subnet} ! -o ${bridge} -j MASQUERADE`];

export function addNetworkRules(stack: Netstack, network: NetworkRecord): void {
	if (!network.internal) insert(stack, masquerade(network));
	for (const rule of networkRules(network)) append(stack, rule);
	if (!network.internal) for (const rule of isolation(network)) insert(stack, rule);
}

export function removeNetworkRules(stack: Netstack, network: NetworkRecord): void {
	for (const rule of [masquerade(network), ...networkRules(network), ...isolation(network)]) remove(stack, rule);
}

/** Nobody outside may speak to a container but through its published ports. */
const direct = (address: string, {bridge}: NetworkRecord): Rule => ['raw', 'PREROUTING', `-d ${address}/32 ! -i ${bridge} -j DROP`];

function portRules(
	{protocol, containerPort, hostAddress, hostPort}: PublishedPort,
	address: string,
	{bridge}: NetworkRecord,
): readonly Rule[] {
	const here = hostAddress === '' || hostAddress === '0.0.0.0' ? '' : `-d ${hostAddress}/32 `;
	return [
		[
			'nat',
			'DOCKER',
			`${here}! -i ${bridge} -p ${protocol} -m ${protocol} --dport ${hostPort} -j DNAT --to-destination ${address}:${containerPort}`,
		],
		['filter', 'DOCKER', `-d ${address}/32 ! -i ${bridge} -o ${bridge} -p ${protocol} -m ${protocol} --dport ${containerPort} -j ACCEPT`],
	];
}

export function addEndpointRules(stack: Netstack, network: NetworkRecord, address: string, ports: readonly PublishedPort[]): void {
	if (!network.internal) append(stack, direct(address, network));
	for (const port of ports) {
		const [forward, accept] = portRules(port, address, network);
		append(stack, forward!);
		insert(stack, accept!);
	}
}

export function removeEndpointRules(stack: Netstack, network: NetworkRecord, address: string, ports: readonly PublishedPort[]): void {
	remove(stack, direct(address, network));
	for (const port of ports) for (const rule of portRules(port, address, network)) remove(stack, rule);
}
