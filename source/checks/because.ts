import type {Machine} from '../node/host/machine.js';
import {TraceError, traceRequest} from '../trace/walk/request.js';
import type {Address} from './target.js';

/** Under which name, and with which headers, a request is sent. */
export interface SentAs {
	readonly host?: string;
	readonly send?: Readonly<Record<string, string>>;
}

/** What decided over a request that went wrong, in the words of `kubelab trace`. Undefined when that says nothing more. */
export const because = (machine: Machine, label: string, address: Address, sent: SentAs = {}): string | undefined =>
	verdictOn(machine, label, curlWords(address, sent, '-m', '5'));

/** The words of curl for a request: a name that no DNS knows is resolved by hand, for certificates hang on it. */
export function curlWords({host, port, path, http, tls}: Address, {host: name, send = {}}: SentAs, ...options: string[]): string[] {
	const byHand = tls && name !== undefined;
	const headers = {...(name !== undefined && !tls && {Host: name}), ...send};
	return [
		'curl',
		...options,
		...(tls ? ['-k'] : []),
		...(byHand ? ['--resolve', `${name}:${port}:${host}`] : []),
		...Object.entries(headers).flatMap(([header, value]) => ['-H', `${header}: ${value}`]),
		`${http ? (tls ? 'https://' : 'http://') : ''}${byHand ? name : host}:${port}${http ? path : ''}`,
	];
}

/** The same for a name that was asked for. */
export const becauseOfName = (machine: Machine, label: string, name: string, server: string | undefined): string | undefined =>
	verdictOn(machine, label, server === undefined ? ['curl', '-m', '5', whole(name)] : ['dig', `@${server}`, name]);

/** A whole name of the cluster is told as it is, not with what the search list adds. */
const whole = (name: string) => (/\.svc\..*[^.]$/.test(name) ? `${name}.` : name);

function verdictOn(machine: Machine, label: string, words: readonly string[]): string | undefined {
	try {
		const {verdict} = traceRequest(machine.world, {from: label.replace(/^pod /, ''), words});
		// What answered is known; why it answered like this, perhaps not.
		if (verdict.kind === 'answered') return /^answered (?:\d+ )?by [^:]*: (.+)$/.exec(verdict.sentence)?.[1];
		return verdict.sentence.replace(/^the name does not resolve: /, '');
	} catch (error) {
		if (error instanceof TraceError) return undefined;
		throw error;
	}
}
