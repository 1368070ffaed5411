import {EngineError, type NetworkRecord} from '../../../../node/engine/model.js';
import {predefined} from '../../../../node/engine/networks.js';
import {isCidr} from '../../../../node/engine/pool.js';
import {hasLabel, parseFilters} from '../container/filter.js';
import {failure, fromDaemon, notSimulated, silent} from '../failure.js';
import {type Column, listRows} from '../format.js';
import {pairs} from '../run/values.js';
import {goDate, shortId} from '../text.js';
import type {Call, Verb} from '../verb.js';

interface Row {
	readonly network: NetworkRecord;
	readonly call: Call;
}

const columns: readonly Column<Row>[] = [
	{title: 'NETWORK ID', field: 'ID', cell: ({network, call}) => (call.values.bool('no-trunc') ? network.id : shortId(network.id))},
	{title: 'NAME', field: 'Name', cell: ({network}) => network.name},
	{title: 'DRIVER', field: 'Driver', cell: ({network}) => network.driver},
	{title: 'SCOPE', field: 'Scope', cell: () => 'local'},
	{title: 'IPV6', field: 'IPv6', cell: () => 'false'},
	{title: 'INTERNAL', field: 'Internal', cell: ({network}) => String(network.internal)},
	{
		title: 'LABELS',
		field: 'Labels',
		cell: ({network}) =>
			Object.entries(network.labels)
				.map(([key, value]) => `${key}=${value}`)
				.join(','),
	},
	{title: 'CREATED AT', field: 'CreatedAt', cell: ({network}) => goDate(network.createdMs)},
];

const list: Verb = {
	name: 'network ls',
	aliases: ['network list'],
	summary: 'List networks',
	usage: '[OPTIONS]',
	options: [
		['filter', 'list', 'f'],
		['format', 'string'],
		['no-trunc', 'bool'],
		['quiet', 'bool', 'q'],
	],
	arguments: [0, 0],
	*run(call) {
		const filters = parseFilters(call.values.list('filter'), ['driver', 'id', 'label', 'name', 'scope', 'type', 'dangling']);
		const tests: Readonly<Record<string, (network: NetworkRecord, value: string) => boolean>> = {
			driver: (network, value) => network.driver === value,
			id: (network, value) => network.id.startsWith(value),
			label: (network, value) => hasLabel(network.labels, value),
			name: (network, value) => network.name.includes(value),
			scope: (_, value) => value === 'local',
			type: (network, value) => predefined.includes(network.name) === (value === 'builtin'),
			dangling: (network, value) => (membersOf(call, network).length === 0 && !predefined.includes(network.name)) === (value === 'true'),
		};
		const rows = call.engine.networks
			.list()
			.filter(network => [...filters].every(([key, values]) => values.some(value => tests[key]!(network, value))))
			.toSorted((a, b) => (a.name < b.name ? -1 : 1))
			.map(network => ({network, call}));
		if (call.values.bool('quiet')) for (const row of rows) call.out(`${columns[0]!.cell(row)}\n`);
		else call.out(listRows(rows, columns, ['ID', 'Name', 'Driver', 'Scope'], call.values.string('format')));
		return 0;
	},
};

const create: Verb = {
	name: 'network create',
	summary: 'Create a network',
	usage: '[OPTIONS] NETWORK',
	options: [
		['attachable', 'bool'],
		['aux-address', '!list'],
		['config-from', '!string'],
		['config-only', '!bool'],
		['driver', 'string', 'd'],
		['gateway', 'list'],
		['ingress', '!bool'],
		['internal', 'bool'],
		['ip-range', '!list'],
		['ipam-driver', '!string'],
		['ipam-opt', '!list'],
		['ipv4', 'bool'],
		['ipv6', '!bool'],
		['label', 'list'],
		['opt', 'list', 'o'],
		['scope', '!string'],
		['subnet', 'list'],
	],
	arguments: [1, 1],
	*run({engine, args, values, out}) {
		const [subnet, ...more] = values.list('subnet');
		const driver = values.string('driver') ?? 'bridge';
		if (['overlay', 'macvlan', 'ipvlan'].includes(driver)) throw notSimulated(`docker network create --driver ${driver}`);
		if (more.length > 0) throw new EngineError("bridge driver doesn't support multiple subnets");
		if (subnet !== undefined && !isCidr(subnet)) throw failure(`invalid subnet ${subnet}: invalid CIDR block notation`);
		const [gateway] = values.list('gateway');
		if (gateway !== undefined && subnet === undefined) throw failure('every ip-range or gateway must have a corresponding subnet');
		const network = engine.networks.create({
			name: args[0]!,
			driver,
			...(subnet !== undefined && {subnet}),
			...(gateway !== undefined && {gateway}),
			internal: values.bool('internal'),
			attachable: values.bool('attachable'),
			labels: pairs(values.list('label')),
			options: pairs(values.list('opt')),
		});
		engine.event('network', 'create', network.id, {name: network.name, type: network.driver});
		out(`${network.id}\n`);
		return 0;
	},
};

