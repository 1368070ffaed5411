import type {Machine} from '../../../node/host/machine.js';
import type {Container, Runtime} from '../../../node/runtime.js';
import type {Io, Run} from '../../../shell/command.js';
import type {Arguments} from '../../host/arguments.js';

export type Verb = (io: Io<Machine>, runtime: Runtime, args: Arguments) => Run;

/** The CRI sees what is its own, not Docker's containers. */
export const ofCri = (runtime: Runtime): readonly Container[] => runtime.containers().filter(container => container.namespace === 'k8s.io');

export const notFound = (what: string, id: string): string =>
	`rpc error: code = NotFound desc = an error occurred when try to find ${what} ${JSON.stringify(id)}: not found`;

/** By the beginning of its id, as crictl finds one. */
export function findContainer(io: Io<Machine>, runtime: Runtime, id: string): Container | undefined {
	const found = ofCri(runtime).filter(container => container.id.startsWith(id));
	if (found.length === 1) return found[0];
	io.err(`FATA[0000] ${found.length > 1 ? `ID prefix "${id}" is ambiguous` : notFound('container', id)} \n`);
	return undefined;
}

/** A pod's sandbox, as far as its containers tell of it. */
export interface Sandbox {
	readonly id: string;
	readonly first: Container;
	readonly containers: readonly Container[];
	readonly ready: boolean;
}

/** Newest first. */
export function sandboxesOf(runtime: Runtime): readonly Sandbox[] {
	const byId = new Map<string, Container[]>();
	for (const container of ofCri(runtime)) byId.set(container.sandbox, [...(byId.get(container.sandbox) ?? []), container]);
	return [...byId]
		.map(([id, containers]) => ({id, containers, first: containers[0]!, ready: containers.some(each => each.state === 'running')}))
		.reverse();
}

/** `io.kubernetes.pod.name=etcd-k8s-master`, as `--label` asks for it. */
export const labelsOf = ({name, podName, podNamespace, podUid}: Container, ofPod = false): Readonly<Record<string, string>> => ({
	...(!ofPod && {'io.kubernetes.container.name': name}),
	'io.kubernetes.pod.name': podName,
	'io.kubernetes.pod.namespace': podNamespace,
	'io.kubernetes.pod.uid': podUid,
});

export const hasLabels = (labels: Readonly<Record<string, string>>, wanted: readonly string[]): boolean =>
	wanted.every(each => {
		const equals = each.indexOf('=');
		return equals < 0 ? Object.hasOwn(labels, each) : labels[each.slice(0, equals)] === each.slice(equals + 1);
	});
