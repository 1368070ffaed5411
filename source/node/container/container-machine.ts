import {createFiles} from '../../os/file-tree.js';
import {createBaseTree} from '../../os/base-tree.js';
import type {Layer} from '../../os/layer.js';
import type {ContainerRow, SandboxRow} from './container-spec.js';
import {type Credentials, fileCapabilities, filesAs} from '../host/files-as-user.js';
import {imageTree} from '../image/image-tree.js';
import type {Machine, PidNamespace} from '../host/machine.js';
import type {ContainerdParts} from './containerd-parts.js';
import {pidsOfEntry, processesSeen} from './pid-namespace.js';

const credentialsOf = ({user, groups, capabilities}: ContainerRow): Credentials => ({
	uid: user === 'root' ? 0 : Number(user),
	gid: groups?.primary ?? 0,
	groups: groups?.more ?? [],
	may: user === 'root' ? capabilities : [],
});

/** Root that lost its power over files is bound by their permissions like everybody. */
const mayNot = ({user, capabilities, privileged}: ContainerRow): boolean =>
	user === 'root' && !privileged && !fileCapabilities.every(name => capabilities.includes(name));

function capabilitiesOf({
	user,
	capabilities,
	confined = false,
	noNewPrivileges = false,
	seccomp = false,
}: ContainerRow): Machine['capabilities'] {
	return {effective: user === 'root' ? capabilities : [], bounding: capabilities, confined, noNewPrivileges, seccomp};
}

/** The machine views of a node's containers: made when first asked for, forgotten with the container. */
export function createContainerMachines(
	parts: ContainerdParts,
	sandbox: (id: string) => SandboxRow | undefined,
	pidsOf: (container: string) => string,
	runProgram: (id: string, argv: readonly string[]) => ReturnType<Required<Machine>['runProgram']>,
) {
	const {sim, node, world, processes, namespaces, volumes, registries} = parts;
	const machines = new Map<string, Machine>();
	sim.state.onRestore(() => machines.clear());

	const pidNamespace = (id: string): PidNamespace => ({
		host: id === 'host',
		holds: process => (process.container === '' ? process.pid === sandbox(id)?.pausePid : pidsOf(process.container) === id),
	});

	/** The last number that a session took, by PID namespace. */
	const lastPids = sim.state.table<number>(`node/${node}/session-pids`);

	const nextPid = (machine: Machine, namespace: string, enters: boolean): number => {
		const used = Math.max(0, ...processesSeen(machine).map(({innerPid = 0}) => innerPid));
		const last = lastPids.get(namespace) ?? 0;
		// runc takes some for itself as it enters.
		const next = last === 0 || enters ? Math.max(last, used) + pidsOfEntry : last + 1;
		lastPids.set(namespace, next);
		return next;
	};

	const rootOf = ({manifest}: ContainerRow): Layer => {
		const resolved = registries.lookup(manifest);
		return resolved ? imageTree(resolved) : createBaseTree({});
	};

	const create = (row: ContainerRow): Machine | undefined => {
		const holder = sandbox(row.sandbox);
		const stack = holder && namespaces.get(holder.namespace);
		if (!holder || !stack) return undefined;
		const base = rootOf(row);
		const files = createFiles(sim, row.id, base, {volumes, mounts: row.mounts, readOnly: row.readOnly});
		const machine: Machine = {
			name: `${row.podUid}/${row.name}`,
			hostname: holder.hostname,
			kind: 'container',
			host: node,
			files: row.confined || mayNot(row) ? filesAs(files, credentialsOf(row), row.readOnly) : files,
			stack,
			processes,
			container: row.id,
			...(row.pids && {pids: pidNamespace(row.pids)}),
			...(row.pids !== 'host' && {nextPid: enters => nextPid(machine, row.pids ?? row.id, enters)}),
			env: row.env,
			home: row.workingDir,
			user: row.user,
			...(!row.privileged && {capabilities: capabilitiesOf(row)}),
			groups: row.groups,
			runProgram: argv => runProgram(row.id, argv),
			sim,
			world,
		};
		return machine;
	};

	return {
		rootOf,
		get(row: ContainerRow): Machine | undefined {
			let machine = machines.get(row.id);
			if (!machine) {
				machine = create(row);
				if (machine) machines.set(row.id, machine);
			}

			return machine;
		},
		drop(id: string) {
			machines.delete(id);
			lastPids.delete(id);
			sim.state.drop(`os/files/${id}`);
			sim.state.drop(`os/mounts/${id}`);
		},
	};
}
