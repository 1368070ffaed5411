import type {KubeObject} from '../../../api/object.js';
import {hasReason} from '../failure.js';
import {goDuration} from '../flags/go-duration.js';
import type {DryRun} from '../resource/dry-run.js';
import type {Steps} from '../resource/files.js';
import type {Call} from '../verb.js';

/** Each problem is a line of its own at the end. */
export class DrainFailure extends Error {
	readonly lines: readonly string[];

	constructor(lines: readonly string[]) {
		super(lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`);
		this.lines = lines;
	}
}

const lookEveryMs = 200;
/** How long kubectl waits before it asks for an eviction again that a disruption budget refused. */
const retryMs = 5000;

/** How far it is with one pod. */
interface Removal {
	readonly pod: KubeObject;
	/** When the server is asked; undefined once it has agreed and the pod is waited for. */
	askMs: number | undefined;
}

/** All pods at once: one that a budget keeps does not hold up the others (kubectl/pkg/drain/drain.go, evictPods). */
export function* removePods(call: Call, pods: readonly KubeObject[], dryRun: DryRun): Steps<void> {
	const {session, flags} = call;
	// A client's dry run does not look at --disable-eviction.
	const verb = flags.bool('disable-eviction') && dryRun !== 'client' ? 'deleting' : 'evicting';
	const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
	const announce = ({metadata}: KubeObject) => session.out(`${verb} pod ${metadata.namespace}/${metadata.name}${suffix}\n`);
	if (dryRun !== 'none') {
		for (const pod of pods) announce(pod);
		return;
	}

	const timeoutMs = flags.durationMs('timeout');
	const endMs = session.nowMs + (timeoutMs > 0 ? timeoutMs : Number.POSITIVE_INFINITY);
	const problems: string[] = [];
	let open: Removal[] = pods.map(pod => ({pod, askMs: session.nowMs}));
	for (;;) {
		const late = session.nowMs >= endMs;
		for (const {pod, askMs} of open) if (askMs !== undefined && askMs <= session.nowMs) announce(pod);
		open = open.filter(removal => {
			const problem = step(call, removal, late);
			if (problem) problems.push(problem);
			return problem === undefined;
		});
		if (open.length === 0) break;
		yield {sleepMs: lookEveryMs};
	}

	if (problems.length > 0) throw new DrainFailure(problems);
}

/** Undefined: go on with it; otherwise it is over, with that problem or (`''`) without. */
function step(call: Call, removal: Removal, late: boolean): string | undefined {
	const {session, flags} = call;
	const {name, namespace, uid} = removal.pod.metadata;
	const tooLate = `global timeout reached: ${goDuration(flags.durationMs('timeout'))}`;
	if (removal.askMs !== undefined) {
		if (removal.askMs > session.nowMs) return undefined;
		return late ? `error when evicting pods/"${name}" -n "${namespace}": ${tooLate}` : ask(call, removal);
	}

	const present = session.find(session.kindNamed('pods'), namespace, name);
	if (present?.metadata.uid === uid)
		return late ? `error when waiting for pod "${name}" in namespace "${namespace}" to terminate: ${tooLate}` : undefined;
	session.out(`pod/${name} ${flags.bool('disable-eviction') ? 'deleted' : 'evicted'}\n`);
	return '';
}

function ask({session, flags}: Call, removal: Removal): string | undefined {
	const kind = session.kindNamed('pods');
	const {name, namespace} = removal.pod.metadata;
	const grace = flags.int('grace-period');
	const options = grace >= 0 ? {gracePeriodSeconds: grace} : {};
	const metadata = {name, ...(namespace && {namespace})};
	const eviction = {apiVersion: 'policy/v1', kind: 'Eviction', metadata, ...(grace >= 0 && {deleteOptions: options})};
	try {
		if (flags.bool('disable-eviction')) session.delete(kind, namespace, name, {kind: 'DeleteOptions', apiVersion: 'v1', ...options});
		else session.create(kind, namespace, eviction, {}, 'eviction');
		removal.askMs = undefined;
		return undefined;
	} catch (error) {
		if (hasReason(error, 'NotFound')) return '';
		const problem = `error when evicting pods/"${name}" -n "${namespace}"`;
		const {message} = error as Error;
		if (!hasReason(error, 'TooManyRequests')) return `${problem}: ${message}`;
		session.err(`${problem} (will retry after 5s): ${message}\n`);
		removal.askMs = session.nowMs + retryMs;
		return undefined;
	}
}
