import type {Engine} from '../../../node/engine/engine.js';
import type {Machine} from '../../../node/machine.js';

export const noDaemon = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';

/** The daemon; a socket that systemd holds open wakes one that sleeps. */
export function reachDaemon({engine, units}: Machine): Engine | undefined {
	if (!engine) return undefined;
	if (!engine.isUp() && units?.get('docker.socket')?.activeState === 'active') units.start('docker.service');
	return engine.isUp() ? engine : undefined;
}
