import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';
import {failure} from '../failure.js';
import type {Call} from '../verb.js';
import {customize} from './debug-custom.js';
import {type DebugStyle, profileNamed, profileWarning} from './debug-profiles.js';

const suffix = (call: Call) => call.session.machine.sim.random.fork('kubectl').suffix(5);

/** `pairs` of --env and --set-image. */
const pairsOf = (texts: readonly string[]) =>
	texts.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);

/** The container that `kubectl debug` adds. */
export function debugContainer(call: Call, name: string, command: readonly string[]): any {
	const {flags} = call;
	const env = pairsOf(flags.list('env')).map(([key, value]) => ({name: key, value}));
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

/** `debugger-xxxxx`, said aloud, unless `--container` names it. */
export function debugContainerName(call: Call): string {
	const {flags, session} = call;
	if (flags.string('container')) return flags.string('container');
	const name = `debugger-${suffix(call)}`;
	if (!flags.bool('quiet')) session.out(`Defaulting debug container name to ${name}.\n`);
	return name;
}

/** What the profile, then the custom one, make of the container. */
export function applyProfile(call: Call, pod: any, container: any, style: DebugStyle): void {
	profileNamed(call.flags.string('profile'))(pod, container, style, call.flags);
	customize(call, container);
	if (style !== 'node') call.session.err(profileWarning(pod, container));
}

/** `--copy-to`: the same pod under another name, with a container more, or with other images. Answers it and the container to attach to. */
export function copyPod(call: Call, pod: KubeObject, command: readonly string[]): {pod: KubeObject; container: string} {
	const {flags, session} = call;
	const {labels, annotations, namespace} = pod.metadata;
	const spec = copy(pod['spec']);
	delete spec.ephemeralContainers;
	if (flags.changed('share-processes')) spec.shareProcessNamespace = flags.bool('share-processes');
	if (!flags.bool('same-node')) delete spec.nodeName;
	setImages(call, spec);
	const metadata = {name: flags.string('copy-to'), namespace: namespace!, ...(labels && {labels}), ...(annotations && {annotations})};
	const copied: KubeObject = {apiVersion: 'v1', kind: 'Pod', metadata, spec};
	const container = changeContainer(call, spec, command);
	if (container) applyProfile(call, copied, container, 'copy');
	const kind = session.kindNamed('pods');
	const created = session.create(kind, namespace, copied);
	if (flags.bool('replace'))
		session.delete(kind, namespace, pod.metadata.name, {kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0});
	return {pod: created, container: container?.name ?? ''};
}

function setImages({flags}: Call, spec: any): void {
	const images = new Map(pairsOf(flags.list('set-image')));
	for (const container of spec.containers) container.image = images.get(container.name) ?? images.get('*') ?? container.image;
}

/** `--container` of that name is changed; otherwise a new one is added; with `--set-image` alone there is none. */
function changeContainer(call: Call, spec: any, command: readonly string[]): any {
	const {flags} = call;
	const known = spec.containers.find((one: {name: string}) => one.name === flags.string('container'));
	if (known) {
		const {name: _, image, ...rest} = debugContainer(call, known.name, command);
		if (rest.command) delete known.args;
		for (const field of ['stdin', 'tty']) delete known[field];
		return Object.assign(known, {...(image && {image}), ...rest});
	}

	if (flags.string('image') === '') {
		if (flags.list('set-image').length > 0) return undefined;
		throw failure('you must specify image when creating new container');
	}

	const added = debugContainer(call, debugContainerName(call), command);
	spec.containers.push(added);
	return added;
}

/** `debug node/NAME`: a pod on that node; most profiles let it share the node's namespaces and have its file system under /host. */
export function nodePod(call: Call, node: KubeObject, command: readonly string[]): {pod: KubeObject; container: string} {
	const {session, flags} = call;
	const name = `node-debugger-${node.metadata.name}-${suffix(call)}`;
	const container = debugContainer(call, flags.string('container') || 'debugger', command);
	if (!flags.bool('quiet')) session.out(`Creating debugging pod ${name} with container ${container.name} on node ${node.metadata.name}.\n`);
	const pod: KubeObject = {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name, namespace: session.namespace, labels: {'app.kubernetes.io/managed-by': 'kubectl-debug'}},
		spec: {containers: [container], nodeName: node.metadata.name, restartPolicy: 'Never', tolerations: [{operator: 'Exists'}]},
	};
	applyProfile(call, pod, container, 'node');
	return {pod: session.create(session.kindNamed('pods'), session.namespace, pod), container: container.name};
}
