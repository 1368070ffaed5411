import type {CallProxied} from '../api/verbs/proxy.js';
import type {Netstack} from '../net/netstack.js';
import {clientHello, openTls, sealTls} from '../net/tls.js';
import {dialError} from './webhook-calls.js';

/** kube-apiserver's transport for `proxy`: from the control plane's host straight to the pod; whatever certificate it shows will do. */
export const proxiedCaller =
	(stack: () => Netstack): CallProxied =>
	({scheme, host, port}, bytes) => {
		const connection = stack().connect(host, port);
		if (connection.outcome.kind !== 'connected') return {error: dialError(connection.outcome, `${host}:${port}`)};
		try {
			if (scheme === 'http') return {bytes: connection.exchange(bytes).bytes};
			const hello = connection.exchange(clientHello({serverName: host, protocols: ['http/1.1']}));
			if (hello.bytes === '') return {error: 'EOF'};
			return {bytes: openTls(connection.exchange(sealTls(bytes)).bytes) ?? ''};
		} finally {
			connection.close();
		}
	};
