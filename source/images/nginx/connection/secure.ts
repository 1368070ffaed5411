import {serverHello} from '../../../net/tls.js';
import {Remembered} from '../../../sim/remembered.js';
import {type CertificateFacts, certificateFacts} from '../../../tls/facts.js';
import {isOn, setting, word} from '../config/levels.js';
import {findServer, type Server, type ServerTable} from '../config/server-table.js';
import type {Nginx, Place} from '../request/exchange.js';
import {leave, readRecord, seal} from './tls-record.js';

/** `listen ... ssl`. */
const isSecure = ({servers}: ServerTable, port: number): boolean =>
	servers.some(server => server.listens.some(each => each.port === port && each.ssl));

export const absolute = (path: string) => (path.startsWith('/') ? path : `/etc/nginx/${path}`);

/** What the bytes on a port mean: a handshake to answer, or a request, with `seal` for its answer. */
export type Opened =
	| {readonly hello: string; readonly serverName: string; readonly http2: boolean}
	| {
			readonly bytes: string;
			readonly seal: (bytes: string) => string;
			readonly secure: boolean;
			/** Plain HTTP where TLS is spoken. */
			readonly plain?: boolean;
			/** What the client showed of itself, PEM. */
			readonly certificate?: string;
	  };

export function open(nginx: Nginx, local: Place, bytes: string): Opened {
	if (bytes === '' || !isSecure(nginx.table, local.port)) return {bytes, seal: leave, secure: false};
	const record = readRecord(bytes);
	if (record.kind === 'hello') return answerHello(nginx, local, record.hello.serverName, record.hello.protocols ?? []);
	if (record.kind === 'plain') return {bytes, seal: leave, secure: false, plain: true};
	const {certificate} = record;
	return {bytes: record.bytes, seal, secure: true, ...(certificate !== undefined && {certificate})};
}

/** Whose certificate is shown, and who is asked for one, is a matter of the server with the name of the handshake. */
function answerHello(nginx: Nginx, local: Place, serverName: string, protocols: readonly string[]): Opened {
	const name = serverName.toLowerCase().replace(/\.$/, '');
	const levels = findServer(nginx.table, local.address, local.port, name)?.levels ?? [];
	const facts =
		isOn('ssl_reject_handshake', levels) && !setting('ssl_certificate_by_lua_block', levels) ? undefined : factsFor(nginx, levels, name);
	if (!facts) return {hello: '', serverName, http2: false};
	const alpn = ['h2', 'http/1.1'].find(each => protocols.includes(each) && (each !== 'h2' || isOn('http2', levels)));
	const authorities = authoritiesOf(nginx, levels);
	return {
		hello: serverHello({...facts, ...(alpn && {alpn}), ...(authorities !== undefined && {clientAuthorities: authorities})}),
		serverName,
		http2: alpn === 'h2',
	};
}

/** Certificates by their text. */
const known = new Remembered<CertificateFacts | undefined>(100);

export const factsOf = (text: string): CertificateFacts | undefined => known.of(text, certificateFacts);

function factsFor({context, modules}: Nginx, levels: Server['levels'], name: string): CertificateFacts | undefined {
	const chosen = setting('ssl_certificate_by_lua_block', levels) ? modules.certificate?.(context, name) : undefined;
	if (chosen) return chosen;
	const {files} = context.machine;
	const path = absolute(word('ssl_certificate', levels) ?? '');
	return files.exists(path) ? factsOf(files.readText(path)) : undefined;
}

/** The authorities whose certificates a client may show; undefined when it is not asked. */
export function authoritiesOf({context}: Nginx, levels: Server['levels']): string | undefined {
	const path = word('ssl_client_certificate', levels);
	if (path === undefined || (word('ssl_verify_client', levels) ?? 'off') === 'off') return undefined;
	const {files} = context.machine;
	return files.exists(absolute(path)) ? files.readText(absolute(path)) : '';
}
