import type {KubeObject} from '../../../api/object.js';
import {apiVersionOf, type Kind} from '../../../api/kind.js';
import {copy} from '../../../api/values/plain.js';
import {failure, throwAll} from '../failure.js';
import {kindFor} from '../resource/arguments.js';
import {select} from '../resource/select.js';
import type {Steps} from '../resource/files.js';
import type {Call, Verb} from '../verb.js';
import {attachTo} from './attach.js';
import {checkDebug} from './debug-check.js';
import {applyProfile, copyPod, debugContainer, debugContainerName, nodePod} from './debug-copies.js';
import {readCustom} from './debug-custom.js';
import {profileNamed} from './debug-profiles.js';
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
		['env', 'pairs', ''],
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
		['set-image', 'pairs', ''],
		['share-processes', 'bool', 'true'],
		['stdin', 'bool', 'false', 'i'],
		['target', 'string', ''],
		['tty', 'bool', 'false', 't'],
	],
	*run(call) {
		const {args, flags, session, dash} = call;
		const hasCommand = dash >= 0 && args.length > dash;
		const [names, command] = hasCommand ? [args.slice(0, dash), args.slice(dash)] : [args, []];
		profileNamed(flags.string('profile'));
		readCustom(call);
		checkDebug(call, names, command);
		if (flags.string('profile') === 'legacy') session.err(legacy);
		for (const {object, kind} of yield* objectsOf(call, names)) {
			if (object.kind === 'Node') yield* attachWhenRunning(call, nodePod(call, object, command));
			else if (object.kind !== 'Pod') throw failure(`"${apiVersionOf(kind)}, Kind=${kind.kind}" not supported by debug`);
			else if (flags.string('copy-to') !== '') yield* attachWhenRunning(call, copyPod(call, object, command));
			else yield* addContainer(call, object, command);
		}

		return 0;
	},
};

export default debug;

function* objectsOf(call: Call, names: readonly string[]): Steps<Array<{object: KubeObject; kind: Kind}>> {
	if (call.flags.list('filename').length === 0) return names.map(name => namedWithKind(call, name));
	const {targets, errors} = yield* select(call, {args: names.map(name => (name.includes('/') ? name : `pod/${name}`))});
	throwAll(errors);
	return targets.map(({object, kind}) => ({object: object!, kind}));
}

function namedWithKind({session}: Call, name: string): {object: KubeObject; kind: Kind} {
	const object = findNamed(session, name);
	return {object, kind: kindFor(session, name.includes('/') ? name.split('/')[0]! : 'pods')};
}

const lookEveryMs = 100;
const waitMaxMs = 60_000;

/** Puts an ephemeral container into the pod, and with -i goes into it once it runs. */
function* addContainer(call: Call, pod: KubeObject, command: readonly string[]): Steps<void> {
	const {session, flags} = call;
	const kind = session.kindNamed('pods');
	const {namespace, name: podName} = pod.metadata;
	const target = flags.string('target');
	const name = debugContainerName(call);
	const container = {...debugContainer(call, name, command), ...(target && {targetContainerName: target})};
	applyProfile(call, copy(pod), container, 'ephemeral');
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
	if (container === '' || !(flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin'))) return;
	const {namespace, name} = pod.metadata;
	const endMs = session.nowMs + waitMaxMs;
	let warned = '';
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

		const message = state?.waiting?.message ?? '';
		if (message !== warned && !flags.bool('quiet')) session.err(`Warning: container ${container}: ${message}\n`);
		warned = message;
		if (session.nowMs >= endMs) throw failure('timed out waiting for the condition');
		yield {sleepMs: lookEveryMs};
	}
}
