import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/plain.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';

const suffix = (call: Call) => call.session.machine.sim.random.fork('kubectl').suffix(5);

/** The container that `kubectl debug` adds. */
export function debugContainer(call: Call, name: string, command: readonly string[]): any {
	const {flags} = call;
	const env = flags.list('env').map(text => ({name: text.slice(0, text.indexOf('=')), value: text.slice(text.indexOf('=') + 1)}));
	return {
		name,
		image: flags.string('image'),
		...(command.length > 0 && (flags.bool('arguments-only') ? {args: command} : {command})),
		...(env.length > 0 && {env}),
		...(flags.string('image-pull-policy') && {imagePullPolicy: flags.string('image-pull-policy')}),
		...(flags.bool('stdin') && {stdin: true}),
		...(flags.bool('tty') && {tty: true}),
	};
}

/** `--copy-to`: the same pod under another name, with a container more, or with other images. Answers its name and the container to attach to. */
export function copyPod(call: Call, pod: KubeObject, command: readonly string[]): {pod: KubeObject; container: string} {
	const {flags, session} = call;
	const {labels, annotations} = pod.metadata;
	const spec = copy(pod['spec']);
	delete spec.ephemeralContainers;
	if (!flags.bool('same-node')) delete spec.nodeName;
	if (!flags.bool('keep-init-containers')) delete spec.initContainers;
	for (const container of spec.containers) dropProbes(call, container);
	setImages(call, spec);
	const container = changeContainer(call, spec, command);
	if (flags.bool('share-processes')) spec.shareProcessNamespace = true;
	const copied: KubeObject = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name: flags.string('copy-to'),
			namespace: pod.metadata.namespace!,
			...(flags.bool('keep-labels') && labels && {labels}),
			...(flags.bool('keep-annotations') && annotations && {annotations}),
		},
		spec,
	};
	const kind = session.kindNamed('pods');
	if (flags.bool('replace'))
		session.delete(kind, pod.metadata.namespace, pod.metadata.name, {kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0});
	return {pod: session.create(kind, pod.metadata.namespace, copied), container};
}

function dropProbes({flags}: Call, container: any): void {
	for (const probe of ['liveness', 'readiness', 'startup']) if (!flags.bool(`keep-${probe}`)) delete container[`${probe}Probe`];
}

function setImages({flags}: Call, spec: any): void {
	for (const pair of flags.list('set-image')) {
		const [name, image] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
		for (const container of spec.containers) if (name === '*' || container.name === name) container.image = image;
	}
}

/** `--container` of that name is changed; otherwise a new one is added. */
function changeContainer(call: Call, spec: any, command: readonly string[]): string {
	const {flags, session} = call;
	const name = flags.string('container');
	const known = spec.containers.find((one: {name: string}) => one.name === name);
	if (known) {
		const {name: _, image, ...rest} = debugContainer(call, name, command);
		Object.assign(known, {...(image && {image}), ...rest});
		return name;
	}

	if (flags.string('image') === '') return spec.containers[0].name;
	const added = name || `debugger-${suffix(call)}`;
	if (!name && !flags.bool('quiet')) session.out(`Defaulting debug container name to ${added}.\n`);
	spec.containers.push(debugContainer(call, added, command));
	return added;
}

/** `debug node/NAME`: a pod on that node which shares its namespaces and has its file system under /host. */
export function nodePod(call: Call, node: KubeObject, command: readonly string[]): {pod: KubeObject; container: string} {
	const {session, flags} = call;
	const name = `node-debugger-${node.metadata.name}-${suffix(call)}`;
	const container = flags.string('container') || 'debugger';
	if (flags.string('image') === '') throw failure('you must specify --image when creating a debugging pod on a node.');
	if (!flags.bool('quiet')) session.out(`Creating debugging pod ${name} with container ${container} on node ${node.metadata.name}.\n`);
	const pod: KubeObject = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, namespace: session.namespace, labels: {'app.kubernetes.io/managed-by': 'kubectl-debug'}},
		spec: {
			containers: [{...debugContainer(call, container, command), volumeMounts: [{name: 'host-root', mountPath: '/host'}]}],
			hostIPC: true,
			hostNetwork: true,
			hostPID: true,
			nodeName: node.metadata.name,
			restartPolicy: 'Never',
			tolerations: [{operator: 'Exists'}],
			volumes: [{name: 'host-root', hostPath: {path: '/'}}],
		},
	};
	return {pod: session.create(session.kindNamed('pods'), session.namespace, pod), container};
}