const membersOf = ({engine}: Call, {name}: NetworkRecord) => engine.containers.list().filter(record => name in record.endpoints);
const isRunning = ({engine}: Call, id: string) => engine.containerd.row(id)?.state === 'running';

const remove: Verb = {
	name: 'network rm',
	aliases: ['network remove'],
	summary: 'Remove one or more networks',
	usage: 'NETWORK [NETWORK...]',
	options: [['force', 'bool', 'f']],
	arguments: [1, Number.POSITIVE_INFINITY],
	*run(call) {
		const {engine, args, out, err, values} = call;
		let failed = false;
		for (const text of args) {
			try {
				const network = engine.networks.get(text);
				if (predefined.includes(network.name)) throw new EngineError(`${network.name} is a pre-defined network and cannot be removed`);
				const users = membersOf(call, network).filter(record => isRunning(call, record.id));
				if (users.length > 0)
					throw new EngineError(
						`error while removing network: network ${network.name} has active endpoints (name:${JSON.stringify(users[0]!.name)} id:${JSON.stringify(users[0]!.id.slice(0, 12))})`,
					);
				engine.networks.remove(network);
				engine.event('network', 'destroy', network.id, {name: network.name});
				out(`${text}\n`);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
				if (values.bool('force') && error.message.endsWith('not found')) continue;
				err(`${fromDaemon(error.message)}\n`);
				failed = true;
			}
		}

		if (failed) throw silent(1);
		return 0;
	},
};

const connect: Verb = {
	name: 'network connect',
	summary: 'Connect a container to a network',
	usage: '[OPTIONS] NETWORK CONTAINER',
	options: [
		['alias', 'list'],
		['driver-opt', '!list'],
		['gw-priority', '!int'],
		['ip', 'string'],
		['ip6', '!string'],
		['link', '!list'],
		['link-local-ip', '!list'],
	],
	arguments: [2, 2],
	*run(call) {
		const {engine, args, values, io} = call;
		const network = engine.networks.get(args[0]!);
		const record = engine.containers.get(args[1]!);
		if (record.host.network === 'host' || network.driver !== 'bridge')
			throw new EngineError(
				record.host.network === 'host'
					? 'container sharing network namespace with another container or host cannot be connected to any other network'
					: 'cannot connect container to host network - container must be started with the host network mode',
			);
		if (network.name in record.endpoints)
			throw new EngineError(`endpoint with name ${record.name} already exists in network ${network.name}`);
		const wanted = values.string('ip');
		const endpointId = io.machine.sim.random.fork(`docker/${io.machine.name}/endpoints`).hex(64);
		const fresh = {endpointId, aliases: values.list('alias'), ...(wanted && {wanted})};
		const endpoint = isRunning(call, record.id) ? engine.endpoints.plug(record.id, network, fresh, []) : fresh;
		engine.containers.change(record.id, {endpoints: {...record.endpoints, [network.name]: endpoint}});
		engine.event('network', 'connect', network.id, {container: record.id, name: network.name});
		return 0;
	},
};

const disconnect: Verb = {
	name: 'network disconnect',
	summary: 'Disconnect a container from a network',
	usage: '[OPTIONS] NETWORK CONTAINER',
	options: [['force', 'bool', 'f']],
	arguments: [2, 2],
	*run({engine, args}) {
		const network = engine.networks.get(args[0]!);
		const record = engine.containers.get(args[1]!);
		const endpoint = record.endpoints[network.name];
		if (!endpoint) throw new EngineError(`container ${record.id} is not connected to network ${network.name}`);
		engine.endpoints.unplug(record.id, network, endpoint, record.published);
		const {[network.name]: _, ...rest} = record.endpoints;
		engine.containers.change(record.id, {endpoints: rest});
		engine.event('network', 'disconnect', network.id, {container: record.id, name: network.name});
		return 0;
	},
};

/** Networks that no container is on. */
export function pruneNetworks(call: Call): string {
	const gone = call.engine.networks.list().filter(network => !predefined.includes(network.name) && membersOf(call, network).length === 0);
	for (const network of gone) call.engine.networks.remove(network);
	return gone.length > 0 ? `Deleted Networks:\n${gone.map(network => `${network.name}\n`).join('')}\n` : '';
}

const prune: Verb = {
	name: 'network prune',
	summary: 'Remove all unused networks',
	usage: '[OPTIONS]',
	options: [
		['filter', '!list'],
		['force', 'bool', 'f'],
	],
	arguments: [0, 0],
	*run(call) {
		if (!call.values.bool('force')) {
			call.out(
				'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue? [y/N] ',
			);
			const answer: string | undefined = yield {read: 'line'};
			if (!/^y$/i.test(answer?.trim() ?? '')) return 0;
		}

		call.out(pruneNetworks(call));
		return 0;
	},
};

export const networks: readonly Verb[] = [list, create, remove, connect, disconnect, prune];
