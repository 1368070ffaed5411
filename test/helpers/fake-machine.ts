import file from '../../source/commands/file/index.js';
import host from '../../source/commands/host/index.js';
import text from '../../source/commands/text/index.js';
import {createFiles} from '../../source/os/file-tree.js';
import {rhelPackages} from '../../source/os/rhel/packages.js';
import {rhelTree} from '../../source/os/rhel/base-files.js';
import type {Command} from '../../source/shell/command.js';
import type {ShellMachine} from '../../source/shell/machine.js';
import {createSession} from '../../source/shell/session/session.js';
import {createHeadlessTime} from '../../source/shell/run/time.js';
import {createSim} from '../../source/sim/sim.js';
import type {SessionOptions} from '../../source/shell/session/session-options.js';

export function fakeMachine(name = 'k8s-master'): ShellMachine {
	const world = createSim('shell');
	const bringsCommands = new Set(['kubectl', 'iputils', 'curl', 'vim-enhanced', 'jq', 'tree', 'procps-ng']);
	return {
		name,
		hostname: name,
		kind: 'host',
		files: createFiles(world, name, rhelTree(rhelPackages.filter(item => item.base || bringsCommands.has(item.name)))),
		env: {},
		home: '/root',
		user: 'root',
		sim: world,
	} as ShellMachine;
}

/** A kubectl that knows three pods and prints what it is asked to do. */
export const fakeKubectl: Command = {
	name: 'kubectl',
	summary: 'a stand-in',
	*run(io) {
		const words = io.argv.slice(1).join(' ');
		if (/\bget pods?$/.test(words)) io.out('NAME READY\ncoredns-1 1/1\nkube-proxy-a 1/1\nkube-proxy-b 1/1\n');
		else if (words === 'apply -f -') io.out(`applied ${io.stdin.length} characters\n`);
		else if (words === 'wait') {
			yield {sleepMs: 3000};
			io.out('waited\n');
		} else if (words === 'fail') {
			io.err('Error from server\n');
			return 1;
		} else io.out(`kubectl ${words}\n`);
		return 0;
	},
};

export function fakeSession(options: Partial<SessionOptions> = {}) {
	const world = createSim('shell');
	return createSession({
		machine: fakeMachine(),
		commands: [fakeKubectl, ...host, ...file, ...text],
		time: createHeadlessTime(world.clock),
		random: world.random,
		...options,
	});
}
