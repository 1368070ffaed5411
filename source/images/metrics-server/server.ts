import type {KubeObject} from '../../api/object.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {serveTls} from '../../node/net/tls-server.js';
import {selfSignedPair} from '../../tls/self-signed.js';
import {parseHttpRequest, sendAnswer, textAnswer} from '../http/answer.js';
import {type Klog, klog, klogHeader} from '../kube-proxy/klog.js';
import {answerMetrics, text} from './answer.js';
import {type Points, scrape, type ServerMemory} from './scrape.js';

type Context = ProgramContext<ServerMemory>;

const flagOf = ({argv}: Context, name: string) => argv.find(word => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const portOf = (context: Context) => Number(flagOf(context, 'secure-port') ?? 443);

function resolutionMs(context: Context): number {
	const [, count, unit] = /^(\d+)(s|m)$/.exec(flagOf(context, 'metric-resolution') ?? '60s') ?? [];
	return count ? Number(count) * (unit === 'm' ? 60_000 : 1000) : 60_000;
}

/** Until its certificate is made and it listens. */
const startMs = 700;
const leastResolutionMs = 10_000;

/** Asks kubelets every so often what their containers use, and answers metrics.k8s.io. */
export const metricsServer: Program = {
	name: 'metrics-server',
	start(context: Context) {
		if (resolutionMs(context) < leastResolutionMs) {
			context.log(
				`panic: metric-resolution should be a time duration at least 10s, but value ${resolutionMs(context) / 1000}s provided`,
				'stderr',
			);
			context.exit(2);
			return;
		}

		context.memory = {last: {}, previous: {}, startedMs: context.machine.sim.clock.now()};
		say(context, 'serving.go:374', 'Generated self-signed cert (/tmp/apiserver.crt, /tmp/apiserver.key)');
		say(context, 'handler.go:275', 'Adding GroupVersion metrics.k8s.io v1beta1 to ResourceManager');
		context.wake(startMs, 'listen');
	},
	wake(context: Context, key) {
		const log = klog(context, 1);
		if (key === 'listen') {
			try {
				context.listen('tcp', '*', portOf(context));
			} catch {
				context.log(
					`panic: failed to create listener: failed to listen on 0.0.0.0:${portOf(context)}: listen tcp 0.0.0.0:${portOf(context)}: bind: address already in use`,
					'stderr',
				);
				context.exit(2);
				return;
			}

			say(context, 'secure_serving.go:213', `Serving securely on [::]:${portOf(context)}`);
			log.info('dynamic_serving_content.go:132', 'Starting controller', {name: 'serving-cert::/tmp/apiserver.crt::/tmp/apiserver.key'});
			context.wake(0, 'scrape', {periodic: true});
			return;
		}

		look(context, log);
		context.wake(resolutionMs(context), 'scrape', {periodic: true});
	},
	serve(context: Context, {bytes}) {
		const nowMs = context.machine.sim.clock.now();
		const certificate = selfSignedPair(context.machine.hostname, ['127.0.0.1'], 'self-signed', context.memory.startedMs).certificate;
		return serveTls(bytes, {certificate, clients: 'wanted', clientAuthorities: '', nowMs}, inner => {
			const request = parseHttpRequest(inner);
			if (!request) return textAnswer(request, nowMs, '400 Bad Request', 400);
			return sendAnswer(request, health(context, request.path) ?? answerMetrics(context, request));
		});
	},
	signal(context, signal) {
		if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
	},
} as Program;

/** A line of the old kind, which quotes nothing. */
const say = (context: Context, where: string, text: string) =>
	context.log(`${klogHeader('I', context.machine.sim.clock.now(), 0)} ${where}] ${text}`, 'stderr');

function look(context: Context, log: Klog): void {
	let found: Points = {};
	for (const node of context.client!.list<KubeObject>('nodes')) {
		try {
			found = {...found, ...scrape(context, node)};
		} catch (error) {
			log.error('scraper.go:149', 'Failed to scrape node', (error as Error).message, {node: node.metadata.name});
		}
	}

	context.memory = {...context.memory, previous: context.memory.last, last: found};
}

const isReady = ({memory: {last, previous}}: Context) =>
	Object.keys(last).length > 0 && (Object.keys(previous).length > 0 || Object.keys(last).some(key => key.startsWith('pod ')));

function health(context: Context, path: string) {
	if (path === '/livez' || path === '/healthz') return text(context, 200, 'ok');
	if (path !== '/readyz') return undefined;
	if (isReady(context)) return text(context, 200, 'ok');
	klog(context, 1).info('server.go:191', 'Failed probe', {probe: 'metric-storage-ready', err: 'no metrics to serve'});
	const checks = ['ping', 'log', 'poststarthook/max-in-flight-filter', 'poststarthook/storage-object-count-tracker-hook'];
	return text(
		context,
		500,
		`${checks.map(name => `[+]${name} ok\n`).join('')}[-]metric-storage-ready failed: reason withheld\n[+]metadata-informer-sync ok\n[+]shutdown ok\nreadyz check failed\n`,
	);
}
