import type {Machine} from '../../../node/host/machine.js';
import type {Engine} from '../../../node/engine/docker.js';

export const noDaemon = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

/** The daemon; a socket that systemd holds open wakes one that has slept since the machine started, but none that was stopped by hand. */
export function reachDaemon({engine, units}: Machine): Engine | undefined {
	if (!engine) return undefined;
	const wakes = units?.get('docker.socket')?.activeState === 'active' && units.get('docker.service')?.exitCode === undefined;
	if (!engine.isUp() && wakes) units.start('docker.service');
	return engine.isUp() ? engine : undefined;
}
