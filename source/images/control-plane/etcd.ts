import type {Program} from '../../node/program/program.js';
import {rfc3339} from '../../api/values/time.js';
import {parseHttpRequest, textAnswer} from '../http/answer.js';
import {serveTls} from '../../node/net/tls-server.js';
import {controlPlaneImage, fileOf, flagOf} from './daemon.js';

/** etcd logs in JSON; what it keeps is the API server's store. */
const etcd: Program = {
	name: 'etcd',
	start(context) {
		const nowMs = context.machine.sim.clock.now();
		const say = (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
			const ts = rfc3339(nowMs).replace('Z', `.${String(nowMs % 1000).padStart(3, '0')}000Z`);
			context.log(JSON.stringify({level: 'info', ts, caller: 'embed/etcd.go:140', msg: message, ...fields}), 'stderr');
		};
		say('configuring peer listeners', {'listen-peer-urls': [flagOf(context.argv, 'listen-peer-urls')]});
		say('configuring client listeners', {'listen-client-urls': flagOf(context.argv, 'listen-client-urls')?.split(',')});
		for (const flag of ['listen-client-urls', 'listen-peer-urls', 'listen-metrics-urls']) {
			for (const url of flagOf(context.argv, flag)?.split(',') ?? []) {
				const match = /^https?:\/\/([^:]+):(\d+)$/.exec(url);
				if (match) context.listen('tcp', match[1]!, Number(match[2]));
			}
		}
		say('ready to serve client requests');
		say('serving client traffic securely', {address: '127.0.0.1:2379'});
	},
	serve(context, {bytes, local}) {
		const nowMs = context.machine.sim.clock.now();
		const isMetrics = flagOf(context.argv, 'listen-metrics-urls')?.endsWith(`:${local.port}`);
		if (isMetrics) return answer(bytes, nowMs);
		const isPeer = flagOf(context.argv, 'listen-peer-urls')?.endsWith(`:${local.port}`);
		const prefix = isPeer ? 'peer-' : '';
		return serveTls(
			bytes,
			{
				certificate: fileOf(context, `${prefix}cert-file`),
				clientAuthorities: fileOf(context, `${prefix}trusted-ca-file`),
				clients: flagOf(context.argv, `${prefix}client-cert-auth`) === 'true' ? 'required' : 'wanted',
				nowMs,
			},
			inner => answer(inner, nowMs),
		);
	},
	signal(context, signal) {
		if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
	},
};

const versions = '{"etcdserver":"3.5.21","etcdcluster":"3.5.0"}';

function answer(bytes: string, nowMs: number) {
	const request = parseHttpRequest(bytes);
	switch (request?.path) {
		case '/health':
			return textAnswer(request, nowMs, '{"health":"true","reason":""}');
		case '/livez':
		case '/readyz':
			return textAnswer(request, nowMs, 'ok\n');
		case '/version':
			return textAnswer(request, nowMs, versions, 200, 'application/json');
		default:
			return textAnswer(request, nowMs, '404 page not found\n', 404);
	}
}

export default {...controlPlaneImage(etcd, 'registry.k8s.io/etcd', {'3.5.21-0': 58_938_593}), tools: ['/usr/local/bin/etcdctl']};
