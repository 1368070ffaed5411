import type {ProgramContext} from '../../node/program/program.js';
import {notSimulatedStatus} from '../../shell/command.js';
import {agentOn, peersOf} from './mesh.js';

const version = 'v3.28.1';

/** Beside the agent: `calico-node -v`, and what the probes of its manifest ask; false when it is to be the agent itself. */
export function nodeTool(context: ProgramContext): boolean {
	const flags = context.argv.slice(1).map(word => word.replace(/^--?/, ''));
	if (flags.length === 0 || flags[0] === 'felix') return false;
	const end = (code: number, text = '') => {
		if (text) context.log(text, code === notSimulatedStatus ? 'stderr' : 'stdout');
		context.exit(code);
		return true;
	};
	if (flags.includes('v') || flags.includes('version')) return end(0, version);
	const odd = flags.find(flag => !/^(?:felix|bird6?)-(?:live|ready)$/.test(flag));
	if (odd !== undefined) {
		context.machine.sim.notes.notSimulated(`calico-node -${odd}`);
		return end(notSimulatedStatus, `kubelab: not simulated: calico-node -${odd}`);
	}

	const host = context.machine.world.host(context.machine.host);
	if (!host || !agentOn(host)) return end(1, 'calico/node is not ready: Felix is not live');
	const lost = flags.includes('bird-ready') ? peersOf(context.machine).filter(({established}) => !established) : [];
	if (lost.length === 0) return end(0);
	return end(1, `calico/node is not ready: BIRD is not ready: BGP not established with ${lost.map(({address}) => address).join(',')}`);
}
