import type {KubeObject} from '../../../api/object.js';
import type {Run} from '../../../shell/command.js';
import {deleteTarget, deletionOf} from '../delete/deletion.js';
import {waitForDeletion} from '../delete/wait-for-deletion.js';
import {exit, Failure, failure} from '../failure.js';
import type {Steps} from '../resource/files.js';
import {attachTo} from '../pods/attach.js';
import {logLines} from '../pods/log-lines.js';
import type {Call} from '../verb.js';

const lookEveryMs = 100;

/** `run -i`, `run --attach`: waits until the pod runs, shares its terminal, and with --rm takes it away again. */
export function* attachToNewPod(call: Call, pod: KubeObject): Run {
	const {flags} = call;
	let code = 0;
	try {
		code = yield* attach(call, pod);
	} finally {
		if (flags.bool('rm')) yield* remove(call, pod);
	}

	return code;
}

function* remove(call: Call, pod: KubeObject): Steps<void> {
	const {session} = call;
	const kind = session.kindNamed('pods');
	const target = {kind, namespace: pod.metadata.namespace, name: pod.metadata.name};
	if (!session.find(kind, target.namespace, target.name)) return;
	const uid = deleteTarget(session, target, deletionOf(call));
	if (!call.flags.bool('quiet')) session.out(`pod "${target.name}" deleted\n`);
	yield* waitForDeletion(call, [{target, uid}], 0);
}

function* attach(call: Call, pod: KubeObject): Run {
	const {session, flags} = call;
	const kind = session.kindNamed('pods');
	const {namespace, name} = pod.metadata;
	const endMs = session.nowMs + flags.durationMs('pod-running-timeout');
	let now = session.get<KubeObject>(kind, namespace, name);
	while (!['Running', 'Succeeded', 'Failed'].includes(now['status']?.phase)) {
		if (session.nowMs >= endMs) throw failure('timed out waiting for the condition');
		yield {sleepMs: lookEveryMs};
		now = session.get<KubeObject>(kind, namespace, name);
	}

	const {name: container} = now['spec'].containers[0];
	if (now['status'].phase === 'Running') {
		const options = {quiet: flags.bool('quiet'), stdin: flags.bool('stdin'), tty: flags.bool('tty'), fromStart: true};
		try {
			const code = yield* attachTo(call, now, container, options);
			if (code !== undefined) return code;
		} catch (error) {
			// A program that ended before anybody could attach has left its output in the log.
			if (!(error instanceof Failure)) throw error;
			session.err(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${error.message}\n`);
			showLog(call, now, container);
		}
	} else showLog(call, now, container);
	return now['spec'].restartPolicy === 'Always' ? 0 : yield* finalCode(call, now);
}

function showLog({session}: Call, pod: KubeObject, container: string): void {
	session.out(
		logLines(session, pod, container)
			.map(line => `${line.text}\n`)
			.join(''),
	);
}

/** The exit status of a pod that is not started again is that of its container. */
function* finalCode({session}: Call, pod: KubeObject): Run {
	const kind = session.kindNamed('pods');
	const {namespace, name} = pod.metadata;
	for (;;) {
		const now = session.find<KubeObject>(kind, namespace, name);
		if (!now || now['status'].phase === 'Succeeded') return 0;
		if (now['status'].phase === 'Failed') {
			const code: number = now['status'].containerStatuses?.[0]?.state?.terminated?.exitCode ?? 0;
			if (code === 0) return 0;
			session.err(`pod ${namespace}/${name} terminated (${now['status'].containerStatuses[0].state.terminated.reason ?? 'Error'})\n`);
			throw exit(code);
		}

		yield {sleepMs: lookEveryMs};
	}
}
