import type {KubeObject} from '../../../api/object.js';
import {parseRfc3339, rfc3339} from '../../../api/values/time.js';
import type {LogLine} from '../../../node/runtime.js';
import {utf8, utf8Bytes} from '../config/identity.js';
import {failure, Failure, hasReason, usageFailure} from '../failure.js';
import type {Flag} from '../flags/flag.js';
import type {Steps} from '../resource/files.js';
import {unfindable} from '../resource/unfindable.js';
import type {Session} from '../session.js';
import type {Call, Verb} from '../verb.js';
import {containersOf, defaultContainer, findNamed, podsBehind, serverRefusal} from './find-pod.js';
import {logLines, runOf} from './log-lines.js';

const flags: readonly Flag[] = [
	['all-containers', 'bool', 'false'],
	['all-pods', 'bool', 'false'],
	['container', 'string', '', 'c'],
	['follow', 'bool', 'false', 'f'],
	['ignore-errors', 'bool', 'false'],
	['insecure-skip-tls-verify-backend', 'bool', 'false'],
	['limit-bytes', 'int', '0'],
	['max-log-requests', 'int', '5'],
	['pod-running-timeout', 'duration', '20s'],
	['prefix', 'bool', 'false'],
	['previous', 'bool', 'false', 'p'],
	['selector', 'string', '', 'l'],
	['since', 'duration', '0s'],
	['since-time', 'string', ''],
	['tail', 'int', '-1'],
	['timestamps', 'bool', 'false'],
];

const logs: Verb = {
	name: 'logs',
	summary: 'Print the logs for a container in a pod',
	group: 'Troubleshooting and Debugging Commands:',
	usage: 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
	flags,
	*run(call) {
		checkUsage(call);
		const sources = sourcesOf(call);
		if (sources.length === 0) return 0;
		if (call.flags.bool('follow') && sources.length > 1 && sources.length > call.flags.int('max-log-requests')) {
			throw failure(
				`you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${call.flags.int('max-log-requests')}, use --max-log-requests to increase the limit`,
			);
		}

		for (const source of sources) print(call, source);
		if (call.flags.bool('follow')) yield* follow(call, sources);
		return 0;
	},
};

export default logs;

interface Source {
	readonly pod: KubeObject;
	readonly container: string;
	readonly prefix: boolean;
	/** How many lines were printed. */
	seen: number;
}

function checkUsage({args, flags: values, path}: Call): void {
	const selector = values.string('selector');
	const wrong = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
	if (args.length === 0 && selector === '') throw usageFailure(path, wrong);
	if (args.length === 1 && selector !== '') throw usageFailure(path, 'only a selector (-l) or a POD name is allowed');
	if (args.length > 2) throw usageFailure(path, wrong);
	if (values.durationMs('pod-running-timeout') <= 0) throw failure('--pod-running-timeout must be higher than zero');
	if (selector !== '' && args.length > 0) throw failure('selectors and the all flag cannot be used when passing resource/name arguments');
	if (values.string('since-time') !== '' && values.durationMs('since') !== 0)
		throw failure('at most one of `sinceTime` or `sinceSeconds` may be specified');
	if (values.string('since-time') !== '' && parseRfc3339(values.string('since-time')) === undefined)
		throw failure(
			`parsing time "${values.string('since-time')}" as "2006-01-02T15:04:05Z07:00": cannot parse "${values.string('since-time')}" as "2006"`,
		);
	if (values.bool('all-containers') && (values.string('container') !== '' || args.length === 2))
		throw failure('--all-containers=true should not be specified with container name ' + (values.string('container') || args[1]));
	if (values.changed('tail') && values.int('tail') < -1) throw failure('--tail must be greater than or equal to -1');
	if (values.int('limit-bytes') < 0) throw failure('--limit-bytes must be greater than 0');
	if (values.durationMs('since') < 0) throw failure('--since must be greater than 0');
}

function sourcesOf(call: Call): Source[] {
	const {session, args, flags: values} = call;
	const selector = values.string('selector');
	if (selector !== '') {
		const pods = selected(session, selector);
		if (pods.length === 0) session.err(`No resources found in ${session.namespace} namespace.\n`);
		return pods.flatMap(pod => containerSources(call, pod));
	}

	const object = named(call, args[0]!);
	const pods = podsBehind(session, object, 'cannot get the logs from');
	if (call.args.length === 2 && call.flags.string('container') !== '')
		throw usageFailure(call.path, 'only one of -c or an inline [CONTAINER] arg is allowed');
	if (object.kind === 'Pod') return containerSources(call, object);
	if (pods.length === 0) throw failure(`timed out waiting for the condition`);
	if (values.bool('all-pods')) return pods.flatMap(pod => containerSources(call, pod));
	if (pods.length > 1) session.err(`Found ${pods.length} pods, using pod/${pods[0]!.metadata.name}\n`);
	return containerSources(call, pods[0]!);
}

function selected(session: Session, labelSelector: string): readonly KubeObject[] {
	const kind = session.kindNamed('pods');
	try {
		return session.list<KubeObject>(kind, session.namespace, {labelSelector});
	} catch (error) {
		throw unfindable(error as Error, kind, {labelSelector});
	}
}

/** A missing pod is told with its namespace, unlike anywhere else in kubectl. */
function named(call: Call, text: string): KubeObject {
	const {session} = call;
	try {
		return findNamed(session, text);
	} catch (error) {
		if (!hasReason(error, 'NotFound')) throw error;
		const message = (error as Error).message;
		throw failure(`error from server (NotFound): ${message} in namespace "${session.namespace}"`);
	}
}

