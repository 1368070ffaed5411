import type {Program} from '../../node/program.js';
import {rfc3339} from '../../api/time.js';
import {parseHttpRequest, textAnswer} from '../http/answer.js';
import {controlPlaneImage, flagOf} from './daemon.js';

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
	serve(context, {bytes}) {
		const request = parseHttpRequest(bytes);
		const healthy = request && ['/livez', '/readyz', '/health'].includes(request.path);
		const nowMs = context.machine.sim.clock.now();
		if (!healthy) return textAnswer(request, nowMs, '404 page not found\n', 404);
		return textAnswer(request, nowMs, request.path === '/health' ? '{"health":"true","reason":""}' : 'ok\n');
	},
	signal(context, signal) {
		if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
	},
};

export default controlPlaneImage(etcd, 'registry.k8s.io/etcd', {'3.5.21-0': 58_938_593});
