import type {Table} from '../../sim/state.js';
import type {SandboxRow} from './container-spec.js';
import type {Containerd} from './cri.js';
import type {ContainerdParts} from './containerd-parts.js';

type Sandboxes = Pick<Containerd, 'sandboxes' | 'sandbox' | 'runSandbox' | 'bareSandbox' | 'updateSandbox' | 'removeSandbox'>;

/** Pod sandboxes: a pause process under a shim, and the network namespace that it holds open. */
export function createSandboxes({sim, processes}: ContainerdParts, rows: Table<SandboxRow>, newId: () => string): Sandboxes {
	const update = (id: string, change: Partial<SandboxRow>) => {
		const row = rows.get(id);
		if (row) rows.set(id, {...row, ...change});
	};

	return {
		sandboxes: () => [...rows.values()],
		sandbox: id => rows.get(id),
		updateSandbox: update,
		runSandbox(sandbox) {
			const id = newId();
			const its = {user: 'root', program: '', container: ''};
			const shim = ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'k8s.io', '-id', id, '-address', '/run/containerd/containerd.sock'];
			const shimPid = processes.start({...its, ppid: 1, argv: shim}).pid;
			const pausePid = processes.start({...its, ppid: shimPid, user: '65535', argv: ['/pause'], innerPid: 1}).pid;
			const row: SandboxRow = {...sandbox, id, createdMs: sim.clock.now(), state: 'ready', shimPid, pausePid};
			rows.set(id, row);
			return row;
		},
		bareSandbox(sandbox) {
			const id = newId();
			rows.set(id, {...sandbox, id, createdMs: sim.clock.now(), state: 'notready', shimPid: 0, pausePid: 0});
			return id;
		},
		removeSandbox(id) {
			const row = rows.get(id);
			if (!row) return;
			for (const pid of [row.pausePid, row.shimPid]) if (pid > 0) processes.end(pid);
			rows.delete(id);
		},
	};
}
