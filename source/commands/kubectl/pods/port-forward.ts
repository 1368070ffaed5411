import type {KubeObject} from '../../../api/object.js';
import {failure, usageFailure} from '../failure.js';
import {forward, type ForwardedPort} from './forward.js';
import type {Verb} from '../verb.js';
import {attachablePod, findNamed} from './find-pod.js';

const portForward: Verb = {
	name: 'port-forward',
	summary: 'Forward one or more local ports to a pod',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
	flags: [
		['address', 'strings', 'localhost'],
		['pod-running-timeout', 'duration', '1m0s'],
	],
	*run(call) {
		const {args, session, path} = call;
		if (args.length < 2) throw usageFailure(path, 'TYPE/NAME and list of ports are required for port-forward');
		const object = findNamed(session, args[0]!);
		const pod = attachablePod(session, object);
		for (const text of args.slice(1)) checkPort(object, text);
		if (pod['status']?.phase !== 'Running')
			throw failure(`unable to forward port because pod is not running. Current status=${pod['status']?.phase}`);
		return yield* forward(
			call,
			pod,
			args.slice(1).map(text => portsOf(object, pod, text)),
		);
	},
};

export default portForward;

/** A name stands for the port of a container. */
function checkNamed({metadata, spec}: KubeObject & {spec?: any}, name: string): void {
	const ports = ((spec?.containers ?? []) as any[]).flatMap(container => container.ports ?? []);
	if (!ports.some(port => port.name === name)) throw failure(`Pod '${metadata.name}' does not have a named port '${name}'`);
}

/** The local port, and the pod's own. */
function portsOf(object: KubeObject, pod: KubeObject, text: string): ForwardedPort {
	const [first = '', second] = text.split(':');
	const asked = second ?? first;
	const remote = object.kind === 'Service' ? targetPort(object, pod, asked) : portNumber(pod, asked);
	const service = object.kind === 'Service' ? (object['spec'].ports as any[]).find(port => port.name === asked)?.port : undefined;
	return {local: second === undefined ? Number(service ?? (/^\d+$/.test(first) ? first : remote)) : Number(first || 0), remote};
}

function targetPort(service: KubeObject, pod: KubeObject, asked: string): number {
	const port = (service['spec'].ports as any[]).find(one => String(one.port) === asked || one.name === asked);
	if (service['spec'].clusterIP === 'None') return port.port;
	return portNumber(pod, String(port.targetPort ?? port.port));
}

function portNumber(pod: KubeObject, text: string): number {
	if (/^\d+$/.test(text)) return Number(text);
	const ports = ((pod['spec'].containers ?? []) as any[]).flatMap(container => container.ports ?? []);
	return ports.find(port => port.name === text)?.containerPort ?? 0;
}

/** `8080:80`, `80`, `:80` or, of a Service, names. */
function checkPort(object: KubeObject, text: string): void {
	const parts = text.split(':');
	if (parts.length > 2) throw failure(`invalid port format '${text}'`);
	const [local, remote] = parts.length === 2 ? (parts as [string, string]) : [text, text];
	if (object.kind === 'Service') {
		const ports: any[] = object['spec'].ports ?? [];
		if (!ports.some(port => String(port.port) === remote || port.name === remote))
			throw failure(
				/^\d+$/.test(remote)
					? `Service ${object.metadata.name} does not have a service port ${remote}`
					: `Service '${object.metadata.name}' does not have a named port '${remote}'`,
			);
	}

	const number = (value: string, which: string) => {
		if (!/^\d+$/.test(value))
			throw failure(`error parsing ${which} port '${value}': strconv.ParseUint: parsing "${value}": invalid syntax`);
		if (Number(value) > 65_535)
			throw failure(`error parsing ${which} port '${value}': strconv.ParseUint: parsing "${value}": value out of range`);
	};
	if (object.kind !== 'Service' && !/^\d+$/.test(remote)) checkNamed(object, remote);
	if (local !== '') number(local, 'local');
	if (object.kind !== 'Service') number(remote, 'remote');
	if (remote === '0') throw failure('remote port must be > 0');
}
