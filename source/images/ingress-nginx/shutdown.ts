import {socketOwner} from '../../node/program/program-runner.js';
import type {Program} from '../../node/program/program.js';
import type {Log} from './log.js';
import {type ControllerContext, note} from './memory.js';
import {hideProcesses} from './nginx-processes.js';
import {withdrawStatus} from './status.js';

/** SIGTERM: status, webhook and nginx go at once, the process some seconds later (nginx.go Stop, pkg/util/process/sigterm.go). */
export function shutDown(context: ControllerContext, log: Log, signal: string): void {
	const {memory, machine} = context;
	if (!memory || memory.phase === 'stopping') return;
	log.info('sigterm.go:36', `Received ${signal}, shutting down`);
	if (memory.phase === 'starting') {
		context.exit(0);
		return;
	}

	log.info('nginx.go:393', 'Shutting down controller queues');
	withdrawStatus(context, log);
	log.info('nginx.go:406', 'Stopping admission controller');
	log.info('nginx.go:414', 'Stopping NGINX process');
	log.info('nginx.go:427', 'NGINX process has stopped');
	hideProcesses(context);
	note(context, {phase: 'stopping'});
	machine.stack.sockets.closeAll(socketOwner(machine.host, context.pid));
	const seconds = Number(memory.given['post-shutdown-grace-period']);
	log.info('sigterm.go:44', `Handled quit, delaying controller exit for ${seconds} seconds`);
	context.wake(seconds * 1000, 'exit');
}

const pollMs = 1000;

/** `/wait-shutdown`, the pod's preStop hook: tells the controller to stop, and waits until it has. */
export const waitShutdown: Program = {
	name: 'ingress-nginx-wait-shutdown',
	start(context) {
		const {machine} = context;
		const main = mainProcess(machine);
		if (main) machine.world.runtime(machine.host).signalProcess(main.pid, 'SIGTERM');
		context.wake(0, 'poll');
	},
	wake(context) {
		if (mainProcess(context.machine)) context.wake(pollMs, 'poll');
		else context.exit(0);
	},
};

/** The controller, of whose process nginx is part here. */
export const mainProcess = ({processes, container}: ControllerContext['machine']) =>
	processes.list().find(each => each.container === container && each.program === 'nginx-ingress-controller');
