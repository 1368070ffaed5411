import type {Machine} from '../node/host/machine.js';
import {TraceError, traceRequest} from '../trace/walk/request.js';
import type {Address} from './target.js';

/** What decided over a request that went wrong, in the words of `kubelab trace`. Undefined when that says nothing more. */
export function because(machine: Machine, label: string, {host, port, path, http, tls}: Address): string | undefined {
	const from = label.replace(/^pod /, '');
	const url = `${tls ? 'https' : 'http'}://${host}:${port}${http ? path : '/'}`;
	try {
		const {verdict} = traceRequest(machine.world, {from, words: ['curl', '-m', '5', ...(tls ? ['-k'] : []), url]});
		return verdict.kind === 'answered' ? undefined : verdict.sentence.replace(/^the name does not resolve: /, '');
	} catch (error) {
		if (error instanceof TraceError) return undefined;
		throw error;
	}
}
