import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';

const refuse = (name: string, summary: string): Command<Machine> => ({
	name,
	summary,
	*run(io) {
		const what = [name, ...io.argv.slice(1, 2)].join(' ');
		io.machine.sim.notes.notSimulated(what);
		io.err(`kubelab: not simulated: ${what}\n`);
		return 125;
	},
});

/** Other engines that real machines may have. */
export const podman: readonly Command<Machine>[] = [
	refuse('podman', 'containers without a daemon'),
	refuse('buildah', 'build images without a daemon'),
	refuse('skopeo', 'copy images between registries'),
	refuse('docker-compose', 'several containers at once'),
];
