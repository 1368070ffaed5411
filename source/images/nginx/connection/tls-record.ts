import {type ClientHello, isTls, readClientHello, readSealed, sealTls} from '../../../net/tls.js';

/** What bytes on a port that speaks TLS are. */
export type TlsRecord =
	| {readonly kind: 'hello'; readonly hello: ClientHello}
	/** With what the client showed of itself, PEM. */
	| {readonly kind: 'data'; readonly bytes: string; readonly certificate?: string}
	/** No TLS at all. */
	| {readonly kind: 'plain'; readonly bytes: string};

export function readRecord(bytes: string): TlsRecord {
	const hello = readClientHello(bytes);
	if (hello) return {kind: 'hello', hello};
	const inner = isTls(bytes) ? readSealed(bytes) : undefined;
	return inner ? {kind: 'data', ...inner} : {kind: 'plain', bytes};
}

/** An answer that says nothing is no record either. */
export const seal = (bytes: string): string => (bytes === '' ? '' : sealTls(bytes));
export const leave = (bytes: string): string => bytes;
