import {badRequest, invalid} from '../../api/errors.js';
import type {FieldError} from '../../api/field-error.js';
import type {KubeObject} from '../../api/object.js';
import type {ApiRequest} from '../../api/server.js';
import {parseRfc3339, rfc3339} from '../../api/values/time.js';
import type {LogLine} from '../../node/runtime.js';
import {common} from '../answer.js';
import {flag} from '../../api/http/request.js';
import type {Exchange, Serving} from '../exchange.js';
import {authorised, containerNamed, runOf} from './target.js';

const lookEveryMs = 100;

/** `pods/log`: what a container wrote, and with `follow` what it goes on to write. */
export function sendLog(exchange: Exchange, request: ApiRequest): void {
	const {serving, query, response} = exchange;
	const pod = authorised(serving, request);
	checkBounds(pod.metadata.name, query);
	const container = containerNamed(pod, query.get('container'));
	const previous = flag(query, 'previous');
	checkStarted(serving, pod, container, previous);
	const lines = linesOf(serving, pod, container, previous);
	const limit = Number(query.get('limitBytes') ?? 0);
	const text = chosen(lines, query, serving)
		.map(line => print(line, query, serving))
		.join('');
	response.writeHead(200, {...common, 'content-type': 'text/plain'});
	response.write(limit > 0 ? Buffer.from(text).subarray(0, limit) : text);
	if (!flag(query, 'follow') || previous) return void response.end();
	response.flushHeaders();
	follow(exchange, pod, container, lines.length);
}

/** Models ValidatePodLogOptions (pkg/apis/core/validation). */
function checkBounds(name: string, query: URLSearchParams): void {
	const errors = Object.entries(least).flatMap(([field, min]): FieldError[] => {
		const text = query.get(field);
		if (text === null || text === '') return [];
		if (!/^[-+]?\d{1,19}$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
		const detail = min === 0 ? 'must be greater than or equal to 0' : 'must be greater than 0';
		return Number(text) < min ? [{type: 'Invalid', field, value: Number(text), detail}] : [];
	});
	if (errors.length > 0) throw invalid({group: '', kind: 'PodLogOptions'}, name, errors);
}

const least = {tailLines: 0, limitBytes: 1, sinceSeconds: 1};

/** The kubelet refuses the logs of what has not started, or is not there any more. */
function checkStarted(serving: Serving, pod: KubeObject, container: string, previous: boolean): void {
	const {name} = pod.metadata;
	if (previous) {
		if (!runOf(serving, pod, container, true)) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
		return;
	}

	if (runOf(serving, pod, container) || !pod['spec'].nodeName) return;
	const statuses: any[] = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].flatMap(
		list => pod['status']?.[list] ?? [],
	);
	const status = statuses.find(one => one.name === container);
	// A stand-in kubelet runs containers that write nothing.
	if (status?.state?.running || status?.state?.terminated) return;
	const reason: string = status?.state?.waiting?.reason ?? 'ContainerCreating';
	throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waitingTexts[reason] ?? reason}`);
}

const waitingTexts: Readonly<Record<string, string>> = {
	ErrImagePull: "image can't be pulled",
	ImagePullBackOff: 'trying and failing to pull image',
};

function linesOf(serving: Serving, pod: KubeObject, container: string, previous = false): readonly LogLine[] {
	const run = runOf(serving, pod, container, previous);
	return run ? serving.cluster.runtime(pod['spec'].nodeName).logs(run.id) : [];
}

function chosen(lines: readonly LogLine[], query: URLSearchParams, {cluster, wallClock}: Serving): readonly LogLine[] {
	const seconds = query.get('sinceSeconds');
	const nowMs = cluster.sim.clock.now() + wallClock.aheadMs;
	const since = seconds === null ? parseRfc3339(query.get('sinceTime') ?? '') : nowMs - Number(seconds) * 1000;
	const wanted = since === undefined ? lines : lines.filter(({atMs}) => atMs + wallClock.aheadMs >= since);
	const tail = query.get('tailLines');
	return tail === null ? wanted : wanted.slice(Math.max(0, wanted.length - Number(tail)));
}

const print = ({atMs, text}: LogLine, query: URLSearchParams, {wallClock}: Serving) =>
	`${flag(query, 'timestamps') ? `${nanoTime(atMs + wallClock.aheadMs)} ` : ''}${text}\n`;
const nanoTime = (ms: number): string => rfc3339(ms).replace('Z', `.${String(ms % 1000).padStart(3, '0')}000000Z`);

/** Until the container has ended or the client goes. */
function follow({serving, response, query}: Exchange, pod: KubeObject, container: string, printed: number): void {
	const first = runOf(serving, pod, container)?.id;
	let seen = printed;
	let stop = () => {};
	const end = () => void response.end();
	const look = () => {
		const lines = linesOf(serving, pod, container);
		for (const line of lines.slice(seen)) response.write(print(line, query, serving));
		seen = lines.length;
		const run = runOf(serving, pod, container);
		if (!run || run.id !== first || run.state !== 'running') return end();
		stop = serving.after(lookEveryMs, look);
	};
	serving.open.add(end);
	response.once('close', () => {
		serving.open.delete(end);
		stop();
	});
	look();
}
