import type {KubeObject} from '../../../api/object.js';
import {failure, notSimulated, throwAll} from '../failure.js';
import {select} from '../resource/select.js';
import type {Steps} from '../resource/files.js';
import type {Call, Verb} from '../verb.js';
import {attachTo} from './attach.js';
import {copyPod, debugContainer, nodePod} from './debug-copies.js';
import {findNamed} from './find-pod.js';
import {logLines} from './log-lines.js';

const legacy =
	'--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n';

const debug: Verb = {
	name: 'debug',
	summary: 'Create debugging sessions for troubleshooting workloads and nodes',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
	flags: [
		['arguments-only', 'bool', 'false'],
		['attach', 'bool', 'false'],
		['container', 'string', '', 'c'],
		['copy-to', 'string', ''],
		['custom', 'string', ''],
		['env', 'array', ''],
		['filename', 'strings', '', 'f'],
		['image', 'string', ''],
		['image-pull-policy', 'string', ''],
		['keep-annotations', 'bool', 'false'],
		['keep-init-containers', 'bool', 'true'],
		['keep-labels', 'bool', 'false'],
		['keep-liveness', 'bool', 'false'],
		['keep-readiness', 'bool', 'false'],
		['keep-startup', 'bool', 'false'],
		['profile', 'string', 'legacy'],
		['quiet', 'bool', 'false', 'q'],
		['replace', 'bool', 'false'],
		['same-node', 'bool', 'false'],
		['set-image', 'strings', ''],
		['share-processes', 'bool', 'true'],
		['stdin', 'bool', 'false', 'i'],
		['target', 'string', ''],
		['tty', 'bool', 'false', 't'],
	],
	*run(call) {
		const {args, flags, session, dash} = call;
		const names = dash === -1 ? args : args.slice(0, dash);
		const command = dash === -1 ? args.slice(1) : args.slice(dash);
		if (flags.string('image') === '' && flags.string('copy-to') === '' && flags.list('set-image').length === 0)
			throw failure('you must specify --image when not using --copy-to.');
		if (names.length === 0 && flags.list('filename').length === 0) throw failure('NAME or filename is required for debug');
		if (flags.string('profile') === 'legacy') session.err(legacy);
		else if (flags.string('profile') !== 'general') throw notSimulated(`kubectl debug --profile=${flags.string('profile')}`);
		const object = names.length > 0 ? findNamed(session, names[0]!) : yield* fromFile(call);
		if (object.kind === 'Node') yield* attachWhenRunning(call, nodePod(call, object, command));
		else if (object.kind !== 'Pod') throw failure(`"${object.kind.toLowerCase()}" not supported by debug`);
		else if (flags.string('copy-to') !== '') yield* attachWhenRunning(call, copyPod(call, object, command));
		else yield* addContainer(call, object, command);
		return 0;
	},
};

export default debug;

function* fromFile(call: Call): Steps<KubeObject> {
	const {targets, errors} = yield* select(call, {args: [], fetch: true, latest: true});
	throwAll(errors);
	return targets[0]!.object!;
}

const lookEveryMs = 100;
const waitMaxMs = 60_000;

/** Puts an ephemeral container into the pod, and with -i goes into it once it runs. */
function* addContainer(call: Call, pod: KubeObject, command: readonly string[]): Steps<void> {
	const {session, flags} = call;
	const kind = session.kindNamed('pods');
	const {namespace, name: podName} = pod.metadata;
	const name = flags.string('container') || `debugger-${session.machine.sim.random.fork('kubectl').suffix(5)}`;
	const target = flags.string('target');
	if (target)
		session.out(
			`Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
		);
	if (!flags.string('container') && !flags.bool('quiet')) session.out(`Defaulting debug container name to ${name}.\n`);
	const container = {...debugContainer(call, name, command), ...(target && {targetContainerName: target})};
	// The patch between two lists that differ in a repeated name only is empty, as the real kubectl makes it.
	const names: string[] = (pod['spec'].ephemeralContainers ?? []).map((one: {name: string}) => one.name);
	const order = [...names, name].map(each => ({name: each}));
	const added = names.includes(name) ? {} : {spec: {'$setElementOrder/ephemeralContainers': order, ephemeralContainers: [container]}};
	session.patch(kind, namespace, podName, 'strategic', added, {}, 'ephemeralcontainers');
	yield* attachWhenRunning(call, {pod, container: name});
}

/** With -i or --attach: waits until the container runs, then goes into it. */
function* attachWhenRunning(call: Call, {pod, container}: {pod: KubeObject; container: string}): Steps<void> {
	const {session, flags} = call;
	if (!flags.bool('attach') && !flags.bool('stdin')) return;
	const {namespace, name} = pod.metadata;
	const endMs = session.nowMs + waitMaxMs;
	for (;;) {
		const now = session.get<KubeObject>(session.kindNamed('pods'), namespace, name);
		const statuses: any[] = [...(now['status']?.containerStatuses ?? []), ...(now['status']?.ephemeralContainerStatuses ?? [])];
		const state = statuses.find(one => one.name === container)?.state;
		if (state?.terminated) {
			session.out(
				logLines(session, now, container)
					.map(line => `${line.text}\n`)
					.join(''),
			);
			return;
		}

		if (state?.running) {
			yield* attachTo(call, now, container, {
				quiet: flags.bool('quiet'),
				stdin: flags.bool('stdin'),
				tty: flags.bool('tty'),
				fromStart: true,
			});
			return;
		}

		if (session.nowMs >= endMs) throw failure('timed out waiting for the condition');
		yield {sleepMs: lookEveryMs};
	}
}