function containerSources(call: Call, pod: KubeObject): Source[] {
	const {session, flags: values, args} = call;
	const prefix = values.bool('prefix') || values.bool('all-pods');
	const all = containersOf(pod);
	if (values.bool('all-containers')) {
		const order = [
			...all.filter(one => one.role === 'init'),
			...all.filter(one => one.role === 'container'),
			...all.filter(one => one.role === 'ephem'),
		];
		return order.map(one => ({pod, container: one.name, prefix, seen: 0}));
	}

	const wanted = values.string('container') || (args.length === 2 ? args[1]! : '');
	if (wanted && !all.some(one => one.name === wanted)) throw failure(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
	return [{pod, container: wanted || defaultContainer(session, pod, values.bool('all-pods')), prefix, seen: 0}];
}

function print(call: Call, source: Source): void {
	const {session, flags: values} = call;
	const previous = values.bool('previous');
	const {pod, container} = source;
	const lines = refusalOr(call, source, () => logLines(session, pod, container, previous));
	const wanted = lines.filter(line => isWanted(call, line));
	const tail = values.changed('tail') ? values.int('tail') : values.string('selector') !== '' ? 10 : -1;
	const shown = tail >= 0 ? wanted.slice(Math.max(0, wanted.length - tail)) : wanted;
	const text = shown.map(line => lineText(call, line)).join('');
	const limit = values.int('limit-bytes');
	session.out(prefixed(source, limit > 0 ? utf8(utf8Bytes(text).slice(0, limit)) : text));
	source.seen = lines.length;
}

/** The kubelet refuses the logs of what has not started, or is not there any more. */
function refusalOr(call: Call, {pod, container}: Source, read: () => readonly LogLine[]): readonly LogLine[] {
	const {session, flags: values} = call;
	try {
		const name = pod.metadata.name;
		const statuses: any[] = [
			...(pod['status']?.containerStatuses ?? []),
			...(pod['status']?.initContainerStatuses ?? []),
			...(pod['status']?.ephemeralContainerStatuses ?? []),
		];
		const status = statuses.find(one => one.name === container);
		const run = runOf(session, pod, container);
		if (values.bool('previous')) {
			if (!status?.lastState?.terminated && !(run && run.attempt > 0))
				throw serverRefusal(`previous terminated container "${container}" in pod "${name}" not found`);
			// Of a container that has just ended this is the one that the kubelet keeps; what was before is cleared away.
			if (status?.state?.terminated && status.lastState?.terminated) {
				return [
					{
						atMs: session.nowMs,
						stream: 'stdout',
						text: `unable to retrieve container logs for ${status.lastState?.terminated?.containerID ?? status.containerID}`,
					},
				];
			}

			return read();
		}

		const waiting = status?.state?.waiting;
		if (!pod['spec'].nodeName) return [];
		if (waiting && !status.lastState?.terminated && !run)
			throw serverRefusal(`container "${container}" in pod "${name}" is waiting to start: ${waitingText(waiting.reason)}`);
		if (!run && !status) throw serverRefusal(`container "${container}" in pod "${name}" is waiting to start: ContainerCreating`);
		return read();
	} catch (error) {
		if (!(error instanceof Failure) || !values.bool('ignore-errors')) throw error;
		session.out(`error: ${error.message}\n`);
		return [];
	}
}

const waitingTexts: Readonly<Record<string, string>> = {
	ErrImagePull: "image can't be pulled",
	ImagePullBackOff: 'trying and failing to pull image',
};
const waitingText = (reason: string | undefined): string => waitingTexts[reason ?? ''] ?? reason ?? 'ContainerCreating';

function isWanted({session, flags: values}: Call, line: LogLine): boolean {
	const since = values.durationMs('since');
	if (since > 0) return line.atMs >= session.nowMs - since;
	const time = values.string('since-time');
	return time === '' || line.atMs >= parseRfc3339(time)!;
}

/** A line as the server sends it. */
const lineText = ({flags}: Call, line: LogLine): string => `${flags.bool('timestamps') ? `${nanoTime(line.atMs)} ` : ''}${line.text}\n`;

/** The name before each line is kubectl's own: it does not count for --limit-bytes. */
const prefixed = ({pod, container, prefix}: Source, text: string): string =>
	prefix ? text.replaceAll(/^(?=.|\n)/gm, `[pod/${pod.metadata.name}/${container}] `) : text;

const nanoTime = (ms: number): string => rfc3339(ms).replace('Z', `.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}000000Z`);
const lookEveryMs = 100;

/** Goes on until every container has ended. */
function* follow(call: Call, sources: readonly Source[]): Steps<void> {
	const {session} = call;
	const first = new Map(sources.map(source => [source, runOf(session, source.pod, source.container)?.id]));
	for (;;) {
		let open = false;
		for (const source of sources) {
			const run = runOf(session, source.pod, source.container);
			if (run === undefined || run.id !== first.get(source)) continue;
			const lines = logLines(session, source.pod, source.container);
			session.out(
				prefixed(
					source,
					lines
						.slice(source.seen)
						.map(line => lineText(call, line))
						.join(''),
				),
			);
			source.seen = lines.length;
			open ||= run.state === 'running';
		}

		if (!open) return;
		yield {sleepMs: lookEveryMs};
	}
}
