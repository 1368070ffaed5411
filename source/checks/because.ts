import type {Machine} from '../node/host/machine.js';
import {TraceError, traceRequest} from '../trace/walk/request.js';
import type {Address} from './target.js';

/** What decided over a request that went wrong, in the words of `kubelab trace`. Undefined when that says nothing more. */
export function because(machine: Machine, label: string, {host, port, path, http, tls}: Address): string | undefined {
	const url = `${tls ? 'https' : 'http'}://${host}:${port}${http ? path : '/'}`;
	return verdictOn(machine, label, ['curl', '-m', '5', ...(tls ? ['-k'] : []), url]);
}

/** The same for a name that was asked for. */
export const becauseOfName = (machine: Machine, label: string, name: string, server: string | undefined): string | undefined =>
	verdictOn(machine, label, server === undefined ? ['curl', '-m', '5', whole(name)] : ['dig', `@${server}`, name]);

/** A whole name of the cluster is told as it is, not with what the search list adds. */
const whole = (name: string) => (/\.svc\..*[^.]$/.test(name) ? `${name}.` : name);

function verdictOn(machine: Machine, label: string, words: readonly string[]): string | undefined {
	try {
		const {verdict} = traceRequest(machine.world, {from: label.replace(/^pod /, ''), words});
		return verdict.kind === 'answered' ? undefined : verdict.sentence.replace(/^the name does not resolve: /, '');
	} catch (error) {
		if (error instanceof TraceError) return undefined;
		throw error;
	}
}
