import type {KubeObject} from '../api/object.js';
import type {ApiServer} from '../api/server.js';
import type {Netstack} from '../net/netstack.js';
import {clientHello, openTls, sealTls} from '../net/tls.js';
import {dialError, distrust} from './webhook-calls.js';
import type {AggregatedAnswer, AggregatedCall} from '../api/aggregated-call.js';

const timeoutMs = 5000;

/** kube-aggregator's transport: from the control plane's host to the Service's cluster IP (--enable-aggregator-routing=false), over TLS. */
export function aggregatedCaller(api: () => ApiServer, stack: () => Netstack): (call: AggregatedCall) => AggregatedAnswer {
	return ({service: {name, namespace, port}, caBundle, path}) => {
		const service = api().reader.find<KubeObject & {spec: any}>('services', namespace, name);
		const address: string = service?.spec.clusterIP ?? '';
		const url = `https://${address || `${name}.${namespace}.svc`}:${port}${path}`;
		const fail = (why: string): AggregatedAnswer => ({error: `Get "${url}": ${why}`, url});
		if (!/^[\d.]+$/.test(address)) return fail(`service "${name}" has no cluster IP`);
		const connection = stack().connect(address, port);
		if (connection.outcome.kind !== 'connected') return fail(dialError(connection.outcome, `${address}:${port}`));
		try {
			const host = `${name}.${namespace}.svc`;
			const hello = connection.exchange(clientHello({serverName: host, protocols: ['h2', 'http/1.1']}));
			if (hello.bytes === '') return fail('EOF');
			const problem = caBundle === undefined ? undefined : distrust(hello.bytes, host, caBundle, api().sim.clock.now());
			if (problem) return fail(problem);
			const answer = connection.exchange(sealTls(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: application/json\r\n\r\n`));
			if (answer.end === 'timeout' || answer.delayMs > timeoutMs)
				return fail('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
			return read(openTls(answer.bytes) ?? '', url) ?? fail('EOF');
		} finally {
			connection.close();
		}
	};
}

function read(bytes: string, url: string): AggregatedAnswer | undefined {
	const code = Number(/^HTTP\/1\.[01] (\d{3})/.exec(bytes)?.[1] ?? 0);
	if (code === 0) return undefined;
	const text = Buffer.from(bytes.slice(bytes.indexOf('\r\n\r\n') + 4), 'latin1').toString('utf8');
	try {
		return {code, body: JSON.parse(text), url};
	} catch {
		return {code, body: text, url};
	}
}
