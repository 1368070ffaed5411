import type {Machine} from './machine.js';

/** Whether what runs there may do what only root may, and in a container not even root may do all of. */
export const capable = ({capabilities}: Machine, name: string): boolean => !capabilities || capabilities.effective.includes(name);

/** /proc/sys is read-only in a container that is not privileged. */
export const maySetKernel = ({capabilities}: Machine): boolean => !capabilities;

/**
 * Ports below 1024 need a capability, which only root has. An image that was built for another user has its program prepared for that
 * (setcap); one that is made to run as somebody else has not.
 */
export function mayBind(machine: Machine, port: number): boolean {
	if (port >= Number(machine.stack.sysctl('net.ipv4.ip_unprivileged_port_start') ?? 1024) || !machine.capabilities) return true;
	return (
		capable(machine, 'NET_BIND_SERVICE') || (!machine.capabilities.confined && machine.capabilities.bounding.includes('NET_BIND_SERVICE'))
	);
}
