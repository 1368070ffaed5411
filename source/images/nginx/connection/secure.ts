import {serverHello} from '../../../net/tls.js';
import type {Files} from '../../../os/files.js';
import {certificateFacts} from '../../../tls/facts.js';
import {loadX509KeyPair} from '../../../tls/key-pair.js';
import {ConfigurationError} from '../config/configuration.js';
import {findServer, type ServerTable, setting} from '../config/server-table.js';
import {leave, readRecord, seal} from './tls-record.js';

/** `listen ... ssl`. */
const isSecure = ({servers}: ServerTable, port: number): boolean =>
	servers.some(server => server.listens.some(each => each.port === port && each.ssl));

const absent = (path: string) =>
	`BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(${path}, r) error:10000080:BIO routines::no such file)`;

/** Reads every certificate with its key, as nginx does at start and reload. */
export function checkCertificates(files: Files, table: ServerTable): void {
	for (const {listens, directives} of table.servers) {
		if (!listens.some(each => each.ssl)) continue;
		const find = (name: string) => setting(name, directives, table.http)?.args[0];
		if (find('ssl_reject_handshake') === 'on') continue;
		const [certificate, key] = [find('ssl_certificate'), find('ssl_certificate_key')];
		const at = directives.find(each => each.name === 'listen');
		for (const [name, path] of [
			['ssl_certificate', certificate],
			['ssl_certificate_key', key],
		] as const)
			if (path === undefined)
				throw new ConfigurationError(`no "${name}" is defined for the "listen ... ssl" directive in ${at?.file}:${at?.line}`);
		if (!files.exists(absolute(certificate!)))
			throw new ConfigurationError(`cannot load certificate "${absolute(certificate!)}": ${absent(absolute(certificate!))}`);
		if (!files.exists(absolute(key!)))
			throw new ConfigurationError(`cannot load certificate key "${absolute(key!)}": ${absent(absolute(key!))}`);
		const text = files.readText(absolute(certificate!));
		if (!certificateFacts(text))
			throw new ConfigurationError(
				`cannot load certificate "${absolute(certificate!)}": PEM_read_bio_X509_AUX() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: TRUSTED CERTIFICATE)`,
			);
		const {error} = loadX509KeyPair(text, files.readText(absolute(key!)));
		if (error)
			throw new ConfigurationError(
				error.includes('does not match')
					? `SSL_CTX_use_PrivateKey("${absolute(key!)}") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)`
					: `cannot load certificate key "${absolute(key!)}": PEM_read_bio_PrivateKey() failed (SSL: error:1E08010C:DECODER routines::unsupported:No supported data to decode. Input type: PEM)`,
			);
	}
}

const absolute = (path: string) => (path.startsWith('/') ? path : `/etc/nginx/${path}`);

/** What the bytes on a port mean: a handshake to answer, a request (with `seal` for its answer), or plain HTTP where TLS is spoken. */
export type Opened =
	| {readonly hello: string; readonly serverName: string}
	| {readonly bytes: string; readonly seal: (bytes: string) => string; readonly plainOnSecure: boolean};

export function open(files: Files, table: ServerTable, local: {readonly address: string; readonly port: number}, bytes: string): Opened {
	if (!isSecure(table, local.port) || bytes === '') return {bytes, seal: leave, plainOnSecure: false};
	const record = readRecord(bytes);
	if (record.kind !== 'hello')
		return {bytes: record.bytes, seal: record.kind === 'plain' ? leave : seal, plainOnSecure: record.kind === 'plain'};
	const {serverName, protocols = []} = record.hello;
	const server = findServer(table, local.address, local.port, serverName.toLowerCase());
	const find = (name: string) => setting(name, server?.directives ?? [], table.http)?.args[0];
	const path = absolute(find('ssl_certificate') ?? '');
	if (find('ssl_reject_handshake') === 'on' || !files.exists(path)) return {hello: '', serverName};
	const facts = certificateFacts(files.readText(path));
	const alpn = find('http2') === 'on' && protocols.includes('h2') ? {alpn: 'h2'} : {};
	return {hello: facts ? serverHello({...facts, ...alpn}) : '', serverName};
}
